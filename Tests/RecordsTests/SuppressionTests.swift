import Foundation
import Mail
import Postgres
import Records
import TestSupport
import Testing

@Suite("Addresses that take no mail")
struct SuppressionTests {
    private static func entry(_ number: UInt8, to recipient: String) -> Outbox.Entry {
        Outbox.Entry(
            effectKey: Array(repeating: number, count: 32), kind: .guidance, envelopeFrom: "", recipient: recipient,
            subject: "Hej", messageID: "<\(number)@fjordtek.example>", inReplyTo: nil, causeMessageID: 1, cvr: nil,
            leadID: nil, quoteID: nil, octets: Array("Hej\r\n".utf8), expiresAt: Date().addingTimeInterval(3600))
    }

    private func put(_ number: UInt8, to recipient: String, in pool: PostgresPool) async throws -> String {
        _ = try await pool.query(Outbox.put([Self.entry(number, to: recipient)], sending: true))
        let key = [UInt8](repeating: number, count: 32)
        return try await pool.query("SELECT state FROM brevdue.outbox WHERE effect_key = \(key)")[0].decode(String.self)
    }

    @Test(
        "mail for an address that failed for good is held until it is released, and only for that one",
        .timeLimit(.minutes(1)))
    func held() async throws {
        try await withRecords { pool, _ in
            for table in [
                "outbox DROP CONSTRAINT outbox_cause_message_id_fkey",
                "suppressed_address DROP CONSTRAINT suppressed_address_message_id_fkey",
            ] {
                _ = try await pool.query("ALTER TABLE brevdue.\(unsafe: table)")
            }
            #expect(try await put(1, to: "Kim@vang.example", in: pool) == "queued")
            let mark = String(repeating: "01", count: 10)
            let failure = DeliveryReport.Recipient(
                address: "KIM@vang.example", action: .failed, status: "5.1.1", words: "no such user")
            let other = DeliveryReport.Recipient(address: "bo@lund.example", action: .failed, status: "5.1.1")
            try await pool.transaction { transaction in
                try await Outbox.take(
                    [.init(message: 5, mark: mark, report: DeliveryReport(recipients: [other, failure]))], [],
                    mutes: { _, _ in true }, in: transaction)
            }
            let notice = try await pool.query(
                "SELECT queue, payload ->> 'words' FROM brevdue.job WHERE kind = 'notice'")
            #expect(
                try notice.map { try $0.decode(String.self, String.self) }.map { "\($0) \($1)" } == [
                    "notice KIM@vang.example 5.1.1 no such user"
                ])
            #expect(try await put(2, to: "kim@vang.example", in: pool) == "held")
            #expect(try await put(3, to: "bo@lund.example", in: pool) == "queued")
            #expect(try await Suppression.release("Kim@Vang.example", in: pool))
            #expect(try await !Suppression.release("kim@vang.example", in: pool))
            #expect(try await put(4, to: "kim@vang.example", in: pool) == "queued")
        }
    }

    @Test("an address is muted in all spellings of its domain, and released in any", .timeLimit(.minutes(1)))
    func spelled() async throws {
        try await withRecords { pool, _ in
            for table in [
                "outbox DROP CONSTRAINT outbox_cause_message_id_fkey",
                "suppressed_address DROP CONSTRAINT suppressed_address_message_id_fkey",
            ] {
                _ = try await pool.query("ALTER TABLE brevdue.\(unsafe: table)")
            }
            #expect(try await put(1, to: "Kim@Bücher.example", in: pool) == "queued")
            let mark = String(repeating: "01", count: 10)
            let failure = DeliveryReport.Recipient(
                address: "kim@xn--bcher-kva.example", action: .failed, status: "5.1.1", words: "no such user")
            try await pool.transaction { transaction in
                try await Outbox.take(
                    [.init(message: 5, mark: mark, report: DeliveryReport(recipients: [failure]))], [],
                    mutes: { _, _ in true }, in: transaction)
            }
            for (number, domain) in [(2, "bücher"), (3, "xn--bcher-kva"), (4, "XN--BCHER-KVA")] as [(UInt8, String)] {
                #expect(try await put(number, to: "kim@\(domain).example", in: pool) == "held", "\(domain)")
            }
            #expect(try await Suppression.release("kim@BÜCHER.example", in: pool))
            #expect(try await put(5, to: "kim@xn--bcher-kva.example", in: pool) == "queued")
            let kept = try await pool.query("SELECT recipient FROM brevdue.outbox ORDER BY id LIMIT 1")
            #expect(try kept[0].decode(String.self) == "Kim@xn--bcher-kva.example", "as the relay is told")
        }
    }

    @Test("who writes their domain in another way is no other sender", .timeLimit(.minutes(1)))
    func spelledReceipts() async throws {
        try await withRecords { pool, _ in
            let now = Date()
            var given: [Bool] = []
            for domain in ["bücher", "xn--bcher-kva", "Bücher"] {
                let line = ReceiptLedger.Line(address: "bo@\(domain).example", mailbox: "leads@\(domain).example")
                given.append(
                    try await pool.transaction {
                        try await ReceiptLedger.claim([line], kind: "r", every: 3600, at: now, in: $0) == [line]
                    })
            }
            #expect(given == [true, false, false])
            let rows = try await pool.query("SELECT address, mailbox FROM brevdue.automatic_receipt")
            #expect(
                try rows.map { try $0.decode(String.self, String.self) }.map { "\($0) \($1)" } == [
                    "bo@xn--bcher-kva.example leads@xn--bcher-kva.example"
                ])
        }
    }

    @Test(
        "of two who claim one receipt at once, one gets it; the next is for after the pause", .timeLimit(.minutes(1)),
        arguments: [86_400, 3600] as [TimeInterval])
    func receipts(_ pause: TimeInterval) async throws {
        try await withRecords { pool, _ in
            let line = ReceiptLedger.Line(address: "Bo@lund.example", mailbox: "leads@fjordtek.example")
            let now = Date()
            let claim = { @Sendable (instant: Date) in
                try await pool.transaction {
                    try await ReceiptLedger.claim([line, line], kind: "r", every: pause, at: instant, in: $0)
                }
            }
            let granted = try await withThrowingTaskGroup(of: Int.self) { group in
                for _ in 0..<8 { group.addTask { try await claim(now).count } }
                return try await group.reduce(0, +)
            }
            #expect(granted == 1)
            #expect(try await claim(now.addingTimeInterval(pause - 1)).isEmpty)
            #expect(try await claim(now.addingTimeInterval(pause + 1)) == [line])
        }
    }
}
