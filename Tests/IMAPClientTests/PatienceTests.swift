import Foundation
import Testing

@testable import IMAPClient

/// A server that says too little or too much, and waiting for mail.
@Suite("A session's patience", .serialized)
struct PatienceTests {
    private static let opened = Dialogue.opening() + Dialogue.selection

    private func failure(
        _ script: String, adjust: (inout IMAPServer) -> Void,
        _ body: @escaping @Sendable (IMAPClient) async throws -> Void
    ) async throws -> IMAPError? {
        var failure: IMAPError?
        do {
            try await Dialogue.play(Self.opened + script, adjust: adjust) { client, _ in
                _ = try await client.open("INBOX", readOnly: false)
                try await body(client)
            }
        } catch let error as IMAPError {
            failure = error
        }
        return failure
    }

    @Test("A server that falls silent is left", .timeLimit(.minutes(1)))
    func silence() async throws {
        let error = try await failure("C: NOOP\nEND", adjust: { $0.timeouts.command = .milliseconds(200) }) {
            _ = try await $0.noop()
        }
        #expect(error == .timedOut(doing: "NOOP"))
    }

    @Test("A trickle of other responses does not keep a command alive", .timeLimit(.minutes(1)))
    func trickle() async throws {
        let error = try await failure(
            "C: NOOP\nEVER * OK still here", adjust: { $0.timeouts.answer = .milliseconds(400) }
        ) { _ = try await $0.noop() }
        #expect(error == .timedOut(doing: "NOOP"))
    }

    @Test("A trickle during a fetch is cut off as well", .timeLimit(.minutes(1)))
    func fetchTrickle() async throws {
        let error = try await failure(
            "C: UID FETCH 5 (UID BODY.PEEK[])\nEVER * 1 FETCH (FLAGS (a))",
            adjust: { $0.timeouts.answer = .milliseconds(400) }
        ) {
            try await $0.beginFetch([5])
            _ = try await $0.finishFetch()
        }
        #expect(error == .timedOut(doing: "fetching"))
    }

    @Test("A flood of other responses is cut off by its octets", .timeLimit(.minutes(1)))
    func flood() async throws {
        let flood = String(repeating: "S: * OK \(String(repeating: "x", count: 1000))\n", count: 20)
        let error = try await failure("C: NOOP\n\(flood)END", adjust: { $0.answerLimit = 10_000 }) {
            _ = try await $0.noop()
        }
        #expect(error == .broken(.endless(limit: 10_000)))
    }

    @Test("Messages that nobody asked for are not taken without end", .timeLimit(.minutes(1)))
    func strayMessages() async throws {
        let error = try await failure("C: NOOP\nEVER * 1 FETCH (UID 5 BODY[] {2}\r\nab)", adjust: { _ in }) {
            _ = try await $0.noop()
        }
        guard case .broken(.endless)? = error else {
            Issue.record("\(String(describing: error))")
            return
        }
    }

    @Test("8: DONE comes before any other command, after mail or when the time is over", .timeLimit(.minutes(1)))
    func idle() async throws {
        try await Dialogue.play(
            Self.opened + """
                C: IDLE
                S: + idling
                S: * OK still here
                S: * 8 EXISTS
                C: DONE
                S: $ OK done
                C: UID FETCH 13:* (UID INTERNALDATE)
                S: * 8 FETCH (UID 13)
                S: $ OK done
                C: IDLE
                S: + idling
                C: DONE
                S: $ OK done
                END
                """
        ) { client, _ in
            _ = try await client.open("INBOX", readOnly: false)
            #expect(try await client.idle(for: .seconds(30)))
            #expect(try await client.entries(from: 13, to: nil, limit: 5, sizes: false).map(\.uid) == [13])
            #expect(try await !client.idle(for: .milliseconds(100)))
        }
    }

    @Test("8: a server that ends IDLE by itself is not asked for it again at once", .timeLimit(.minutes(1)))
    func idleEnded() async throws {
        try await Dialogue.play(
            Self.opened + """
                C: IDLE
                S: + idling
                S: $ OK enough
                C: NOOP
                S: $ OK done
                END
                """
        ) { client, _ in
            _ = try await client.open("INBOX", readOnly: false)
            #expect(try await !client.idle(for: .seconds(30)))
            #expect(try await !client.noop())
        }
    }

    @Test("8: a flood during IDLE ends the session", .timeLimit(.minutes(1)))
    func idleFlood() async throws {
        let error = try await failure(
            "C: IDLE\nS: + idling\nEVER * OK \(String(repeating: "x", count: 5000))",
            adjust: { $0.idleLimit = 20_000 }
        ) { _ = try await $0.idle(for: .seconds(30)) }
        #expect(error == .broken(.endless(limit: 20_000)))
    }

    @Test("A task that is cancelled while it waits for mail ends at once", .timeLimit(.minutes(1)))
    func cancelled() async throws {
        try await Dialogue.play(Self.opened + "C: IDLE\nS: + idling\nEND") { client, _ in
            _ = try await client.open("INBOX", readOnly: false)
            let begin = ContinuousClock.now
            let waiting = Task { try await client.idle(for: .seconds(50)) }
            try await Task.sleep(for: .milliseconds(50))
            waiting.cancel()
            await #expect(throws: IMAPError.self) { _ = try await waiting.value }
            #expect(.now - begin < .seconds(10))
        }
    }
}
