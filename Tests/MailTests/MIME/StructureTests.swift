import Foundation
import Mail
import Testing

private func mail(_ text: String) throws -> Letter {
    try letter("From: Bo Lund <bo@lund.example>\nDate: Tue, 24 Nov 2026 08:52:11 +0100\nSubject: x\n\(text)")
}

private let parts =
    "Content-Type: text/plain\n\nVi er 12.\n--skel\nContent-Type: application/pdf; name=a.pdf\n\nx\n--skel--\n"

@Suite("The structure of a mail as it is found")
struct StructureTests {
    @Test(
        "parts are found whatever the header says of their boundaries",
        arguments: [
            "Content-Type: multipart/mixed\n\n--skel\n", "Content-Type: multipart/mixed; boundary=andet\n\n--skel\n",
            "Content-Type: multipart/mixed; boundary=\"skel\n\n--skel\n",
            "Content-Type: multipart/mixed; boundary=skel\n\n--skel\n",
            "MIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=\"skel \"\n\nTekst for gamle programmer\n\n--skel\n",
            "Content-Type: multipart/mixed; boundary=skel\n\n--skel\nContent-Type: text/plain\n\nVi er 12.\n--skel--\n--skel\n",
        ])
    func boundaries(_ head: String) throws {
        let read = try mail(head + parts)
        #expect(read.text.hasPrefix("Vi er 12.") && read.attachments.map(\.filename) == ["a.pdf"])
    }

    @Test("one boundary for two levels")
    func duplicates() throws {
        let read = try mail(
            "Content-Type: multipart/mixed; boundary=b\n\n--b\nContent-Type: multipart/alternative; boundary=b\n\n--b\nContent-Type: text/plain\n\nVi er 12.\n--b\nContent-Type: text/html\n\n<p>Vi er 12.\n--b--\n\n--b\nContent-Type: application/pdf; name=a.pdf\n\nx\n--b--\n"
        )
        #expect(read.text == "Vi er 12." && read.attachments.map(\.filename) == ["a.pdf"])
    }

    @Test("the line end before a boundary is no part of a file", arguments: ["7bit", "8bit", "binary", "x-ukendt"])
    func lastLine(_ encoding: String) throws {
        let read = try mail(
            "Content-Type: multipart/mixed; boundary=b\n\n--b\nContent-Type: text/csv; name=a.csv\n"
                + "Content-Disposition: attachment\nContent-Transfer-Encoding: \(encoding)\n\na;b\n1;2\n--b--\n")
        #expect(read.attachments.map(\.size) == ["a;b\r\n1;2".utf8.count])
    }

    @Test(
        "transfer encodings are read as far as they go",
        arguments: [
            ("base64", "VmkgZXIgMTIuCg==", "Vi er 12."), ("base64", "Vmkg*!ZXIg\n\nMTIuCg", "Vi er 12."),
            ("base64", "VmkgZXIgMTIuCg==\nDenne mail kom via listen", "Vi er 12.\nDenne mail kom via listen"),
            ("base64", "VmkgZXIgMTIuCg==\nVGFrIQ==", "Vi er 12.\nTak!"),
            ("base64", "Vi er 12.\nTak!", "Vi er 12.\nTak!"),
            (
                "quoted-printable", "Vi er =\n12 p=C3=A5 l=c3=b8n, 5 =3D 5, 6 = 6 =ZZ",
                "Vi er 12 på løn, 5 = 5, 6 = 6 =ZZ"
            ),
            ("x-ukendt", "Vi er 12.", "Vi er 12."), ("8bit", "Vi er 12 på løn", "Vi er 12 på løn"),
        ])
    func encodings(_ encoding: String, _ body: String, _ text: String) throws {
        let read = try mail(
            "Content-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: \(encoding)\n\n\(body)\n")
        #expect([read.text, read.signature].filter { !$0.isEmpty }.joined(separator: "\n-- \n") == text)
    }

