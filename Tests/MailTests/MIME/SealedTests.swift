import Cryptography
import Foundation
import Mail
import Testing

/// Mail that is signed, encrypted, or packed in a form of its own (RFC 8551, RFC 3156, MS-OXTNEF).
@Suite("Sealed mail")
struct SealedTests {
    private static let secret = "encrypted: not opened"
    private static let unopened = "signed or packed (S/MIME): not opened"

    private static func mail(
        _ header: String, _ body: String, unpacked: [String: [UInt8]] = [:]
    ) throws -> Letter {
        try letter(
            "From: bo@lund.example\nDate: Tue, 24 Nov 2026 08:52:11 +0100\n\(header)\n\n\(body)", unpacked: unpacked)
    }

    @Test("the text of a signed mail is read, its signature is no file")
    func signed() throws {
        let read = try Self.mail(
            "Content-Type: multipart/signed; protocol=\"application/pgp-signature\"; boundary=b",
            "--b\nContent-Type: text/plain\n\nVi er 12.\n--b\nContent-Type: application/pgp-signature\n\nxyz\n--b--")
        #expect(read.text == "Vi er 12." && read.attachments.isEmpty && read.defects.isEmpty)
    }

    @Test("an opaque signature is read as what it encloses once that is at hand, and it is no secret before")
    func opaque() throws {
        let inner = """
            Content-Type: multipart/mixed; boundary=i

            --i
            Content-Type: text/plain; charset=utf-8
            Content-Transfer-Encoding: 8bit

            Vi får 900 bilag.
            --i
            Content-Type: application/pdf; name=a.pdf

            x
            --i--

            """
        for type in ["application/pkcs7-mime; smime-type=signed-data; name=smime.p7m", "application/x-pkcs7-mime"] {
            let octets = Self.signedData(Array(inner.replacing("\n", with: "\r\n").utf8))
            let header = "Content-Type: \(type)\nContent-Transfer-Encoding: base64"
            let first = try Self.mail(header, Data(octets).base64EncodedString())
            #expect(first.text.isEmpty && first.defects == [Self.unopened] && !first.isEncrypted)
            #expect(first.unopened.map(\.sha256) == [SHA256.hash(octets).hex])
            let inside = try #require(SignedContent.read(octets))
            let read = try Self.mail(
                header, Data(octets).base64EncodedString(), unpacked: [SHA256.hash(octets).hex: inside])
            #expect(read.text == "Vi får 900 bilag." && read.unopened.isEmpty)
            #expect(read.attachments.map(\.filename) == ["a.pdf"])
            #expect(read.defects.isEmpty && !read.isEncrypted)
        }
    }

    @Test("an opaque signature within itself is opened a few deep only", .timeLimit(.minutes(1)))
    func nested() throws {
        var inner = "Content-Type: text/plain\r\n\r\nInderst\r\n"
        var unpacked: [String: [UInt8]] = [:]
        for _ in 0..<30 {
            let octets = Self.signedData(Array(inner.utf8))
            unpacked[SHA256.hash(octets).hex] = Array(inner.utf8)
            inner =
                "Content-Type: application/pkcs7-mime; smime-type=signed-data\r\nContent-Transfer-Encoding: base64\r\n\r\n"
                + Data(octets).base64EncodedString()
        }
        let read = try letter("From: bo@lund.example\n\(inner.replacing("\r\n", with: "\n"))", unpacked: unpacked)
        #expect(read.text.isEmpty && read.defects.contains(Self.unopened) && !read.isEncrypted)
    }

    @Test("a signed mail that cannot be opened is no secret: what the octets say counts before what the header says")
    func unopened() throws {
        let sound = Self.signedData(Array("Content-Type: text/plain\r\n\r\nVi er 12.\r\n".utf8))
        let bare = Self.signedData(nil, signer: true)
        for (parameter, octets) in [
            ("", Array(sound.dropLast(9))), ("; smime-type=enveloped-data", Array(sound.dropLast(9))), ("", bare),
            ("; smime-type=certs-only", bare), ("; smime-type=signed-data", [0x30, 0x82, 0x01, 0x85]),
            ("; smime-type=compressed-data", [1]), ("", Self.contentInfo([0x09, 0x10, 0x01, 0x09], [])),
        ] as [(String, [UInt8])] {
            let read = try Self.pkcs7(parameter, octets)
            #expect(read.defects == [Self.unopened] && !read.isEncrypted, "\(parameter) \(octets.count)")
            #expect(read.text.isEmpty && read.attachments.count == 1)
        }
    }

