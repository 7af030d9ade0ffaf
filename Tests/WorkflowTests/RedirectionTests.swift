import Foundation
import Mail
import Postgres
import TestSupport
import Testing

/// Mail of somebody outside that one of our own people sends on as it was.
@Suite("Redirected mail")
struct RedirectionTests {
    private static let cvr = "91430525"
    private static let jonas = "Jonas Holm <jh@fjordtek.example>"

    private static func mail(
        by redirectors: String..., from author: String = "Mette Lyngholm <mly@vestklit.example>", fields: String = ""
    ) -> [UInt8] {
        var mail = PlainMail(
            "m1", text: "Hej Jonas\nHvad koster 900 fakturaer?\n\nVenlig hilsen\nMette Lyngholm\nCVR-nr. \(cvr)")
        (mail.from, mail.to) = (author, jonas)
        let resent = redirectors.map { "Resent-From: \($0)\r\nResent-To: leads@fjordtek.example\r\n" }
        return Array((resent.joined() + fields).utf8) + mail.octets
    }

    @Test("whoever redirects it gets the summary that a forward brings", .timeLimit(.minutes(1)))
    func summary() async throws {
        try await ExtractDesk.with { desk in
            try await desk.arrive(Self.mail(by: Self.jonas))
            try await desk.read()
            try await desk.answer()
            #expect(try await desk.messages() == ["\(Self.cvr) done"])
            #expect(try await desk.readers() == ["jh@fjordtek.example"])
            let summary = try #require(try await desk.summaries().first)
            #expect(summary.to.map(\.address) == ["jh@fjordtek.example"] && summary.cc.isEmpty)
            #expect(summary.text.contains("CVR \(Self.cvr)") && summary.inReplyTo == ["<m1@fjordtek.example>"])
            let owner = try await desk.pool.query("SELECT owner FROM brevdue.lead")
            #expect(try owner.map { try $0.decode(String?.self) } == ["jh@fjordtek.example"])
        }
    }

    @Test("where the company is not known too, and to who logged in, whatever the envelope", .timeLimit(.minutes(1)))
    func loggedIn() async throws {
        try await ExtractDesk.with { desk in
            let mail = String(decoding: Self.mail(by: Self.jonas), as: UTF8.self)
                .replacing("CVR-nr. \(Self.cvr)", with: "")
            try await desk.arrive(Array(mail.utf8), from: "mly@vestklit.example", user: "JH@fjordtek.example")
            try await desk.read()
            try await desk.answer()
            #expect(try await desk.readers() == ["jh@fjordtek.example"])
            #expect(try await desk.count("lead") == 1)
        }
    }

    @Test(
        "nobody gets one whom nothing proves to have sent it on, or whose mail forbids it", .timeLimit(.minutes(1)))
    func unproved() async throws {
        let cases: [(octets: [UInt8], isTrusted: Bool, sender: String)] = [
            // A session of anybody's.
            (Self.mail(by: Self.jonas), false, "jh@fjordtek.example"),
            // Neither log-in nor envelope is theirs.
            (Self.mail(by: Self.jonas), true, "mly@vestklit.example"), (Self.mail(by: Self.jonas), true, ""),
            (Self.mail(by: Self.jonas), true, "ak@fjordtek.example"),
            // Somebody outside, two at once, an address that mail comes in at.
            (Self.mail(by: "Bo <bo@lund.example>"), true, "bo@lund.example"),
            (Self.mail(by: Self.jonas + ", bo@lund.example"), true, "jh@fjordtek.example"),
            (Self.mail(by: "leads@fjordtek.example"), true, "leads@fjordtek.example"),
            // The last one who sent it on is the one.
            (Self.mail(by: "Bo <bo@lund.example>", Self.jonas), true, "jh@fjordtek.example"),
            (Self.mail(by: Self.jonas, fields: "Auto-Submitted: auto-replied\r\n"), true, "jh@fjordtek.example"),
            (Self.mail(by: Self.jonas, fields: "List-Id: <nyt.vestklit.example>\r\n"), true, "jh@fjordtek.example"),
            (Self.mail(by: Self.jonas, fields: "X-Auto-Response-Suppress: All\r\n"), true, "jh@fjordtek.example"),
            (Self.mail(by: Self.jonas, from: "info@fjordtek.example"), true, "bo@lund.example"),
        ]
        try await ExtractDesk.with { desk in
            for (index, (octets, isTrusted, sender)) in cases.enumerated() {
                // Else it would be a second arrival of the one before.
                let mail = String(decoding: octets, as: UTF8.self).replacing("<m1@", with: "<m1-\(index)@")
                try await desk.arrive(Array(mail.utf8), isTrusted: isTrusted, from: sender)
                try await desk.read()
                try await desk.answer()
                #expect(try await desk.readers().isEmpty, "\(index)")
            }
            #expect(try await desk.count("message") == Int64(cases.count))
        }
    }

    @Test("each who redirects it gets one, whoever sent it in before; nobody two", .timeLimit(.minutes(1)))
    func several() async throws {
        try await ExtractDesk.with { desk in
            try await desk.arrive(Self.mail(), isTrusted: false)
            let ane = Self.mail(by: "Ane Krogh <ak@fjordtek.example>")
            for (octets, sender) in [
                (Self.mail(by: Self.jonas), "jh@fjordtek.example"), (ane, "ak@fjordtek.example"),
                (Array("Resent-Date: Tue, 24 Nov 2026 10:19:00 +0100\r\n".utf8) + ane, "ak@fjordtek.example"),
            ] {
                try await desk.arrive(octets, from: sender)
                try await desk.read()
                try await desk.answer()
            }
            #expect(try await desk.readers() == ["jh@fjordtek.example", "ak@fjordtek.example"])
            #expect(try await desk.count("lead") == 1)
        }
    }

    @Test("what its files tell later goes to the same person", .timeLimit(.minutes(1)))
    func late() async throws {
        try await ExtractDesk.with { desk in
            var mail = PlainMail("m2", text: "Hej Jonas\nSe vedhæftede. Hvad koster det?\n\nMvh Mette")
            (mail.from, mail.to) = ("Mette Lyngholm <mly@vestklit.example>", Self.jonas)
            let file = AttachedMail.File(
                "Behov.txt", "Vestklit Emballage A/S\nCVR-nr. \(Self.cvr)\nwww.vestklit.example\n\nVi er 12 brugere.")
            try await desk.arrive(
                Array("Resent-From: \(Self.jonas)\r\n".utf8) + AttachedMail(mail, [file]).octets)
            try await desk.read()
            try await desk.passTime()
            try await desk.answer()
            try await desk.extract()
            try await desk.reconsider()
            try await desk.answer()
            #expect(try await desk.readers() == ["jh@fjordtek.example", "jh@fjordtek.example"])
            #expect(try await desk.summaries().last?.subject.hasPrefix("Rettet: ") == true)
        }
    }
}
