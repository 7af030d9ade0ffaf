import NIOCore

/// One session with an IMAP server (RFC 3501): connected, logged in, one folder open.
///
/// For one task; an error ends the session unless it is a ``IMAPError/refused(command:_:)``.
package actor IMAPClient {
    let server: IMAPServer
    private let wire: Wire
    private let spool: String
    private var framer: ResponseFramer
    private var tagsEver = 0
    private var isIdle = false
    var capabilities: Set<String> = []
    private(set) var isUTF8 = false
    var folder: OpenFolder?
    /// Arrivals in the folder that a listing has taken into account.
    var arrivalsSeen = 0
    var fetches: [PendingFetch] = []

    private init(server: IMAPServer, wire: Wire, spool: String) {
        self.server = server
        self.wire = wire
        self.spool = spool
        framer = ResponseFramer(limits: .init(content: server.contentLimit))
    }

    /// Connects, makes the connection safe and logs in; messages above 1 MiB wait in files of the `spool` folder.
    package static func connect(
        to server: IMAPServer, login: IMAPLogin, spool: String
    ) async throws(IMAPError) -> IMAPClient {
        let wire = try await Wire.connect(
            to: server.host, port: server.port, encrypted: server.isImplicitTLS, caFile: server.caFile,
            within: server.timeouts.connect)
        let client = IMAPClient(server: server, wire: wire, spool: spool)
        do throws(IMAPError) {
            try await client.begin(login)
        } catch {
            await client.close()
            throw error
        }
        return client
    }

    private func begin(_ login: IMAPLogin) async throws(IMAPError) {
        let isLoggedIn = try await greet()
        if !server.isImplicitTLS { try await beginTLS() }
        if !isLoggedIn { try await logIn(login) }
        if capabilities.isEmpty { try await askCapabilities() }
        if capabilities.contains("ENABLE"), capabilities.contains("UTF8=ACCEPT") || capabilities.contains("UTF8=ONLY") {
            try await run(.words("ENABLE", "UTF8=ACCEPT")) { response in
                if case .enabled(let names) = response, names.contains("UTF8=ACCEPT") { isUTF8 = true }
            }
        }
    }

    /// Whether the server greets as one who knows us already.
    private func greet() async throws(IMAPError) -> Bool {
        let (response, _) = try await receive(doing: "greeting", within: server.timeouts.connect)
        guard case .condition(let condition) = response else { throw .broken(.grammar("no greeting")) }
        switch condition.status {
        case .ok: return false
        case .preauth where server.isImplicitTLS: return true
        case .preauth:
            // A log-in that nobody made, in clear: TLS cannot begin any more (CVE-2020-14093).
            throw .unsafe("the server greets with PREAUTH before TLS")
        case .no, .bad, .bye: throw .closed(condition.text)
        }
    }

    private func beginTLS() async throws(IMAPError) {
        do throws(IMAPError) {
            try await run(Command("STARTTLS"))
        } catch .refused(_, let condition) {
            throw .unsafe("the server refuses STARTTLS: \(condition)")
        }
        // What came behind the answer came in clear, from whomever; so did what was said of capabilities.
        framer.dropWaiting()
        capabilities = []
        try await wire.startTLS()
    }

    private func askCapabilities() async throws(IMAPError) { try await run(Command("CAPABILITY")) }

    private func logIn(_ login: IMAPLogin) async throws(IMAPError) {
        if capabilities.isEmpty { try await askCapabilities() }
        guard let mechanism = login.mechanism(offered: capabilities) else {
            throw .unsupported("a mechanism for \(login)")
        }
        let offered = capabilities
        // What is offered changes with the log-in; the answer to it may tell.
        capabilities = []
        do throws(IMAPError) {
            if let exchange = SASLExchange(
                mechanism, user: login.user, secret: login.secret, host: server.host, port: server.port)
            {
                try await authenticate(exchange, sendsInitial: offered.contains("SASL-IR"))
            } else if case .password(let password) = login.secret {
                try await run(.login(user: login.user, password: password))
            }
        } catch .refused(_, let condition) {
            throw .notAuthenticated(condition.description)
        }
    }

    private func authenticate(_ exchange: SASLExchange, sendsInitial: Bool) async throws(IMAPError) {
        var exchange = exchange
        let command = Command.words("AUTHENTICATE", exchange.arguments(sendsInitial: sendsInitial))
        let tag = try await send(command)
        // Challenges are answered as long as they come; more than a few are a server's mistake.
        for _ in 0..<4 {
            guard let condition = try await answer(to: tag, of: command, orContinuation: true) else {
                write(exchange.answer() + "\r\n")
                continue
            }
            return try check(condition, command)
        }
        throw .broken(.grammar("challenge after challenge"))
    }

    // MARK: Commands

    /// Sends a command, shows what comes untagged, and waits for its end; NO and BAD are thrown.
    @discardableResult
    func run(_ command: Command, _ see: (Response) -> Void = { _ in }) async throws(IMAPError) -> Condition {
        let tag = try await send(command)
        guard let condition = try await answer(to: tag, of: command, orContinuation: false, see) else {
            throw .broken(.grammar("+"))
        }
        try check(condition, command)
        return condition
    }

    private func check(_ condition: Condition, _ command: Command) throws(IMAPError) {
        guard condition.status == .ok else { throw .refused(command: command.name, condition) }
    }

    /// Sends a command, part by part where it holds literals; gives back its tag.
    func send(_ command: Command) async throws(IMAPError) -> String {
        tagsEver += 1
        let tag = "a\(tagsEver)"
        let parts = command.octets(tag: tag)
        for (index, part) in parts.enumerated() {
            wire.write(part)
            guard index < parts.count - 1 else { break }
            if let condition = try await answer(to: tag, of: command, orContinuation: true) {
                throw .refused(command: command.name, condition)
            }
        }
        return tag
    }

    /// Reads to the tagged response; `nil` at a continuation where one may come.
    private func answer(
        to tag: String, of command: Command, orContinuation: Bool, _ see: (Response) -> Void = { _ in }
    ) async throws(IMAPError) -> Condition? {
        while true {
            let (response, content) = try await receive(doing: command.name, within: server.timeouts.command)
            // A fetch that was begun before goes on meanwhile.
            keep(response, content)
            switch response {
            case .tagged(tag, let condition): return condition
            case .continuation where orContinuation: return nil
            default: see(response)
            }
        }
    }

    private func write(_ text: String) { wire.write(Array(text.utf8)) }

    // MARK: Responses

    /// The next response, with the content of a message when it brings one.
    func receive(
        doing: String, within limit: Duration
    ) async throws(IMAPError) -> (Response, MessageContent?) {
        var assembly = ContentAssembly(spool: spool)
        do throws(IMAPError) {
            var deadline = ContinuousClock.now + limit
            while true {
                guard let piece = try nextPiece() else {
                    let left = deadline - .now
                    guard left > .zero else { throw .timedOut(doing: doing) }
                    for buffer in try await wire.read(within: left, doing: doing) {
                        framer.append(buffer.readableBytesView)
                    }
                    continue
                }
                if case .contentBegins(let size, _) = piece {
                    // A message may take as long as it is large, but not for ever.
                    deadline += .milliseconds(Int64(min(size, 1 << 40) / 8))
                }
                guard let raw = try assembly.take(piece) else { continue }
                return try (understand(raw), assembly.content)
            }
        } catch {
            assembly.abandon()
            throw error
        }
    }

    private func nextPiece() throws(IMAPError) -> ResponseFramer.Piece? {
        do throws(ProtocolFault) {
            return try framer.next()
        } catch {
            throw .broken(error)
        }
    }

    /// Reads a response and keeps what it says of the server and the folder.
    private func understand(_ raw: RawResponse) throws(IMAPError) -> Response {
        let response: Response
        do throws(ProtocolFault) {
            response = try ResponseParser.parse(raw)
        } catch {
            throw .broken(error)
        }
        folder?.take(response)
        switch response {
        case .capability(let names): capabilities = names
        case .condition(let condition), .tagged(_, let condition):
            if case .capability(let names) = condition.code { capabilities = names }
            if condition.status == .bye { throw .closed(condition.text) }
        default: break
        }
        return response
    }

    // MARK: Waiting and the end

    /// Waits until mail comes or the time is over (RFC 2177); tells whether mail came.
    ///
    /// No longer than 29 minutes, after which servers end a silent session.
    package func idle(for limit: Duration) async throws(IMAPError) -> Bool {
        guard folder?.arrivals ?? 0 == arrivalsSeen else { return true }
        let command = Command("IDLE")
        let tag = try await send(command)
        isIdle = true
        if let condition = try await answer(to: tag, of: command, orContinuation: true) {
            isIdle = false
            throw .refused(command: command.name, condition)
        }
        let end = ContinuousClock.now + min(limit, .seconds(28 * 60))
        while folder?.arrivals ?? 0 == arrivalsSeen, .now < end {
            do throws(IMAPError) {
                _ = try await receive(doing: "idle", within: end - .now)
            } catch .timedOut {
                break
            }
        }
        write("DONE\r\n")
        isIdle = false
        guard let condition = try await answer(to: tag, of: command, orContinuation: false) else { return false }
        try check(condition, command)
        return folder?.arrivals ?? 0 != arrivalsSeen
    }

    /// Asks for news where the server has no IDLE; tells whether mail came.
    package func noop() async throws(IMAPError) -> Bool {
        try await run(Command("NOOP"))
        return folder?.arrivals ?? 0 != arrivalsSeen
    }

    package var canIdle: Bool { capabilities.contains("IDLE") }

    /// Says goodbye, as far as the server listens within half a second, and closes.
    package func close() async {
        tagsEver += 1
        await wire.close(saying: (isIdle ? "DONE\r\n" : "") + "a\(tagsEver) LOGOUT\r\n")
    }
}
