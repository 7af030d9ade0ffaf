import CVR
import Foundation
import Mail
import Postgres
import TestSupport
import Testing
import Understanding

@testable import Records

/// What is known of a sender, whichever way their domain is written (RFC 5890).
@Suite("The directory")
struct DirectoryTests {
    private static let spellings = ["bücher.example", "xn--bcher-kva.example", "BÜCHER.example"]
    private static let number = CVRNumber("91430525")

    private static func letter(from address: String) throws -> Letter {
        try Letter(Array("From: \(address)\r\n\r\nHej\r\n".utf8), reading: ReadingOptions())
    }

    private static func known(_ address: String, in pool: PostgresPool) async throws -> Acquaintance {
        let incoming = IncomingLetter(id: 9, letter: try letter(from: address), trusted: false)
        return try await pool.transaction { transaction in
            try await Directory(for: [incoming], in: transaction).known(incoming)
        }
    }

    private static func teach(_ address: String, _ domain: String, in pool: PostgresPool) async throws {
        let taught = [
            Introduction(cvr: try #require(number), address: address, domain: domain, messageID: 1)
        ]
        _ = try await pool.query(Companies.add(taught))
        _ = try await pool.pipeline(Companies.learn(taught))
    }

    @Test(
        "a customer is known in every spelling of the domain, whichever one was learned", .timeLimit(.minutes(1)),
        arguments: spellings)
    func known(_ learned: String) async throws {
        try await withRecords { pool, _ in
            try await Self.teach("Bo@\(learned)", learned, in: pool)
            let number = try #require(Self.number)
            for domain in Self.spellings {
                let found = try await Self.known("bo@\(domain)", in: pool)
                #expect(found.address == [number] && found.domain == [number], "\(domain)")
                #expect(try await Self.known("ib@\(domain)", in: pool).domain == [number], "\(domain)")
            }
            #expect(try await Self.known("bo@bucher.example", in: pool).domain.isEmpty)
        }
    }

    @Test("a customer who was noted before spellings were one is known still", .timeLimit(.minutes(1)))
    func notedBefore() async throws {
        try await withRecords { pool, _ in
            let number = try #require(Self.number)
            _ = try await pool.query(Companies.add([Introduction(cvr: number, messageID: 1)]))
            _ = try await pool.query(
                """
                WITH c AS (INSERT INTO brevdue.contact (address) VALUES ('bo@bücher.example') RETURNING id)
                INSERT INTO brevdue.contact_company (contact_id, cvr, message_id) SELECT id, '91430525', 1 FROM c
                """)
            for domain in Self.spellings {
                #expect(try await Self.known("bo@\(domain)", in: pool).address == [number], "\(domain)")
            }
        }
    }

    @Test(
        "a mail without a company is found when its writer becomes known in another spelling", .timeLimit(.minutes(1)),
        arguments: [(spellings[0], spellings[1]), (spellings[1], spellings[0]), (spellings[2], spellings[0])])
    func adopted(_ written: String, _ learned: String) async throws {
        try await withRecords { pool, _ in
            try await pool.transaction { transaction in
                let letter = try Self.letter(from: "bo@\(written)")
                try await Timeline.file(
                    [
                        Filing(
                            id: 1, receivedAt: Date(), door: .smtp, state: .read, contentKey: MessageKey(unreadable: 1),
                            letter: letter, author: letter.from.first, role: .lead, link: LinkDecision(status: .none))
                    ], in: transaction)
            }
            try await Self.teach("bo@\(learned)", learned, in: pool)
            let taught = Introduction(cvr: try #require(Self.number), address: "bo@\(learned)", messageID: 2)
            let found = try await pool.transaction { try await Relinking.unlinked(by: [taught], in: $0) }
            #expect(found.map(\.id) == [1])
        }
    }
}