    @Test(
        "octets before the header and lines without LF do no harm",
        arguments: ["\u{FEFF}", "\n\n", "From bo@lund.example Tue Nov 24 08:52:11 2026\n"])
    func beginnings(_ before: String) throws {
        let text = before + "From: a@b.example\nSubject: Priser\n\nHej"
        #expect(try letter(text).subject == "Priser")
        let old = Array(text.replacing("\n", with: "\r").utf8)
        #expect(try Letter(old, reading: ReadingOptions()).text == "Hej")
    }
}

@Suite("Files within a text")
struct EnclosedFileTests {
    @Test("uuencoded ones are taken out of the text and decoded")
    func uuencoded() throws {
        let read = try mail("\nHej\n\nbegin 644 pris på drift.txt\n#5VD!\n`\nend\n\nRing endelig til mig.\n")
        #expect(
            read.text.hasPrefix("Hej") && read.text.hasSuffix("Ring endelig til mig.") && !read.text.contains("begin"))
        #expect(read.attachments.map(\.filename) == ["pris på drift.txt"] && read.attachments.map(\.size) == [3])
    }

    @Test("yEnc is kept as it stands, and is no text")
    func yEncoded() throws {
        let read = try mail("\nHej\n\n=ybegin line=128 size=3 name=billede 1.jpg\n)*+\n=yend size=3\nHilsen Bo\n")
        #expect(read.text == "Hej\n\nHilsen Bo" || read.text == "Hej")
        #expect(read.attachments.map(\.filename) == ["billede 1.jpg"])
        #expect(
            read.attachments.map(\.contentType) == ["application/x-yenc"] && (read.attachments.first?.size ?? 0) > 40)
    }

    @Test(
        "what only begins so is text",
        arguments: [
            "begin 2027 med et møde", "begin 644 a.txt\nVi begynder snart\nend", "begin 644 a.txt\nend",
            "=ybegin på det",
            "begin 999 a\n#5VD!\nend",
        ])
    func text(_ body: String) throws {
        let read = try mail("\nHej\n\n\(body)\n")
        #expect(read.text.contains(body.split(separator: "\n")[0]) && read.attachments.isEmpty)
    }
}

@Suite("How mail is guarded")
struct ProtectionTests {
    @Test(
        "is shown",
        arguments: [
            ("multipart/signed; boundary=b", "application/pkcs7-signature", [Protection.smimeSigned]),
            ("multipart/signed; boundary=b", "application/pgp-signature", [.openPGPSigned]),
            ("multipart/encrypted; boundary=b", "application/octet-stream", [.openPGPEncrypted]),
            ("multipart/mixed; boundary=b", "application/pkcs7-mime; smime-type=enveloped-data", [.smimeEncrypted]),
            ("multipart/mixed; boundary=b", "application/pdf", nil),
        ] as [(String, String, [Protection]?)])
    func kinds(_ whole: String, _ part: String, _ protection: [Protection]?) throws {
        let read = try mail("Content-Type: \(whole)\n\n--b\n\nHej\n--b\nContent-Type: \(part)\n\nx\n--b--\n")
        #expect(read.protection == protection)
    }

    @Test("also where it stands among the words")
    func armour() throws {
        let read = try mail(
            "\n-----BEGIN PGP SIGNED MESSAGE-----\nHash: SHA256\n\nHej\n-----BEGIN PGP SIGNATURE-----\n\nx\n-----END PGP SIGNATURE-----\n"
        )
        #expect(read.protection == [.openPGPSigned] && read.text == "Hej")
    }
}

