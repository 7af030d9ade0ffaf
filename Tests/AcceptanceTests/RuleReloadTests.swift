import Foundation
import Postgres
import SMTPClient
import TestSupport
import Testing

/// Edits of the rules while the daemon runs.
@Suite("Rules that are edited")
struct RuleReloadTests {
    /// A daemon with rules of its own, and what it charges for a user.
    private struct House: Sendable {
        let folder: String
        let daemon: TestDaemon

        init() throws {
            folder = try Repository.temporaryFolder("rules")
            try FileManager.default.copyItem(atPath: Repository.rules, toPath: folder + "/rules")
            daemon = try TestDaemon(directory: folder, extra: ["BREVDUE_RULES_DIRECTORY": folder + "/rules"])
        }

        func edit(_ old: String, to new: String) throws {
            let path = folder + "/rules/pricing.yaml"
            let text = try String(contentsOfFile: path, encoding: .utf8)
            try #require(text.contains(old))
            try text.replacing(old, with: new).write(toFile: path, atomically: true, encoding: .utf8)
        }

        func rules() async throws -> String {
            let report = try JSONSerialization.jsonObject(with: Data(try await daemon.get("/readyz").utf8))
            let fields = try #require(report as? [String: Any])
            #expect(fields["ready"] as? Bool == true)
            return fields["rules"] as? String ?? ""
        }

        /// Price of a user, in øre, and the rule set, of the quote for a new mail.
        func price(of number: Int) async throws -> (ore: Int64, ruleSet: String) {
            guard case .accepted = try await daemon.send(SampleMail.forward(number)) else {
                throw TestFailure("mail \(number) was not taken")
            }
            _ = try await daemon.settle(["<a.\(number)@fjordtek.example>"])
            let pool = daemon.pool()
            defer { pool.close() }
            let rows = try await pool.query(
                """
                SELECT l.unit_price_ore, q.rule_set FROM brevdue.quote_line l JOIN brevdue.quote q ON q.id = l.quote_id
                JOIN brevdue.message m ON m.id = q.message_id JOIN brevdue.rule_set s ON s.sha256 = q.rule_set
                WHERE m.message_id = \("<a.\(number)@fjordtek.example>") AND l.rule = 'tier.users'
                """)
            return try #require(try rows.first?.decode(Int64.self, String.self))
        }

        func linesOfLog(_ message: String) -> [Substring] {
            let text =
                FileManager.default.contents(atPath: daemon.log).map { String(decoding: $0, as: UTF8.self) } ?? ""
            return text.split(separator: "\n").filter { $0.contains(message) }
        }
    }

    @Test(
        "a fault leaves the rules before in use and is said once; mended, the new ones are used",
        .timeLimit(.minutes(2)))
    func fault() async throws {
        let house = try House()
        defer { try? FileManager.default.removeItem(atPath: house.folder) }
        try await house.daemon.run { _ in
            let first = try await house.price(of: 1)
            #expect(first.ore == 12900)
            #expect(try await house.rules() == "ok")

            try house.edit("price: 129}", to: "price: 139, form: 11}")
            let fault = try await eventually("the fault is seen") {
                let rules = try await house.rules()
                return rules == "ok" ? nil : rules
            }
            #expect(fault.hasPrefix("pricing.yaml:") && fault.contains("did you mean from?"), "\(fault)")
            let second = try await house.price(of: 2)
            #expect(second == first)

            try house.edit(", form: 11}", to: "}")
            try await until("the fault is gone") { try await house.rules() == "ok" }
            let third = try await house.price(of: 3)
            #expect(third.ore == 13900 && third.ruleSet != first.ruleSet)
            #expect(house.linesOfLog("a fault in the rules").count == 1)
            #expect(house.linesOfLog("new rules are in use").count == 1)
            #expect(house.linesOfLog("new rules are in use").first?.contains(third.ruleSet) == true)
        }
    }

    @Test("a template that cannot be read counts as a fault of the rules", .timeLimit(.minutes(2)))
    func template() async throws {
        let house = try House()
        defer { try? FileManager.default.removeItem(atPath: house.folder) }
        try await house.daemon.run { _ in
            let path = house.folder + "/rules/templates/guidance.en.txt.mustache"
            try "{{#open}}\n".write(toFile: path, atomically: true, encoding: .utf8)
            try await until("the fault is seen") {
                try await house.rules().hasPrefix("templates/guidance.en.txt.mustache:")
            }
            #expect(try await house.price(of: 1).ore == 12900)
        }
    }

    @Test("SIGHUP takes up an edit that no look from outside would show", .timeLimit(.minutes(2)))
    func signal() async throws {
        let house = try House()
        defer { try? FileManager.default.removeItem(atPath: house.folder) }
        let path = house.folder + "/rules/pricing.yaml"
        try await house.daemon.run { running in
            let changedAt = try FileManager.default.attributesOfItem(atPath: path)[.modificationDate]
            try house.edit("price: 129}", to: "price: 119}")
            try FileManager.default.setAttributes([.modificationDate: try #require(changedAt)], ofItemAtPath: path)
            running.signal(SIGHUP)
            try await until("it is said") { !house.linesOfLog("new rules are in use").isEmpty }
            #expect(try await house.price(of: 1).ore == 11900)
        }
    }
}
