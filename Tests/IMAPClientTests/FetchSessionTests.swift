import Foundation
import Testing

@testable import IMAPClient

@Suite("Fetching in a session", .serialized)
struct FetchSessionTests {
    private static let opened = Dialogue.opening() + Dialogue.selection

    private func fetch(
        _ script: String, _ uids: [UInt32], limit: Int = 50 << 20,
        _ check: @escaping @Sendable ([FetchOutcome], String) throws -> Void
    ) async throws {
        try await Dialogue.play(Self.opened + script, adjust: { $0.contentLimit = limit }) { client, spool in
            _ = try await client.open("INBOX", readOnly: false)
            try await client.beginFetch(uids)
            let outcomes = try await client.finishFetch() ?? []
            try check(outcomes, spool)
            for outcome in outcomes { if case .content(let content) = outcome.result { content.discard() } }
        }
    }

    @Test(
        "12: octet by octet the same is read, with a literal that holds what looks like responses",
        .timeLimit(.minutes(1)))
    func octetByOctet() async throws {
        try await fetch(
            """
            SPLIT
            C: UID FETCH 5 (UID BODY.PEEK[])
            S: * OK [ALERT] hold on {3}
            S: * 1 FETCH (UID 5 BODY[] {46}
            S: Subject: a
            S:\u{20}
            S: a3 OK no
            S: * BYE {7}
            S: ) done BY
            S: )
            S: $ OK done
            END
            """, [5]
        ) { outcomes, _ in
            let text = "Subject: a\r\n\r\na3 OK no\r\n* BYE {7}\r\n) done BY\r\n"
            #expect(outcomes == [FetchOutcome(uid: 5, result: .content(.memory(Array(text.utf8))))])
        }
    }

    @Test("12: lines and literals above 8 KiB are read, large ones into the spool", .timeLimit(.minutes(1)))
    func large() async throws {
        let long = String(repeating: "x", count: 20_000)
        let (first, second) = (String(repeating: "y", count: 99_998), String(repeating: "z", count: (3 << 20) - 2))
        try await fetch(
            """
            C: UID FETCH 5:6 (UID BODY.PEEK[])
            S: * OK \(long)
            S: * 1 FETCH (BODYSTRUCTURE ("\(long)" NIL) UID 5 BODY[] {100000}
            S: \(first)
            S: )
            S: * 2 FETCH (UID 6 FLAGS (\(long)) BODY[] {\(3 << 20)}
            S: \(second)
            S: )
            S: $ OK done
            END
            """, [5, 6]
        ) { outcomes, spool in
            #expect(outcomes.first?.result == .content(.memory(Array((first + "\r\n").utf8))))
            guard case .content(.file(let path, let size))? = outcomes.last?.result else {
                Issue.record("no file")
                return
            }
            #expect(size == 3 << 20 && path.hasPrefix(spool))
            #expect(FileManager.default.contents(atPath: path) == Data((second + "\r\n").utf8))
        }
    }

    @Test("12: a message among others that cannot be read is fetched by itself, raw", .timeLimit(.minutes(1)))
    func unreadable() async throws {
        try await fetch(
            """
            C: UID FETCH 5:6 (UID BODY.PEEK[])
            S: * 1 FETCH (UID 5 BODY[] {3}
            S: a
            S: )
            S: * 2 FETCH (ENVELOPE (((broken UID 6 BODY[] {3}
            S: b
            S: )
            S: $ OK done
            C: UID FETCH 6 (UID BODY.PEEK[])
            S: * 2 FETCH (UID 6 BODY[] {3}
            S: b
            S: )
            S: $ OK done
            END
            """, [5, 6]
        ) { outcomes, _ in
            #expect(
                outcomes.map(\.result) == [
                    .content(.memory(Array("a\r\n".utf8))), .content(.memory(Array("b\r\n".utf8))),
                ])
        }
    }

    @Test("12: a bad message among others is told from them, and one that is gone from both", .timeLimit(.minutes(1)))
    func refused() async throws {
        try await fetch(
            """
            C: UID FETCH 5:7 (UID BODY.PEEK[])
            S: * 1 FETCH (UID 5 BODY[] "a")
            S: $ NO some messages could not be fetched
            C: UID FETCH 6 (UID BODY.PEEK[])
            S: $ NO broken
            C: UID FETCH 7 (UID BODY.PEEK[])
            S: $ OK done
            END
            """, [5, 6, 7]
        ) { outcomes, _ in
            #expect(outcomes.map(\.uid) == [5, 6, 7])
            #expect(
                outcomes.map(\.result) == [
                    .content(.memory(Array("a".utf8))), .refused("the server answers NO broken"), .gone,
                ])
        }
    }

    @Test("A message above the limit is told by its size, and the next one comes", .timeLimit(.minutes(1)))
    func tooLarge() async throws {
        try await fetch(
            """
            C: UID FETCH 5:6 (UID BODY.PEEK[])
            S: * 1 FETCH (UID 5 BODY[] {12}
            S: 0123456789
            S: )
            S: * 2 FETCH (UID 6 BODY[] {3}
            S: b
            S: )
            S: $ OK done
            END
            """, [5, 6], limit: 11
        ) { outcomes, _ in
            #expect(outcomes.map(\.result) == [.content(.tooLarge(12)), .content(.memory(Array("b\r\n".utf8)))])
        }
    }

    @Test("12: what is not given for now is not taken for bad", .timeLimit(.minutes(1)))
    func forNow() async throws {
        await #expect(throws: IMAPError.unavailable("NO come back later")) {
            try await fetch(
                """
                C: UID FETCH 5 (UID BODY.PEEK[])
                S: $ NO [UNAVAILABLE] come back later
                END
                """, [5]
            ) { _, _ in }
        }
    }

    @Test("7: BYE or the end in the middle of a message ends the session and leaves no file", .timeLimit(.minutes(1)))
    func brokenOff() async throws {
        for ending in ["S: * BYE shutting down\nEND", ""] {
            try await Dialogue.play(
                Self.opened + """
                    C: UID FETCH 5:6 (UID BODY.PEEK[])
                    S: * 1 FETCH (UID 5 BODY[] {2000000}
                    S: \(String(repeating: "x", count: ending.isEmpty ? 1_500_000 : 1_999_998))
                    S: )
                    \(ending)
                    """
            ) { client, spool in
                _ = try await client.open("INBOX", readOnly: false)
                try await client.beginFetch([5, 6])
                let error = await #expect(throws: IMAPError.self) { _ = try await client.finishFetch() }
                guard case .closed? = error else {
                    Issue.record("\(String(describing: error))")
                    return
                }
                await client.abandonFetches()
                #expect(try FileManager.default.contentsOfDirectory(atPath: spool) == [])
            }
        }
    }
}
