import Foundation
import Mail
import Postgres
import SMTPClient
import TestSupport

/// A daemon, its API and its outbox, for one test.
struct Desk: Sendable {
    let daemon: TestDaemon
    let pool: PostgresPool
    let token: String

    static func open(
        _ name: String, extra: [String: String] = [:], _ body: @Sendable (Desk) async throws -> Void
    ) async throws {
        let folder = try Repository.temporaryFolder(name)
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let daemon = try TestDaemon(directory: folder, extra: extra)
        try await daemon.run { _ in
            _ = try await daemon.command(
                "user", "add", "--email", "jh@fjordtek.example", "--name", "Jonas", "--role", "sales")
            let token = try await daemon.command("token", "create", "--email", "jh@fjordtek.example")
            let pool = daemon.pool()
            defer { pool.close() }
            try await body(Desk(daemon: daemon, pool: pool, token: token))
        }
    }

    /// Hands a mail in and waits until all is done with it.
    func send(_ mail: PlainMail) async throws {
        try await hand(in: mail)
        try await settle()
    }

    /// Hands a mail in, with files that come with it, and waits for nothing.
    func hand(in mail: PlainMail, _ files: [AttachedMail.File] = []) async throws {
        let from = mail.from.split(separator: "<").last.map { String($0.dropLast()) } ?? mail.from
        let intake = [mail.to, mail.cc ?? ""].first { $0.hasPrefix("leads") } ?? "leads@fjordtek.example"
        let octets = files.isEmpty ? mail.octets : AttachedMail(mail, files).octets
        guard case .accepted = try await daemon.send(octets, from: from, to: intake) else {
            throw TestFailure("\(mail.messageID) was not accepted")
        }
    }

    /// Waits until all is done that can be done now; who sent a mail is asked again later where DNS is away.
    func settle() async throws {
        try await until("all that can be done is done") {
            let rows = try await pool.query(
                """
                SELECT count(*) FROM brevdue.job
                WHERE queue IN ('read', 'read_large', 'answer', 'notice') OR queue LIKE 'extract%'
                    OR (queue LIKE 'verify%' OR queue = 'reconsider') AND state <> 's'
                """)
            return try rows[0].decode(Int64.self) == 0
        }
    }

    /// Outgoing mails of a kind in the order of their making, at least so many.
    func mails(_ kind: String?, _ count: Int) async throws -> [Letter] {
        let rows = try await pool.query(
            "SELECT octets FROM brevdue.outbox WHERE \(kind) IS NULL OR kind = \(kind) ORDER BY id")
        guard rows.count >= count else { throw TestFailure("\(rows.count) mails instead of \(count)") }
        return try rows.map { try Letter(try $0.decode([UInt8].self), reading: ReadingOptions()) }
    }

    func summaries(_ count: Int) async throws -> [Letter] { try await mails("sales_summary", count) }

    /// Two columns of text, joined by a space.
    func rows(_ query: SQL) async throws -> [String] {
        try await pool.query(query).map { row in
            let (first, second) = try row.decode(String.self, String.self)
            return "\(first) \(second)"
        }
    }

    // MARK: What the API shows

    func timeline(_ cvr: String) async throws -> String {
        try await daemon.get("/v1/companies/\(cvr)/timeline", token: token)
    }

    struct Entry {
        var type: String
        var text: String
    }

    func entries(_ cvr: String) async throws -> [Entry] {
        try Self.items(try await timeline(cvr)).map {
            Entry(type: $0["type"] as? String ?? "", text: $0["text"] as? String ?? "")
        }
    }

    struct Words {
        var text: String
        var message: String
    }

    struct Line {
        var rule: String
        var quantity: String
        var amount: Int
        var words: [Words]
    }

    /// The newest quote of the newest lead.
    func quote() async throws -> (lines: [Line], questions: [String]) {
        let leads = try Self.items(try await daemon.get("/v1/leads", token: token))
        let path = "/v1/leads/\(leads.first?["id"] as? String ?? "")/quotes"
        let quote = try Self.items(try await daemon.get(path, token: token)).first ?? [:]
        let lines = (quote["lines"] as? [[String: Any]] ?? []).map { line in
            Line(
                rule: line["rule"] as? String ?? "", quantity: line["quantity"] as? String ?? "",
                amount: line["amount_ore"] as? Int ?? 0,
                words: (line["evidence"] as? [[String: Any]] ?? []).map {
                    Words(text: $0["text"] as? String ?? "", message: $0["message_id"] as? String ?? "")
                })
        }
        let questions = (quote["questions"] as? [[String: Any]] ?? []).compactMap { $0["text"] as? String }
        return (lines, questions)
    }

    private static func items(_ text: String) throws -> [[String: Any]] {
        let object = try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any]
        guard let items = object?["items"] as? [[String: Any]] else { throw TestFailure("no list: \(text)") }
        return items
    }
}
