import Testing

@testable import IMAPClient

/// IMAP polling 10: nothing is said, and nothing believed, before TLS.
@Suite("A session's beginning", .serialized)
struct SafetyTests {
    @Test("10: a greeting with PREAUTH in clear is refused, for TLS cannot begin any more", .timeLimit(.minutes(1)))
    func preauthInClear() async throws {
        let (error, said) = try await Dialogue.refusal("S: * PREAUTH welcome back\nEND", isEncrypted: false)
        guard case .unsafe? = error else {
            Issue.record("\(String(describing: error))")
            return
        }
        #expect(said.allSatisfy { $0 == "LOGOUT" })
    }

    @Test("10: in TLS a greeting with PREAUTH needs no log-in", .timeLimit(.minutes(1)))
    func preauth() async throws {
        try await Dialogue.play(
            """
            S: * PREAUTH welcome back
            C: CAPABILITY
            S: * CAPABILITY IMAP4rev1 IDLE
            S: $ OK done
            END
            """
        ) { client, _ in #expect(await client.canIdle) }
    }

    @Test("10: what stands behind the answer to STARTTLS came in clear and is dropped", .timeLimit(.minutes(1)))
    func injected() async throws {
        try await Dialogue.play(
            """
            S: * OK [CAPABILITY IMAP4rev1 STARTTLS] ready
            C: STARTTLS
            S: $ OK begin
            S: * CAPABILITY IMAP4rev1 IDLE X-INJECTED AUTH=PLAIN
            S: a2 OK [CAPABILITY IMAP4rev1 IDLE X-INJECTED AUTH=PLAIN] believed?
            S: a3 OK logged in?
            TLS
            C: CAPABILITY
            S: * CAPABILITY IMAP4rev1 SASL-IR AUTH=PLAIN
            S: $ OK done
            C: AUTHENTICATE PLAIN AGxlYWRzAHBhc3N3b3Jk
            S: $ OK [CAPABILITY IMAP4rev1 MOVE] logged in
            END
            """, isEncrypted: false
        ) { client, _ in #expect(await !client.canIdle) }
    }

    @Test("10: where STARTTLS is refused the password is not said", .timeLimit(.minutes(1)), arguments: ["NO", "BAD"])
    func stripped(status: String) async throws {
        let (error, said) = try await Dialogue.refusal(
            """
            S: * OK [CAPABILITY IMAP4rev1 AUTH=PLAIN] ready
            C: STARTTLS
            S: $ \(status) not here
            END
            """, isEncrypted: false)
        guard case .unsafe? = error else {
            Issue.record("\(String(describing: error))")
            return
        }
        #expect(said.allSatisfy { ["STARTTLS", "LOGOUT"].contains($0) })
    }

    @Test("A server that offers no way to log in gets no password", .timeLimit(.minutes(1)))
    func disabled() async throws {
        let (error, said) = try await Dialogue.refusal("S: * OK [CAPABILITY IMAP4rev1 LOGINDISABLED] ready\nEND")
        guard case .unsupported? = error else {
            Issue.record("\(String(describing: error))")
            return
        }
        #expect(said == ["LOGOUT"])
    }

    @Test("6: the words of a refused token are told, and the failure is acknowledged", .timeLimit(.minutes(1)))
    func refusedToken() async throws {
        let (error, _) = try await Dialogue.refusal(
            """
            S: * OK [CAPABILITY IMAP4rev1 SASL-IR AUTH=XOAUTH2] ready
            C: AUTHENTICATE XOAUTH2 ...
            S: + eyJzdGF0dXMiOiI0MDEifQ==
            C:\u{20}
            S: $ NO [AUTHENTICATIONFAILED] the token is too old
            END
            """, login: IMAPLogin(user: "leads", secret: .token("t")))
        guard case .notAuthenticated(let words)? = error else {
            Issue.record("\(String(describing: error))")
            return
        }
        #expect(words.contains("the token is too old"))
    }

    @Test("A server that sends no greeting, or one that is none, is left", .timeLimit(.minutes(1)))
    func noGreeting() async throws {
        for (greeting, isMeant) in [
            ("S: * BYE overloaded", { if case .closed("overloaded")? = $0 { true } else { false } }),
            ("S: * 3 EXISTS", { if case .broken? = $0 { true } else { false } }),
            ("S: HTTP/1.1 400 Bad Request", { if case .broken? = $0 { true } else { false } }),
        ] as [(String, (IMAPError?) -> Bool)] {
            let (error, _) = try await Dialogue.refusal(greeting + "\nEND")
            #expect(isMeant(error), "\(greeting): \(String(describing: error))")
        }
    }
}
