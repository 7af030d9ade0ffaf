import Foundation
import Mail
import Postgres
import SMTPClient
import Subprocess
import SystemPackage
import TestSupport
import Testing

/// Mail whose text lies in a file of Outlook's or in a signature, by SMTP through the real daemon and its confined readers.
@Suite("Mail in containers, from delivery to summary")
struct ContainerTests {
    private static let cvr = "91430525"
    private static let forwarded = """
        Kan vi tage den her?

        Fra: Mette Lyngholm <mly@vestklit.example>
        Sendt: 23. november 2026 14:37
        Til: Jonas Holm <jh@fjordtek.example>
        Emne: Vores bilag

        Hej Jonas
        Vi får omkring 900 leverandørfakturaer om måneden. Hvad koster det?

        Venlig hilsen
        Mette Lyngholm
        CVR-nr. \(cvr)
        """

    private static func mail(_ id: String) -> PlainMail {
        var mail = PlainMail(id, text: "")
        mail.subject = "VS: Vores bilag"
        return mail
    }

    /// Waits for the one summary and looks at what it and the API say.
    private static func expectSummary(_ desk: Desk, within limit: Duration = .seconds(20)) async throws -> Letter {
        let start = ContinuousClock.now
        try await until("the summary is made") { try await desk.rows("SELECT kind, '' FROM brevdue.outbox").count == 1 }
        #expect(ContinuousClock.now - start < limit)
        try await desk.settle()
        let summaries = try await desk.mails(nil, 1)
        #expect(summaries.count == 1)
        #expect(summaries[0].to.map(\.address) == ["jh@fjordtek.example"])
        #expect(summaries[0].text.contains("CVR \(cvr)"), "\(summaries[0].text)")
        let message = try await desk.daemon.get("/v1/messages/1", token: desk.token)
        #expect(message.contains("\"cvr\":\"\(cvr)\"") && message.contains("mly@vestklit.example"), "\(message)")
        #expect(!message.contains("\"text_status\":\"pending\""))
        return summaries[0]
    }

    @Test("the forward in a winmail.dat is read, linked and priced, with the file in it", .timeLimit(.minutes(2)))
    func winmail() async throws {
        try await Desk.open("winmail") { desk in
            let inside = OutlookFixture(
                properties: [
                    (0x001A, .wide("IPM.Note")), (0x0037, .wide("VS: Vores bilag")),
                    (0x1000, .wide(Self.forwarded.replacing("\n", with: "\r\n"))),
                ],
                attachments: [
                    .init(properties: [
                        (0x3701, .octets(Array("Vi er 12 brugere.\r\n".utf8))), (0x3707, .wide("Brugere.txt")),
                        (0x370E, .wide("text/plain")),
                    ])
                ])
            try await desk.hand(
                in: Self.mail("w1"), [.init("winmail.dat", "application/ms-tnef", inside.winmail)])
            let summary = try await Self.expectSummary(desk)
            #expect(summary.text.contains("12 brugere") && !summary.text.contains("winmail.dat"))
            #expect(try await desk.quote().lines.contains { $0.words.contains { $0.text.contains("900") } })
        }
    }

    @Test("a mail that was dragged into a mail as .msg is its author's, and links", .timeLimit(.minutes(2)))
    func message() async throws {
        try await Desk.open("msg") { desk in
            let text = Self.forwarded.split(separator: "Emne: Vores bilag\n\n").last.map(String.init) ?? ""
            let saved = OutlookFixture(
                properties: [
                    (0x001A, .wide("IPM.Note")), (0x0037, .wide("Vores bilag")), (0x0039, .time(1_795_441_020)),
                    (0x1035, .wide("<v1@vestklit.example>")), (0x0042, .wide("Mette Lyngholm")),
                    (0x0064, .wide("SMTP")), (0x0065, .wide("mly@vestklit.example")),
                    (0x1000, .wide(text.replacing("\n", with: "\r\n"))),
                ],
                recipients: [
                    [
                        (0x0C15, .integer(1)), (0x3001, .wide("Jonas Holm")), (0x3002, .wide("SMTP")),
                        (0x3003, .wide("jh@fjordtek.example")),
                    ]
                ])
            var mail = Self.mail("m1")
            mail.text = "Se den vedhæftede.\n\nMvh Jonas"
            try await desk.hand(in: mail, [.init("Vores bilag.msg", "application/octet-stream", saved.file)])
            let summary = try await Self.expectSummary(desk)
            #expect(summary.text.contains("Mette Lyngholm") && summary.text.contains("Se den vedhæftede."))
        }
    }

    /// A mail that is nothing but what S/MIME made.
    private static func mail(_ id: String, holding sealed: Data) -> [UInt8] {
        let plain = "Content-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: 8bit\r\n\r\n\r\n"
        let head =
            "Content-Type: application/pkcs7-mime; smime-type=signed-data; name=smime.p7m\r\n"
            + "Content-Disposition: attachment; filename=smime.p7m\r\nContent-Transfer-Encoding: base64\r\n\r\n"
        let body = sealed.base64EncodedString(options: [.lineLength76Characters])
        return Array(String(decoding: mail(id).octets, as: UTF8.self).replacing(plain, with: head + body + "\r\n").utf8)
    }

    /// A text as a part, signed so that it lies within the signature (RFC 8551 section 3.5.2), as an authority's own tool does it.
    private static func signed(_ text: String, in folder: String) async throws -> Data {
        let signer = try await TLSAuthority(folder: folder + "/signer").issue(for: "jh.fjordtek.example")
        let entity = "Content-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: 8bit\n\n\(text)\n"
        try entity.replacing("\n", with: "\r\n").write(toFile: folder + "/entity", atomically: true, encoding: .utf8)
        let words = [
            "cms", "-sign", "-nodetach", "-binary", "-outform", "DER", "-in", folder + "/entity", "-out",
            folder + "/smime.p7m", "-signer", signer.certificate, "-inkey", signer.key,
        ]
        let result = try await Subprocess.run(
            .path("/usr/bin/openssl"), arguments: Arguments(words), output: .discarded, error: .string(limit: 65_536))
        guard result.terminationStatus.isSuccess else { throw TestFailure("openssl: \(result.standardError)") }
        return try Data(contentsOf: URL(filePath: folder + "/smime.p7m"))
    }

    @Test(
        "a forward that is signed so that only S/MIME can open it is read through the signature",
        .timeLimit(.minutes(2)),
        .enabled(if: FileManager.default.isExecutableFile(atPath: "/usr/bin/openssl"), "needs the openssl command"))
    func opaque() async throws {
        try await Desk.open("opaque") { desk in
            let octets = Self.mail("s1", holding: try await Self.signed(Self.forwarded, in: desk.daemon.directory))
            guard case .accepted = try await desk.daemon.send(octets) else {
                throw TestFailure("not accepted")
            }
            let summary = try await Self.expectSummary(desk)
            #expect(!summary.text.contains("smime.p7m"), "\(summary.text)")
        }
    }
}
