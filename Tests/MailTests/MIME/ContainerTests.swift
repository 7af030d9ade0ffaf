import Cryptography
import Foundation
import Mail
import Testing

/// Files that hold text and files of a mail, once their contents are at hand (`ReadingOptions.unpacked`).
@Suite("Unpacked containers")
struct ContainerTests {
    private static let inside = mime(
        """
        Content-Type: multipart/mixed; boundary=i

        --i
        Content-Type: text/plain; charset=utf-8

        Vi får 900 bilag om måneden.
        --i
        Content-Type: application/pdf
        Content-Disposition: attachment; filename=Behov.pdf
        Content-Transfer-Encoding: base64

        JVBERg==
        --i--
        """)

    /// A mail as Outlook saved it, with its header.
    private static let saved = mime(
        """
        From: Mette Lyngholm <mly@vestklit.example>
        To: Jonas Holm <jh@fjordtek.example>
        Subject: Vores bilag
        Date: Mon, 23 Nov 2026 14:37:00 +0100
        Content-Type: text/plain; charset=utf-8

        Hej Jonas
        Vi er 12 brugere.
        """)

    private static func mime(_ text: String) -> [UInt8] { Array(text.replacing("\n", with: "\r\n").utf8) }

    private static func digest(_ text: String) -> String { SHA256.hash(Array(text.utf8)).hex }

    private static func mail(_ text: String, _ type: String, _ octets: String = "xyz") -> String {
        """
        From: Jonas Holm <jh@fjordtek.example>
        Date: Tue, 24 Nov 2026 08:00:00 +0100
        Subject: Bilag
        Content-Type: multipart/mixed; boundary=b

        --b
        Content-Type: text/plain; charset=utf-8

        \(text)
        --b
        Content-Type: \(type)
        Content-Disposition: attachment
        Content-Transfer-Encoding: base64

        \(Data(octets.utf8).base64EncodedString())
        --b--
        """
    }

    @Test("a winmail.dat is its text and files where the mail says nothing, and its files alone where it does")
    func outlookParts() throws {
        for (text, read) in [("", "Vi får 900 bilag om måneden."), ("Hej", "Hej")] {
            let mail = Self.mail(text, "application/ms-tnef; name=winmail.dat")
            let first = try letter(mail)
            #expect(first.holdsUnreadContainer && first.unopened.map(\.sha256) == [Self.digest("xyz")])
            let whole = try letter(mail, unpacked: [Self.digest("xyz"): Self.inside])
            #expect(whole.text == read && whole.attachments.map(\.filename) == ["Behov.pdf"])
            #expect(whole.defects.isEmpty && whole.unopened.isEmpty)
            #expect(whole.bodyHash == first.bodyHash, "two readings are of one mail")
        }
    }

    @Test("a mail that Outlook saved as a file is the one that is sent on, and a file too")
    func outlookMessage() throws {
        for type in ["application/vnd.ms-outlook", "application/octet-stream; name=\"Vores bilag.msg\""] {
            let mail = Self.mail("Kig lige på den her", type)
            let first = try letter(mail, own: ["fjordtek.example"])
            #expect(first.holdsUnreadMessage && first.form == .direct)
            #expect(first.unopened.map(\.sha256) == [Self.digest("xyz")])
            let whole = try letter(
                mail, own: ["fjordtek.example"], unpacked: [Self.digest("xyz"): Self.saved])
            #expect(whole.form == .forwardAttached && whole.note == "Kig lige på den her")
            #expect(whole.original.from?.address == "mly@vestklit.example" && whole.text.contains("12 brugere"))
            #expect(whole.original.subject == "Vores bilag" && whole.original.date.offset == 3600)
            #expect(whole.attachments.map(\.sha256) == [Self.digest("xyz")] && whole.defects.isEmpty)
        }
    }

    @Test("a container that holds nothing is a file, and one that is not at hand stays unread")
    func nothing() throws {
        let mail = Self.mail("Hej", "application/ms-tnef")
        let empty = try letter(mail, unpacked: [Self.digest("xyz"): []])
        #expect(empty.defects.isEmpty && empty.unopened.isEmpty && empty.attachments.count == 1)
        #expect(try letter(mail, unpacked: [Self.digest("abc"): Self.inside]).holdsUnreadContainer)
    }

    @Test("what is in containers is bounded, of all together and in depth")
    func bounds() throws {
        let part = "--b\nContent-Type: application/ms-tnef\nContent-Transfer-Encoding: base64\n\neHl6\n"
        let mail =
            "From: bo@lund.example\nDate: Tue, 24 Nov 2026 08:00:00 +0100\nContent-Type: multipart/mixed; boundary=b\n\n"
            + String(repeating: part, count: 200) + "--b--\n"
        var options = ReadingOptions(unpacked: [Self.digest("xyz"): Self.inside])
        options.limits.unpacked = Self.inside.count * 3
        let read = try Letter(Self.mime(mail), reading: options)
        #expect(read.attachments.count { $0.filename == "Behov.pdf" } == 3 && read.holdsUnreadContainer)
        #expect(read.defects.contains { $0.hasPrefix("more in containers than") })

        // One that holds itself.
        let itself = Self.mime("Content-Type: application/ms-tnef\n\nxyz")
        let deep = try letter(Self.mail("", "application/ms-tnef"), unpacked: [Self.digest("xyz"): itself])
        #expect(deep.holdsUnreadContainer && deep.defects.contains { $0.hasPrefix("more in containers than") })
    }

    @Test("attachments are had by their digest, those in containers and attached mails too, and no others")
    func octets() throws {
        let mail = Self.mail("Hej", "application/ms-tnef")
        let options = ReadingOptions(unpacked: [Self.digest("xyz"): Self.inside])
        let pdf = Self.digest("%PDF")
        let read = try letter(mail, unpacked: options.unpacked)
        #expect(read.attachments.map(\.sha256) == [pdf])
        let contents = Letter.contents(of: [pdf, "00"], in: Self.mime(mail), reading: options)
        #expect(contents == [pdf: Array("%PDF".utf8)])
        #expect(Letter.contents(of: [pdf], in: Self.mime(mail), reading: ReadingOptions()).isEmpty)
        #expect(Letter.contents(of: [], in: Self.mime(mail), reading: options).isEmpty)
    }
}
