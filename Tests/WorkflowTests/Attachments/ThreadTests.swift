import Extraction
import Foundation
import Mail
import Postgres
import TestSupport
import Testing

@testable import Jobs
@testable import Workflow

/// Answers to mail whose company is still to be found in what is attached to it.
@Suite("Answers to mail that waits")
struct ThreadTests {
    private static let cvr = "91430525"
    private static let mette = "Mette Lyngholm <mly@vestklit.example>"
    private static let needs = """
        Vestklit Emballage A/S
        CVR-nr. \(cvr)
        www.vestklit.example

        Vi får ca. 900 leverandørfakturaer om måneden.
        """
    private static let inside = AttachmentReading(
        outcome: .message,
        message: Array(
            """
            Content-Type: text/plain; charset=utf-8

            Fra: \(mette)
            Sendt: 23. november 2026 14:37
            Til: Jonas Holm <jh@fjordtek.example>
            Emne: Vores bilag

            Hej Jonas
            Vi får omkring 900 leverandørfakturaer om måneden.

            Venlig hilsen
            Mette Lyngholm
            CVR-nr. \(cvr)
            """.replacing("\n", with: "\r\n").utf8))

    /// A forward whose text is in a container.
    private static func contained() -> [UInt8] {
        var mail = PlainMail("f1", text: "")
        mail.subject = "VS: Vores bilag"
        return AttachedMail(mail, [.init("winmail.dat", "application/ms-tnef", Array("tnef".utf8))]).octets
    }

    /// A forward whose company stands in a file.
    private static func attached() -> [UInt8] {
        AttachedMail(
            .forward("f1", of: "Hej Jonas\nSe vedhæftede. Hvad koster det?\n\nVenlig hilsen\nMette", by: mette),
            [.init("Behov.pdf", "application/pdf", Array(needs.utf8))]
        ).octets
    }

    private static func answer(_ id: String = "s1", to other: String = "<f1@fjordtek.example>") -> [UInt8] {
        var mail = PlainMail(id, text: "Hej Jonas\nVi er 12 brugere.\n\nMvh Bo")
        mail.from = "Bo Lyngholm <bo@vestklit.example>"
        mail.subject = "SV: Vores bilag"
        mail.inReplyTo = other
        return mail.octets
    }

    @Test(
        "the answer is filed with the mail once that is, whether it was read with it, after it or while that is read again",
        .timeLimit(.minutes(1)), arguments: ["together", "after", "between"])
    func container(_ order: String) async throws {
        try await ExtractDesk.with(["winmail.dat": [Self.inside]]) { desk in
            try await desk.arrive(Self.contained())
            if order != "together" { try await desk.read() }
            if order == "between" {
                try await desk.extract()
                try await desk.reconsider()
                #expect(try await desk.jobs("read") == ["r"])
                // Another node is at the first one.
                _ = try await desk.pool.query("UPDATE brevdue.job SET queue = 'elsewhere' WHERE queue = 'read'")
            }
            try await desk.arrive(Self.answer(), isTrusted: false)
            try await desk.read()
            #expect(try await desk.messages() == ["none done waits", "none done waits"])
            #expect(try await desk.count("lead") == 0)
            if order == "between" {
                _ = try await desk.pool.query("UPDATE brevdue.job SET queue = 'read' WHERE queue = 'elsewhere'")
            } else {
                try await desk.extract()
                try await desk.reconsider()
            }
            try await desk.read()
            #expect(try await desk.messages()[0] == "\(Self.cvr) read")
            try await desk.due()
            try await desk.reconsider()
            try await desk.read()
            #expect(try await desk.messages() == ["\(Self.cvr) read", "\(Self.cvr) read"])
            try await desk.answer()
            #expect(try await desk.readers() == ["jh@fjordtek.example", "jh@fjordtek.example"])
            #expect(try await desk.count("lead") == 1)
        }
    }

    @Test("so is an answer to that answer, and one to a mail whose file tells the company", .timeLimit(.minutes(1)))
    func file() async throws {
        try await ExtractDesk.with { desk in
            try await desk.arrive(Self.attached())
            try await desk.read()
            try await desk.arrive(Self.answer(), isTrusted: false)
            try await desk.read()
            try await desk.arrive(Self.answer("s2", to: "<s1@fjordtek.example>"), isTrusted: false)
            try await desk.read()
            #expect(try await desk.messages() == ["none read", "none done waits", "none done waits"])
            try await desk.extract()
            try await desk.reconsider()
            for _ in 0..<2 {
                try await desk.due()
                try await desk.reconsider()
                try await desk.read()
            }
            #expect(try await desk.messages() == Array(repeating: "\(Self.cvr) read", count: 3))
            #expect(try await desk.count("lead") == 1)
            try await desk.answer()
            #expect(try await desk.readers().count == 3)
        }
    }

    @Test("it waits no longer than a mail with files does, and goes along when the file is read too late")
    func late() async throws {
        try await ExtractDesk.with { desk in
            try await desk.arrive(Self.attached())
            try await desk.read()
            try await desk.arrive(Self.answer(), isTrusted: false)
            try await desk.read()
            try await desk.passTime()
            try await desk.reconsider()
            try await desk.read()
            #expect(try await desk.messages() == ["none read", "none read"])
            try await desk.answer()
            #expect(try await desk.readers().count == 2)
            try await desk.extract()
            try await desk.reconsider()
            #expect(try await desk.messages() == ["\(Self.cvr) done", "\(Self.cvr) done"])
            let leads = try await desk.pool.query(
                "SELECT count(DISTINCT lead_id) FROM brevdue.message JOIN brevdue.lead l ON l.id = lead_id AND l.cvr = message.cvr"
            )
            #expect(try leads[0].decode(Int64.self) == 1)
            try await desk.answer()
            #expect(try await desk.summaries().last?.subject.hasPrefix("Rettet: ") == true)
        }
    }

    @Test("what is known already is not waited for", .timeLimit(.minutes(1)))
    func known() async throws {
        try await ExtractDesk.with { desk in
            try await desk.arrive(
                AttachedMail(
                    .forward("f1", of: "Hvad koster det?\n\nMvh Mette\nCVR-nr. \(Self.cvr)", by: Self.mette),
                    [.init("Behov.pdf", "application/pdf", Array(Self.needs.utf8))]
                ).octets)
            try await desk.read()
            try await desk.arrive(Self.answer(), isTrusted: false)
            try await desk.read()
            #expect(try await desk.messages() == ["\(Self.cvr) read", "\(Self.cvr) read"])
        }
    }
}