    @Test("what is encrypted is called so whatever the header says, and a certificate is not, of which it says nothing")
    func byOctets() throws {
        for type in [[0x07, 0x03], [0x07, 0x04], [0x07, 0x06], [0x09, 0x10, 0x01, 0x17]] as [[UInt8]] {
            for parameter in ["", "; smime-type=signed-data", "; smime-type=certs-only; name=a.p7c"] {
                let read = try Self.pkcs7(parameter, Self.contentInfo(type, [0x30, 0x00]))
                #expect(read.isEncrypted && read.defects == [Self.secret], "\(type) \(parameter)")
            }
        }
        // A signature around nothing, or a certificate under another name: known once it was looked into.
        let bare = Self.signedData(nil)
        #expect(try Self.pkcs7("; name=smime.p7m", bare).defects == [Self.unopened])
        let read = try Self.pkcs7("; name=smime.p7m", bare, unpacked: [SHA256.hash(bare).hex: []])
        #expect(read.defects.isEmpty && read.attachments.count == 1 && read.unopened.isEmpty)
    }

    @Test("a signed text is read without its armour")
    func clearSigned() throws {
        let read = try Self.mail(
            "Content-Type: text/plain",
            """
            Hej
            -----BEGIN PGP SIGNED MESSAGE-----
            Hash: SHA512

            Vi er 12.
            - -- ikke en underskrift
            -----BEGIN PGP SIGNATURE-----

            iQIzBAEBCgAdFiEE
            -----END PGP SIGNATURE-----
            """)
        #expect(read.text.hasPrefix("Hej\nVi er 12.") && !read.text.contains("PGP") && !read.text.contains("iQIz"))
        #expect(!read.isEncrypted && read.defects.isEmpty)
    }

    @Test(
        "what is encrypted is flagged, and none of it is text",
        arguments: [
            (
                "Content-Type: multipart/encrypted; protocol=\"application/pgp-encrypted\"; boundary=b",
                "--b\nContent-Type: application/pgp-encrypted\n\nVersion: 1\n--b\nContent-Type: application/octet-stream\n\n"
                    + "-----BEGIN PGP MESSAGE-----\n\nhQEMA\n-----END PGP MESSAGE-----\n--b--"
            ),
            (
                "Content-Type: application/pkcs7-mime; smime-type=enveloped-data; name=smime.p7m\nContent-Transfer-Encoding: base64",
                "MIIBhQEMA0=="
            ),
            ("Content-Type: text/plain", "-----BEGIN PGP MESSAGE-----\n\nhQEMA\n-----END PGP MESSAGE-----"),
            ("Content-Type: text/plain", "-----BEGIN PGP MESSAGE-----\nVersion: 2\n\nhQEMA\n\nuden+ende=="),
            ("Content-Type: text/html", "<pre>-----BEGIN PGP MESSAGE-----\n\nhQEMA\n-----END PGP MESSAGE-----</pre>"),
        ])
    func encrypted(_ header: String, _ body: String) throws {
        let read = try Self.mail(header, body)
        #expect(read.isEncrypted && read.defects == [Self.secret])
        #expect(read.text.isEmpty && read.quoted.isEmpty && read.signature.isEmpty)
    }

    @Test("encrypted text within a forward, or quoted, is left out there, and the words around it stay")
    func within() throws {
        let armour = "-----BEGIN PGP MESSAGE-----\n\nhQEMA\n-----END PGP MESSAGE-----"
        let read = try forward(
            """
            Se her
            Fra: Bo <bo@lund.example>
            Sendt: 23. november 2026 14:37
            Til: Jonas Holm <jh@fjordtek.example>
            Emne: Pris

            Vi er 12.
            \(armour)
            Mvh Bo
            """)
        #expect(read.isEncrypted && read.text.contains("Vi er 12.") && read.note.contains("Se her"))
        #expect(![read.text, read.quoted, read.signature, read.note].joined().contains("hQEMA"))
        let quoted = armour.split(separator: "\n", omittingEmptySubsequences: false).map { "> \($0)" }
        let answer = try Self.mail("Content-Type: text/plain", "Ja tak\n\n" + quoted.joined(separator: "\n"))
        #expect(answer.text.contains("Ja tak") && !(answer.text + answer.quoted).contains("hQEMA"))
    }