@Suite("Names of files")
struct FileNameTests {
    @Test(
        "are read in all the forms they come in",
        arguments: [
            (
                "filename*0*=utf-8''Tilbud%20p%C3%A5; filename*1*=%20l%C3; filename*2*=%B8sning.pdf",
                "Tilbud på løsning.pdf"
            ),
            ("filename*1=\"ning.pdf\"; filename*0=\"Løs\"", "Løsning.pdf"),
            ("filename=\"Tilbud på drift.pdf\"", "Tilbud på drift.pdf"),
            ("filename=\"=?utf-8?Q?p=C3=A5?= =?utf-8?Q?.pdf?=\"", "på.pdf"),
            ("filename==?utf-8?Q?p=C3=A5.pdf?=", "på.pdf"),
            ("filename=\"Tilbud.pdf\"; filename*=utf-8''Tilbud%20p%C3%A5.pdf", "Tilbud på.pdf"),
            ("filename*=UTF-8''p%C3%A5.pdf; filename=\"p_.pdf\"", "på.pdf"),
            ("filename*=iso-8859-1'da'p%E5.pdf", "på.pdf"),
            ("filename*=utf-8''p%E5.pdf", "på.pdf"), ("filename*=UTF-8''\"p%C3%A5 x.pdf\"", "på x.pdf"),
            ("filename=Tilbud på drift.pdf", "Tilbud på drift.pdf"), ("filename=\"a\\\"b.pdf\"", "a\"b.pdf"),
            ("filename=\"C:\\Users\\bo\\Tilbud 1.pdf\"", "Tilbud 1.pdf"), ("filename=\"../../etc/passwd\"", "passwd"),
            ("filename=\"faktura\u{202E}fdp.exe\"", "fakturafdp.exe"),
            ("filename=\"Prisliste pÃ¥ drift.pdf\"", "Prisliste på drift.pdf"),
            ("filename=\"tilbud 2026/42.pdf\"", "tilbud 2026/42.pdf"),
            ("filename*1*=b.pdf; filename=\"a.pdf\"", "a.pdf"),
        ])
    func forms(_ parameters: String, _ name: String) throws {
        let read = try mail(
            "Content-Type: application/pdf; name=andet.pdf\nContent-Disposition: attachment; \(parameters)\n\nx\n")
        #expect(read.attachments.map(\.filename) == [name])
    }

    @Test("raw Latin-1 too")
    func latin() throws {
        let head = Array("From: a@b.example\r\nContent-Disposition: attachment; filename=\"p".utf8)
        let read = try Letter(head + [0xE5] + Array(".pdf\"\r\n\r\nx".utf8), reading: ReadingOptions())
        #expect(read.attachments.map(\.filename) == ["på.pdf"])
    }
}

@Suite("Names of people")
struct NameTests {
    @Test(
        "are read in all the forms they come in",
        arguments: [
            ("=?utf-8?Q?S=C3=B8ren Holm?=", "Søren Holm"), ("\"=?utf-8?Q?S=C3=B8ren?=\"", "Søren"),
            ("=?utf-8?Q?S=C3?= =?utf-8?Q?=B8ren?=", "Søren"), ("Søren Øst", "Søren Øst"),
            ("\"Søren, ApS\"", "Søren, ApS"),
            ("=?utf-8?Q?S=C3=B8ren=2C_Holm?=", "Søren, Holm"), ("=?iso-8859-1?Q?S=C3=B8ren?=", "Søren"),
            ("=?utf-8?Q?S=F8ren?=", "Søren"), ("=?x-ukendt?Q?S=F8ren?=", "Søren"), ("=?utf-8?B?U8O4cmVu===?=", "Søren"),
            ("=?utf-8?B?U8O4cm?= =?utf-8?B?Vu?=", "Søren"), ("SÃ¸ren Ã˜st", "Søren Øst"),
            ("=?cp865?Q?S=9Bren?=", "Søren"),
            ("=?utf-8?Q?S=C3=B8ren_=3Cx=40y=2Eexample=3E?=", "Søren <x@y.example>"),
        ])
    func forms(_ name: String, _ text: String) throws {
        let read = try letter("From: \(name) <sh@lund.example>\nTo: \(name) <a@b.example>, c@d.example\n\nHej")
        #expect(read.from == [Mailbox(name: text, address: "sh@lund.example")])
        #expect(read.to.map(\.address) == ["a@b.example", "c@d.example"])
    }
}
