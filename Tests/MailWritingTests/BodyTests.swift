import Foundation
import Testing

@testable import Mail

@Suite("Bodies of our own mail")
struct BodyTests {
    static let texts = [
        "Hej\n", "", "\n", "uden linjeskift til sidst", "ÆØÅ æøå – “citat” …\n", "linje med = og =3D\n",
        "mellemrum \ntab\t\n \n",
        ".\n..\n.prik\n", "From her\nFra her\n>From\n", String(repeating: "x", count: 3_000) + "\n",
        String(repeating: "æ", count: 1_000) + "\n", String(repeating: "ord ", count: 500) + "\n", "👩‍👩‍👧‍👦🇩🇰\n",
        "\u{1}\u{7F}\u{9F}\n",
    ]

    @Test(
        "no line is longer than 76 octets, none ends in white space, begins with a dot or with From", arguments: texts)
    func linesAreSafe(_ text: String) {
        for line in mail(text: text, html: text).lines {
            #expect(line.utf8.count <= 76)
            #expect(!line.hasSuffix(" ") && !line.hasSuffix("\t"))
            #expect(!line.hasPrefix(".") && !line.hasPrefix("From "))
        }
    }

    @Test(
        "any kind of line end is one CRLF; NUL is left out",
        arguments: ["a\nb\n", "a\r\nb\r\n", "a\rb\r", "a\0\nb\r\n", "\0a\nb\n\0"])
    func lineEnds(_ text: String) {
        let written = mail(text: text).written
        #expect(written.contains("quoted-printable\r\n\r\na\r\nb\r\n\r\n--=_"))
    }

    @Test("the message is CRLF throughout and pure ASCII", arguments: texts)
    func crlfOnly(_ text: String) {
        let octets = mail(subject: text, text: text, html: text).octets
        for index in octets.indices {
            if octets[index] == 0x0A { #expect(index > 0 && octets[index - 1] == 0x0D) }
            if octets[index] == 0x0D { #expect(index + 1 < octets.count && octets[index + 1] == 0x0A) }
            #expect(octets[index] < 0x7F)
        }
        #expect(octets.suffix(4) == Array("--\r\n".utf8))
    }

    @Test(
        "Python's email reads every part back without a defect", .enabled(if: PythonReading.isAvailable),
        arguments: texts)
    func pythonReadsBack(_ text: String) throws {
        let html = "<p>\(text)</p>"
        let written = mail(
            subject: "Tilbud æøå – 1", inReplyTo: "<f01@fjordtek.example>",
            references: ["<f00@x.example>", "<f01@fjordtek.example>"],
            fields: [.init("Auto-Submitted", "auto-replied")], text: text, html: html)
        let reading = try PythonReading.read(written)
        #expect(reading.defects == [])
        #expect(reading.types == ["multipart/alternative", "text/plain", "text/html"])
        #expect(reading.header("Subject") == "Tilbud æøå – 1")
        #expect(reading.header("Auto-Submitted") == "auto-replied")
        #expect(reading.header("References") == "<f00@x.example> <f01@fjordtek.example>")
        #expect(reading.text.replacingOccurrences(of: "\r\n", with: "\n") == text)
        #expect(reading.html.replacingOccurrences(of: "\r\n", with: "\n") == html)
    }

    @Test("the same mail gives the same octets, another id another boundary")
    func isDeterministic() {
        #expect(mail().octets == mail().octets)
        let boundary = { (mail: OutgoingMail) in mail.headerLines.first { $0.hasPrefix("Content-Type") } }
        #expect(boundary(mail()) != boundary(mail(messageID: "<a2.brevdue@fjordtek.example>")))
    }

    @Test("a mail without letters in its id is still whole")
    func emptyBoundary() throws {
        #expect(try mail(messageID: "").readBack().text == "Hej")
    }
}