    @Test(
        "where the end of an encrypted text is cut off, what is plainly none of it stays, a forwarded mail below it too"
    )
    func cutOff() throws {
        let cut = "> Bo skrev:\n> -----BEGIN PGP MESSAGE-----\n> Version: 2\n>\n> hQEMA2x+/w==\n> =aBcD\n"
        let below = "> -----BEGIN PGP MESSAGE-----\n>\n> hQIMB\n> -----END PGP MESSAGE-----\n> Mvh Bo"
        let read = try Self.mail("Content-Type: text/plain", "Ja tak\n\n\(cut)> [klippet]\n> Vi er 12.\n\(below)")
        let all = [read.text, read.quoted].joined(separator: "\n")
        #expect(read.isEncrypted && read.text == "Ja tak")
        for word in ["[klippet]", "Vi er 12.", "Mvh Bo"] { #expect(all.contains(word), "\(word)") }
        for word in ["hQ", "Version", "=aBcD", "PGP"] { #expect(!all.contains(word), "\(word)") }
        let other = try forward(
            """
            Se her
            \(cut)Fra: Bo <bo@lund.example>
            Sendt: 23. november 2026 14:37
            Til: Jonas Holm <jh@fjordtek.example>
            Emne: Pris

            Vi er 12.
            """)
        #expect(other.isEncrypted && other.text == "Vi er 12." && other.original.from?.address == "bo@lund.example")
        #expect(!other.note.contains("hQ"))
    }

    @Test("a great many marks without an end are read at once", .timeLimit(.minutes(1)))
    func manyMarks() throws {
        let marks = String(repeating: "-----BEGIN PGP MESSAGE-----\n\nhQEMA\n", count: 20_000)
        #expect(try Self.mail("Content-Type: text/plain", marks + "Vi er 12.").text == "Vi er 12.")
    }

    @Test("a certificate that comes alone is no secret")
    func certificate() throws {
        let read = try Self.mail(
            "Content-Type: multipart/mixed; boundary=b",
            "--b\nContent-Type: text/plain\n\nHej\n--b\nContent-Type: application/pkcs7-mime; smime-type=certs-only; name=a.p7c\n\nx\n--b--"
        )
        #expect(read.text == "Hej" && !read.isEncrypted && read.attachments.count == 1)
    }

    @Test(
        "a winmail.dat is flagged and kept as a file",
        arguments: [
            "application/ms-tnef", "application/ms-tnef; name=winmail.dat",
            "application/octet-stream; name=WINMAIL.DAT",
        ])
    func container(_ type: String) throws {
        let alone = try Self.mail("Content-Type: \(type)", "x")
        #expect(alone.holdsUnreadContainer && alone.attachments.map(\.size) == [1])
        let beside = try Self.mail(
            "Content-Type: multipart/mixed; boundary=b",
            "--b\nContent-Type: text/plain\n\nHej\n--b\nContent-Type: \(type)\n\nx\n--b--")
        #expect(beside.holdsUnreadContainer && beside.text == "Hej")
        #expect(try !Self.mail("Content-Type: text/plain", "winmail.dat").holdsUnreadContainer)
    }

    private static func pkcs7(
        _ parameter: String, _ octets: [UInt8], unpacked: [String: [UInt8]] = [:]
    ) throws -> Letter {
        try mail(
            "Content-Type: application/pkcs7-mime\(parameter)\nContent-Transfer-Encoding: base64",
            Data(octets).base64EncodedString(), unpacked: unpacked)
    }

    private static func element(_ tag: UInt8, _ octets: [UInt8]) -> [UInt8] {
        let count = octets.count
        let length: [UInt8] =
            count < 128
            ? [UInt8(count)] : [0x84] + stride(from: 24, through: 0, by: -8).map { UInt8(count >> $0 & 0xFF) }
        return [tag] + length + octets
    }

    private static let prefix: [UInt8] = [0x2A, 0x86, 0x48, 0x86, 0xF7, 0x0D, 0x01]

    /// CMS in DER of a type, given by the end of its identifier (RFC 5652 section 3).
    private static func contentInfo(_ type: [UInt8], _ content: [UInt8]) -> [UInt8] {
        element(0x30, element(0x06, prefix + type) + element(0xA0, content))
    }

    /// What encloses octets, or nothing, and is signed by nobody, or by a key with a number (RFC 5652 section 5.1).
    private static func signedData(_ content: [UInt8]?, signer: Bool = false) -> [UInt8] {
        let enclosed = element(
            0x30,
            element(0x06, prefix + [0x07, 0x01]) + (content.map { element(0xA0, element(0x04, $0)) } ?? []))
        let sha256 = element(0x30, element(0x06, [0x60, 0x86, 0x48, 0x01, 0x65, 0x03, 0x04, 0x02, 0x01]))
        let rsa = element(0x30, element(0x06, prefix + [0x01, 0x01]))
        let signature =
            element(0x02, [0x03]) + element(0x80, [0x01]) + sha256 + rsa + element(0x04, [0x01])
        let signed = element(
            0x30,
            element(0x02, [0x01]) + element(0x31, []) + enclosed
                + element(0x31, signer ? element(0x30, signature) : []))
        return contentInfo([0x07, 0x02], signed)
    }
}
