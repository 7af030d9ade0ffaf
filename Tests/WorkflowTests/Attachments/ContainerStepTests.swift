import Extraction
import Foundation
import Mail
import Postgres
import TestSupport
import Testing

@testable import Workflow

/// Mail whose text and files lie in a container, from its arrival to the summary.
@Suite("Mail in containers")
struct ContainerStepTests {
    private static let cvr = "91430525"

    /// What a salesperson's Outlook put into a `winmail.dat`: the forward itself, and a file.
    private static let inside = AttachmentReading(
        outcome: .message,
        message: Array(
            """
            Content-Type: multipart/mixed; boundary=i

            --i
            Content-Type: text/plain; charset=utf-8

            Kan vi tage den her?

            Fra: Mette Lyngholm <mly@vestklit.example>
            Sendt: 23. november 2026 14:37
            Til: Jonas Holm <jh@fjordtek.example>
            Emne: Vores bilag

            Hej Jonas
            Vi får omkring 900 leverandørfakturaer om måneden.

            Venlig hilsen
            Mette Lyngholm
            CVR-nr. \(cvr)
            --i
            Content-Type: text/plain; charset=utf-8
            Content-Disposition: attachment; filename=Brugere.txt

            Vi er 12 brugere.
            --i--
            """.replacing("\n", with: "\r\n").utf8))

    private static func mail(_ id: String = "w1") -> [UInt8] {
        var mail = PlainMail(id, text: "")
        mail.subject = "VS: Vores bilag"
        return AttachedMail(mail, [.init("winmail.dat", "application/ms-tnef", Array("tnef".utf8))]).octets
    }

    @Test(
        "it is filed at once, and read anew with what was in it before anything hangs on it", .timeLimit(.minutes(1)))
    func unpacked() async throws {
        try await ExtractDesk.with(["winmail.dat": [Self.inside]]) { desk in
            try await desk.arrive(Self.mail())
            try await desk.read()
            #expect(try await desk.messages() == ["none done waits"])
            #expect(try await desk.jobs("answer").isEmpty)
            #expect(try await desk.jobs("reconsider") == ["s"])
            #expect(try await desk.count("lead") == 0)
            try await desk.extract()
            #expect(desk.reader.names == ["winmail.dat", "Brugere.txt"], "what is in it is read with it")
            try await desk.reconsider()
            #expect(try await desk.jobs("read") == ["r"])
            #expect(try await desk.messages() == ["none done waits"], "it stays where it is till then")
            try await desk.read()
            #expect(try await desk.messages() == ["\(Self.cvr) read"])
            #expect(try await desk.jobs("answer") == ["r"])
            try await desk.answer()
            let summary = try #require(try await desk.summaries().first)
            #expect(summary.text.contains("CVR \(Self.cvr)") && summary.text.contains("12 brugere"))
            #expect(!summary.text.contains("winmail"))
            // The end of its time comes, and finds nothing to do.
            try await desk.passTime()
            try await desk.reconsider()
            try await desk.answer()
            #expect(try await desk.summaries().count == 1)
            #expect(try await desk.messages() == ["\(Self.cvr) done"])
        }
    }

    @Test("where it is not unpacked in time the mail is read as it is, and what comes later is added")
    func late() async throws {
        try await ExtractDesk.with(["winmail.dat": [Self.inside]]) { desk in
            var mail = PlainMail.forward(
                "w2", of: "Hej Jonas\nSe filen. Hvad koster det?", by: "Mette Lyngholm <mly@vestklit.example>")
            mail.subject = "VS: Vores bilag"
            let file = AttachedMail.File("winmail.dat", "application/ms-tnef", Array("tnef".utf8))
            try await desk.arrive(AttachedMail(mail, [file]).octets)
            try await desk.read()
            try await desk.passTime()
            try await desk.reconsider()
            try await desk.read()
            try await desk.answer()
            let first = try #require(try await desk.summaries().first)
            #expect(first.text.contains("winmail.dat") && !first.text.contains(Self.cvr))
            try await desk.extract()
            try await desk.reconsider()
            try await desk.answer()
            let summaries = try await desk.summaries()
            #expect(summaries.count == 2 && summaries[1].text.contains("winmail.dat er læst nu"))
        }
    }

    @Test("a mail that is not read with what is in it, however often it is tried, is read without")
    func poison() async throws {
        try await ExtractDesk.with(["winmail.dat": [Self.inside]]) { desk in
            try await desk.arrive(
                AttachedMail(
                    .forward("w4", of: "Hej Jonas\nCVR 13748136", by: "Mette Lyngholm <mly@vestklit.example>"),
                    [.init("winmail.dat", "application/ms-tnef", Array("x".utf8))]
                ).octets)
            try await desk.read()
            try await desk.extract()
            try await desk.reconsider()
            _ = try await desk.pool.query("UPDATE brevdue.job SET attempt = 10 WHERE queue = 'read'")
            try await desk.read()
            try await desk.answer()
            #expect(try await desk.messages() == ["13748136 done"])
            #expect(try await desk.readers() == ["jh@fjordtek.example"])
        }
    }

    @Test("one that cannot be unpacked leaves the mail as it is, with the reason")
    func damaged() async throws {
        let damaged = AttachmentReading(outcome: .unreadable, reason: .init(.damaged))
        try await ExtractDesk.with(["winmail.dat": [damaged]]) { desk in
            try await desk.arrive(
                AttachedMail(
                    .forward("w3", of: "Hej Jonas\nCVR \(Self.cvr)", by: "Mette Lyngholm <mly@vestklit.example>"),
                    [.init("winmail.dat", "application/ms-tnef", Array("x".utf8))]
                ).octets)
            try await desk.read()
            try await desk.extract()
            try await desk.reconsider()
            try await desk.read()
            try await desk.answer()
            let summary = try #require(try await desk.summaries().first)
            #expect(summary.text.contains("CVR \(Self.cvr)"))
            #expect(summary.text.contains("winmail.dat er ikke læst: den er beskadiget"))
        }
    }
}
