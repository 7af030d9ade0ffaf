import Foundation
import Testing

@testable import Mail

@Suite("Headers of our own mail")
struct HeaderTests {
    static let subjects = [
        "Vestklit Emballage A/S – ring til Mette om det, der mangler – 101.250 kr. + 5.012 kr./md. [L-2026-0017]",
        "Plain ASCII", "", "æ", "ÆØÅ æøå ÆØÅ æøå ÆØÅ æøå ÆØÅ æøå ÆØÅ æøå ÆØÅ æøå ÆØÅ æøå ÆØÅ æøå ÆØÅ æøå ÆØÅ æøå",
        "Looks encoded: =?utf-8?B?SGVq?= but is not", String(repeating: "kort ord ", count: 60) + "slut",
        String(repeating: "x", count: 2_000), "👩‍👩‍👧‍👦 familie 🇩🇰 " + String(repeating: "e\u{301}", count: 200),
        "a" + String(repeating: "\u{301}", count: 30), "tab\tog  to mellemrum",
        "100 % \"citat\" <vinkel> (parentes), komma;",
    ]

    @Test("Python's email reads a subject back as it was", .enabled(if: PythonReading.isAvailable), arguments: subjects)
    func subjectReadsBack(_ subject: String) throws {
        let expected = subject.split { $0 == " " || $0 == "\t" }.joined(separator: " ")
        let reading = try PythonReading.read(mail(subject: subject))
        #expect(reading.header("Subject") == expected)
        #expect(reading.defects == [])
    }

    @Test("header lines are short ASCII, and none is blank", arguments: subjects)
    func linesAreShort(_ subject: String) {
        let name = Mailbox(name: subject, address: "jh@fjordtek.example")
        for line in mail(from: name, to: [name, name], subject: subject).headerLines {
            #expect(line.utf8.count <= 78)
            #expect(line.utf8.allSatisfy { (0x20...0x7E).contains($0) })
            #expect(line.contains { $0 != " " })
        }
    }

    @Test(
        "lines that hold an encoded word are at most 76 octets, the word at most 75 (RFC 2047 section 2)",
        arguments: subjects)
    func encodedWordsAreShort(_ subject: String) {
        let name = Mailbox(name: subject, address: "jh@fjordtek.example")
        let fields = [OutgoingMail.Field("X-Auto-Response-Suppress", subject)]
        for line in mail(from: name, to: [name], subject: subject, fields: fields).headerLines
        where line.contains("=?utf-8?Q?") {
            #expect(line.utf8.count <= 76)
            for word in line.split(separator: " ") where word.hasPrefix("=?") { #expect(word.utf8.count <= 75) }
        }
    }

    @Test("every encoded word holds whole characters (RFC 2047 section 5)", arguments: subjects)
    func encodedWordsAreWhole(_ subject: String) throws {
        let words = mail(subject: subject).headerLines.flatMap { $0.split(separator: " ") }.filter {
            $0.hasPrefix("=?utf-8?Q?")
        }
        for word in words {
            let octets = word.dropFirst(10).dropLast(2).split(separator: "=", omittingEmptySubsequences: false)
                .enumerated()
                .flatMap { piece in
                    piece.offset == 0
                        ? Array(piece.element.utf8)
                        : [UInt8(piece.element.prefix(2), radix: 16) ?? 0xFF] + piece.element.dropFirst(2).utf8
                }
            #expect(String(validating: octets, as: UTF8.self) != nil)
        }
    }

    @Test(
        "a folded subject of encoded words is read back whole by the Mail room, too",
        arguments: [subjects[0], subjects[4], subjects[8], subjects[9]])
    func mailRoomReadsBack(_ subject: String) throws {
        #expect(try mail(subject: subject).readBack().subject == subject.precomposedStringWithCanonicalMapping)
    }

    @Test(
        "a mailbox reads back as it was",
        arguments: [
            Mailbox(name: "Jonas Holm", address: "jh@fjordtek.example"), Mailbox(address: "jh@fjordtek.example"),
            Mailbox(name: "Søren Ærø", address: "sa@fjordtek.example"),
            Mailbox(name: "Holm, Jonas (Salg)", address: "jh@fjordtek.example"),
            Mailbox(name: "Jonas \"Holm\" \\ Salg", address: "jh@fjordtek.example"),
            Mailbox(name: "jh@andet.example", address: "jh@fjordtek.example"),
            Mailbox(name: "=?utf-8?B?SGVq?=", address: "jh@fjordtek.example"),
            Mailbox(
                name: "A Very Long Display Name That Goes On And On For More Than One Line Of Header",
                address: "x@fjordtek.example"),
            Mailbox(name: "Plus", address: "leads+L-2026-0017.ab12=cd@fjordtek.example"),
            Mailbox(name: "Quoted", address: "\"jonas holm\"@fjordtek.example"),
        ])
    func mailboxReadsBack(_ mailbox: Mailbox) throws {
        let letter = try mail(from: mailbox, to: [mailbox, Mailbox(address: "anden@fjordtek.example")]).readBack()
        #expect(letter.from == [mailbox])
        #expect(letter.to == [mailbox, Mailbox(address: "anden@fjordtek.example")])
    }

    @Test("the thread's ids stand in their fields, one a line")
    func threadFields() throws {
        let ids = (1...20).map { "<\($0).\(String(repeating: "x", count: 50))@fjordtek.example>" }
        let written = mail(inReplyTo: ids[19], references: ids)
        let letter = try written.readBack()
        #expect(letter.inReplyTo == [ids[19]])
        #expect(letter.references == ids)
        #expect(written.headerLines.allSatisfy { $0.utf8.count <= 78 + 12 })
    }

    @Test(
        "an id that is none, or fits no line, is left out",
        arguments: [
            "", "<>", "uden-klammer@x.example", "<med mellemrum@x.example>", "<to><ids@x.example>", "<æ@x.example>",
            "<a\r\nb@x.example>",
            "<" + String(repeating: "x", count: 990) + ">",
        ])
    func badIDs(_ id: String) {
        let header = mail(inReplyTo: id, references: [id]).headerLines
        #expect(!header.contains { $0.hasPrefix("In-Reply-To") || $0.hasPrefix("References") })
    }

    @Test(
        "a date is written in UTC",
        arguments: [
            (0.0, "Thu, 1 Jan 1970 00:00:00 +0000"), (1_795_506_731, "Tue, 24 Nov 2026 07:52:11 +0000"),
            (1_835_481_599, "Tue, 29 Feb 2028 23:59:59 +0000"),
        ])
    func date(_ seconds: Double, _ written: String) {
        #expect(WrittenHeader.date(Date(timeIntervalSince1970: seconds)) == written)
    }
}
