import Mail
import Testing

/// Mail that is broken is read as far as it goes, and said to be (RFC 5321 section 6.4).
@Suite("Broken mail")
struct BrokenTests {
    struct Case: Sendable, CustomTestStringConvertible {
        var testDescription: String
        var mail: String
        var text: String
        var defects: [String]
    }

    private static let sound = "From: a@b.example\nDate: Tue, 24 Nov 2026 08:52:11 +0100\n"

    @Test(
        "is flagged",
        arguments: [
            Case(testDescription: "sound", mail: sound + "\nHej", text: "Hej", defects: []),
            Case(
                testDescription: "no sender", mail: "Date: Tue, 24 Nov 2026 08:52:11 +0100\n\nHej", text: "Hej",
                defects: ["no sender in the header"]),
            Case(
                testDescription: "spaces before the header", mail: " \t" + sound + "\nHej", text: "Hej",
                defects: ["spaces before the header"]),
            Case(
                testDescription: "neither sender nor date", mail: "Subject: x\n\nHej", text: "Hej",
                defects: ["no sender in the header", "no date in the header"]),
            Case(
                testDescription: "an unreadable date", mail: "From: a@b.example\nDate: i morgen\n\nHej", text: "Hej",
                defects: ["a date that cannot be read"]),
            Case(
                testDescription: "a multipart without a boundary",
                mail: sound + "Content-Type: multipart/mixed\n\nHej", text: "Hej",
                defects: ["a multipart without a boundary"]),
            Case(
                testDescription: "a multipart without parts",
                mail: sound + "Content-Type: multipart/mixed; boundary=b\n\nHej", text: "Hej",
                defects: ["a part without an end"]),
        ])
    func flagged(_ fixture: Case) throws {
        let read = try letter(fixture.mail)
        #expect(read.text == fixture.text)
        #expect(read.defects == fixture.defects)
    }

    @Test("a part without its closing boundary is read to the end")
    func unclosed() throws {
        let read = try letter(
            Self.sound
                + "Content-Type: multipart/mixed; boundary=b\n\n--b\nContent-Type: text/plain\n\nHej\nVi er 12.\n")
        #expect(read.text == "Hej\nVi er 12." && read.defects == ["a part without an end"])
    }

    @Test(
        "boundaries that begin alike are told apart",
        arguments: [("b", "b1"), ("b1", "b"), ("b", "b-"), ("--", "----")])
    func prefixes(_ outer: String, _ inner: String) throws {
        let read = try letter(
            Self.sound + """
                Content-Type: multipart/mixed; boundary="\(outer)"

                --\(outer)
                Content-Type: multipart/alternative; boundary="\(inner)"

                --\(inner)
                Content-Type: text/plain

                Vi er 12.
                --\(inner)--

                --\(outer)
                Content-Type: application/pdf; name=a.pdf

                x
                --\(outer)--
                """)
        #expect(read.text == "Vi er 12." && read.attachments.map(\.filename) == ["a.pdf"])
    }

    @Test("ten thousand parts and a depth of a thousand are read to the limits, in time", .timeLimit(.minutes(1)))
    func vast() throws {
        let parts = String(repeating: "--b\nContent-Type: text/plain\n\nx\n", count: 10_000)
        let wide = try letter(Self.sound + "Content-Type: multipart/mixed; boundary=b\n\n\(parts)--b--\n")
        #expect(wide.defects == ["more than 1000 parts"])
        let nested = (1...1000).map { "--b\($0)\nContent-Type: multipart/mixed; boundary=b\($0 + 1)\n\n" }.joined()
        let deep = try letter(Self.sound + "Content-Type: multipart/mixed; boundary=b1\n\n--b1\n\nHej\n\(nested)")
        #expect(deep.text == "Hej" && deep.defects.contains("parts nested deeper than 50"))
    }

    @Test(
        "a charset that is unknown or false is read as far as it can be",
        arguments: [
            ("x-ukendt", [0x70, 0xE5], "på"), ("utf-8", [0x70, 0xE5], "på"),
            ("utf-8", [0xE5, 0xC3], "\u{FFFD}\u{FFFD}"),
            ("us-ascii", [0x70, 0xC3, 0xA5], "på"),
            ("utf-16", [0x70, 0xC3, 0xA5], nil), ("", [0x70, 0x00, 0x71], nil),
        ] as [(String, [UInt8], String?)])
    func charsets(_ charset: String, _ octets: [UInt8], _ text: String?) throws {
        let header = Array((Self.sound + "Content-Type: text/plain; charset=\"\(charset)\"\n\n").utf8)
        let read = try Letter(header + octets, reading: ReadingOptions())
        #expect(!read.text.contains("\u{0}"))
        if let text { #expect(read.text == text) }
        #expect(read.defects.contains("a charset that is not known") == (charset == "x-ukendt"))
    }
}
