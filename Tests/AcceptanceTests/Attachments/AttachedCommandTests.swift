import Foundation
import TestSupport
import Testing

/// `parse` and `quote` with attachments.
@Suite("Commands and attachments")
struct AttachedCommandTests {
    private static let cvr = "91430525"
    private static let file = AttachedMail.File(
        "Behov.txt",
        "Vestklit Emballage A/S\nCVR-nr. \(cvr)\nwww.vestklit.example\n\nVi er 12 brugere og får 900 fakturaer om måneden."
    )

    private static func mail(_ text: String = "Hej Jonas\nSe vedhæftede. Hvad koster det?", date: String? = nil)
        -> String
    {
        var mail = PlainMail.forward("p1", of: text, by: "Mette Lyngholm <mly@vestklit.example>")
        if let date {
            mail = PlainMail("p2", text: text)
            mail.date = date
        }
        return String(decoding: AttachedMail(mail, [file]).octets, as: UTF8.self)
    }

    private func run(_ words: [String], input: String) async throws -> [String: Any] {
        let folder = try Repository.temporaryFolder("attached-command")
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let output = try await TestDaemon(directory: folder).command(words, input: input)
        return try JSONSerialization.jsonObject(with: Data(output.utf8)) as? [String: Any] ?? [:]
    }

    @Test("parse reads what is attached, or leaves it alone", .timeLimit(.minutes(1)))
    func parse() async throws {
        let own = ["--own-domain", "fjordtek.example"]
        let read = try await run(["parse", "--json"] + own + ["-"], input: Self.mail())
        let cvr = try #require(read["cvr"] as? [String: Any])
        #expect(cvr["number"] as? String == Self.cvr && cvr["ground"] as? String == "attachment")
        let file = try #require((read["attachments"] as? [[String: Any]])?.first)
        #expect(file["text_status"] as? String == "text" && (file["text"] as? String)?.contains("12 brugere") == true)
        let plain = try await run(["parse", "--json", "--no-attachments"] + own + ["-"], input: Self.mail())
        #expect((plain["cvr"] as? [String: Any])?["status"] as? String == "none")
        #expect((plain["attachments"] as? [[String: Any]])?.first?["text_status"] as? String == "none")
    }

    @Test("parse counts days from the mail's date, and from --at where that is missing", .timeLimit(.minutes(1)))
    func instant() async throws {
        let text = "Det skal køre inden fredag."
        for (date, day) in [("Tue, 24 Nov 2026 10:15:00 +0100", "2026-11-27"), ("i tirsdags", "2026-12-04")] {
            let read = try await run(
                ["parse", "--json", "--rules", Repository.rules, "--at", "2026-12-01T09:00:00+01:00", "-"],
                input: Self.mail(text, date: date))
            let facts = try #require(read["facts"] as? [[String: Any]])
            #expect(facts.first { $0["name"] as? String == "deadline" }?["value"] as? String == day)
        }
    }

    @Test("quote prices by what is attached", .timeLimit(.minutes(1)))
    func quote() async throws {
        let read = try await run(["quote", "--json", "-"], input: Self.mail())
        let lines = (read["quote"] as? [String: Any])?["lines"] as? [[String: Any]] ?? []
        let words = lines.flatMap { $0["evidence"] as? [[String: Any]] ?? [] }
        #expect(words.contains { $0["attachment"] as? String == "Behov.txt" })
    }
}
