/// From the greeting to a session that is safe and logged in.
extension IMAPClient {
    func begin(_ login: IMAPLogin) async throws(IMAPError) {
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
        var patience = Patience(
            doing: "greeting", silence: server.timeouts.connect, total: server.timeouts.connect,
            octets: server.answerLimit, contents: 0)
        let (response, _) = try await receive(&patience)
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
}
