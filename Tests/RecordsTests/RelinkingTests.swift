import CVR
import Foundation
import Mail
import Postgres
import TestSupport
import Testing
import Understanding

@testable import Records

/// Corrections that meet each other, and answers that are being made meanwhile.
@Suite("Relinking")
struct RelinkingTests {
    private static let companies = ["91430525", "93205189"].compactMap { CVRNumber($0) }

    @Test("a correction that waited for another one sees what that one did", .timeLimit(.minutes(1)))
    func afterAnother() async throws {
        try await withRecords { pool, _ in
            let id = try await Self.file(in: pool)
            let waiting = try await pool.transaction { first -> Task<[Relinking.Filed], any Error> in
                _ = try await Relinking.load([id], in: first)
                let second = Task {
                    try await pool.transaction(retries: 0) { try await Relinking.load([id], in: $0) }
                }
                try await Self.somebodyWaits(pool)
                try await Relinking.apply(Self.order(id), in: first)
                return second
            }
            let seen = try await waiting.value
            #expect(seen.map(\.link.number) == [Self.companies[1]])
            #expect(seen.map(\.corrections) == [1], "or two corrected summaries would be one to the outbox")
        }
    }

    @Test("a correction waits for an answer that is being made, and not the other way round", .timeLimit(.minutes(1)))
    func besideAnAnswer() async throws {
        try await withRecords { pool, _ in
            let id = try await Self.file(in: pool)
            let waiting = try await pool.transaction(retries: 0) { answer -> Task<Void, any Error> in
                _ = try await OpenLead.load([id], in: answer)
                let correction = Task {
                    try await pool.transaction(retries: 0) { transaction in
                        _ = try await Relinking.load([id], in: transaction)
                        try await Relinking.apply(Self.order(id), in: transaction)
                    }
                }
                try await Self.somebodyWaits(pool)
                _ = try await answer.query(Timeline.finish([id]))
                return correction
            }
            try await waiting.value
        }
    }

    private static func somebodyWaits(_ pool: PostgresPool) async throws {
        try await until("somebody waits for a lock") {
            let rows = try await pool.query(
                """
                SELECT count(*) FROM pg_stat_activity
                WHERE datname = current_database() AND wait_event_type = 'Lock'
                """)
            return try rows[0].decode(Int64.self) > 0
        }
    }

    /// Files a message of the first company.
    private static func file(in pool: PostgresPool) async throws -> Int64 {
        let id: Int64 = 1
        let link = LinkDecision(status: .linked, number: companies[0], confidence: .high, ground: .labelled)
        try await pool.transaction { transaction in
            _ = try await transaction.query(Companies.add([Introduction(cvr: companies[0], messageID: id)]))
            let lead = try await Leads.open([opening(companies[0])], in: transaction).first
            try await Timeline.file(
                [
                    Filing(
                        id: id, receivedAt: Date(), door: .smtp, state: .read, contentKey: MessageKey(unreadable: id),
                        letter: letter, role: .lead, link: link, leadID: lead)
                ], in: transaction)
        }
        return id
    }

    private static func order(_ id: Int64) -> Relinking.Order {
        Relinking.Order(
            message: id,
            link: LinkDecision(status: .linked, number: companies[1], confidence: .high, ground: .instruction),
            madeBy: "jh@fjordtek.example", opening: opening(companies[1]),
            introduction: Introduction(cvr: companies[1], messageID: id))
    }

    private static func opening(_ number: CVRNumber) -> LeadOpening {
        LeadOpening(
            cvr: number, companyName: nil, contactName: nil, contactAddress: nil, subject: "Hej", owner: nil,
            openedAt: Date())
    }

    private static let letter = Letter(
        saying: "Hej", signature: "", by: nil, at: LetterDate(), language: "da", bodyHash: "",
        autoReply: Letter.AutoReply(allowed: true, reason: ""))
}
