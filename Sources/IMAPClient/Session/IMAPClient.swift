import NIOCore

/// One session with an IMAP server (RFC 3501): connected, logged in, one folder open.
///
/// For one task; an error ends the session unless it is a ``IMAPError/refused(command:_:)``.
package actor IMAPClient {
    let server: IMAPServer
    let wire: Wire
    private let spool: String
    var framer: ResponseFramer
    private var tagsEver = 0
    var isIdle = false
    var capabilities: Set<String> = []
    var isUTF8 = false
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

    func check(_ condition: Condition, _ command: Command) throws(IMAPError) {
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
    func answer(
        to tag: String, of command: Command, orContinuation: Bool, _ see: (Response) -> Void = { _ in }
    ) async throws(IMAPError) -> Condition? {
        var patience = patience(doing: command.name)
        while true {
            let (response, content) = try await receive(&patience)
            // A fetch that was begun before goes on meanwhile.
            keep(response, content)
            switch response {
            case .tagged(tag, let condition): return condition
            case .continuation where orContinuation: return nil
            default: see(response)
            }
        }
    }

    func write(_ text: String) { wire.write(Array(text.utf8)) }

    // MARK: Responses

    /// How long one command's answer is listened to; messages that were asked for come on top.
    func patience(doing: String) -> Patience {
        Patience(
            doing: doing, silence: server.timeouts.command, total: server.timeouts.answer, octets: server.answerLimit,
            contents: fetches.reduce(0) { $0 + $1.missing.count })
    }

    /// The next response, with the content of a message when it brings one.
    func receive(_ patience: inout Patience) async throws(IMAPError) -> (Response, MessageContent?) {
        var assembly = ContentAssembly(spool: spool)
        do throws(IMAPError) {
            patience.awaitResponse()
            while true {
                guard let piece = try nextPiece() else {
                    let left = patience.deadline - .now
                    guard left > .zero else { throw .timedOut(doing: patience.doing) }
                    for buffer in try await wire.read(within: left, doing: patience.doing) {
                        framer.append(buffer.readableBytesView)
                    }
                    continue
                }
                if case .contentBegins(let size, _) = piece { try patience.extend(forContentOf: size) }
                guard let raw = try assembly.take(piece) else { continue }
                try patience.spend(raw.size)
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

    /// Says goodbye, as far as the server listens within half a second, and closes.
    package func close() async {
        tagsEver += 1
        await wire.close(saying: (isIdle ? "DONE\r\n" : "") + "a\(tagsEver) LOGOUT\r\n")
    }
}
