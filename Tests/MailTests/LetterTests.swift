import Foundation
import Mail
import Testing

/// A mail in a few lines.
private func letter(_ text: String, own: [String] = [], returnPath: String? = nil) throws -> Letter {
    try Letter(
        Array(text.replacing("\n", with: "\r\n").utf8),
        reading: ReadingOptions(own: OwnPeople(domains: Set(own)), returnPath: returnPath))
}

@Suite("Headers")
struct HeaderTests {
    @Test(
        "encoded words, raw UTF-8 and raw Latin-1 are all read",
        arguments: [
            "=?utf-8?Q?Pris_p=C3=A5_l=C3=B8sning?=", "=?iso-8859-1?Q?Pris_p=E5_l=F8sning?=", "Pris på løsning",
        ])
    func subjects(_ subject: String) throws {
        #expect(try letter("From: a@b.example\nSubject: \(subject)\n\nHej").subject == "Pris på løsning")
    }

    @Test(
        "words padded one by one, cut inside a character or folded make one text",
        arguments: [
            ("=?utf-8?B?w4bDmA==?= =?utf-8?B?w4XDhg==?=", "ÆØÅÆ"), ("=?utf-8?Q?p=C3?= =?utf-8?Q?=A5?=", "på"),
            ("a folded\n subject", "a folded subject"), ("=?x-unknown?Q?a?= b", "a b"), ("50 = 50 ?=", "50 = 50 ?="),
        ])
    func encodedWords(_ subject: String, _ text: String) throws {
        #expect(try letter("From: a@b.example\nSubject: \(subject)\n\nHej").subject == text)
    }

    @Test("raw Latin-1 octets in a header are repaired")
    func latin1() throws {
        let octets = Array("From: a@b.example\r\nSubject: Pris p".utf8) + [0xE5] + Array("\r\n\r\nHej".utf8)
        #expect(try Letter(octets, reading: ReadingOptions()).subject == "Pris på")
    }

    @Test("an impossible date keeps its text and has no instant")
    func date() throws {
        let date = try letter("From: a@b.example\nDate: someday soon\n\nHej").date
        #expect(date.instant == nil && date.text == "someday soon")
        let real = try letter("From: a@b.example\nDate: Tue, 24 Nov 2026 08:52:11 +0100\n\nHej").date
        #expect(real.instant == Date(timeIntervalSince1970: 1_795_506_731) && real.offset == 3600)
    }

    @Test(
        "octets without a header field are no mail", arguments: ["", "just some text\nwithout a field", "\u{1}\u{2}"])
    func unreadable(_ text: String) {
        #expect(throws: UnreadableMail.self) { try letter(text) }
    }

    @Test("NUL never reaches the text")
    func nul() throws {
        let read = try letter("From: a@b.example\nSubject: a\u{0}b\n\na\u{0}b")
        #expect(!read.text.contains("\u{0}") && !read.subject.contains("\u{0}"))
    }
}

@Suite("Whose mail it is")
struct ForwardTests {
    private let block = """
        From: Grace Hill <gh@hillside.example>
        Sent: Monday, November 23, 2026 2:37 PM
        To: Jonas Holm <jh@fjordtek.example>
        Subject: Workshop

        Could you do a workshop?
        """

    @Test("a forward is taken apart when one of our own sent it")
    func own() throws {
        let read = try letter(
            "From: jh@fjordtek.example\nSubject: FW: Workshop\n\nA note.\n\n\(block)", own: ["fjordtek.example"])
        #expect(read.form == .forwardInline && read.original.from?.address == "gh@hillside.example")
        #expect(read.note == "A note." && read.text == "Could you do a workshop?")
        #expect(read.forwarder?.address == "jh@fjordtek.example")
    }

    @Test("a customer's own forward keeps the customer")
    func customer() throws {
        let read = try letter(
            "From: bk@kjaerco.example\nSubject: FW: Workshop\n\nA note.\n\n\(block)", own: ["fjordtek.example"])
        #expect(!read.form.isForward && read.original.from?.address == "bk@kjaerco.example" && read.forwarder == nil)
    }

    @Test("a From of ours that nobody vouches for unwraps nothing")
    func untrusted() throws {
        let octets = Array("From: jh@fjordtek.example\r\nSubject: FW: Workshop\r\n\r\n\(block)".utf8)
        let own = OwnPeople(domains: ["fjordtek.example"])
        let read = try Letter(octets, reading: ReadingOptions(own: own, trustsSender: false))
        #expect(read.forwarder == nil && !read.form.isForward)
    }

    @Test(
        "business mail that merely holds such lines is no forward",
        arguments: [
            "Turen går\nFra: København\nTil: Aarhus\n\nKan I levere?", "From: the warehouse\nwe ship on Monday.",
            "Emne: Priser\n\nVi vil gerne have en pris.",
        ])
    func noForward(_ text: String) throws {
        #expect(try !letter("From: jh@fjordtek.example\nSubject: Levering\n\n\(text)").form.isForward)
    }

    @Test("the date of a forward is an instant by the forwarder's zone, and says how sure it is")
    func dates() throws {
        let read = try letter("From: a@b.example\nDate: Tue, 24 Nov 2026 08:00:00 +0100\nSubject: FW: x\n\n\(block)")
        #expect(read.original.date.precision == .local && read.original.date.offset == 3600)
        #expect(read.original.date.instant == Date(timeIntervalSince1970: 1_795_441_020))
    }
}

@Suite("Written dates")
struct WrittenDateTests {
    @Test(
        "as clients write them",
        arguments: [
            ("23. november 2026 kl. 10.05.12 CET", 1_795_424_712.0),
            ("Monday, November 23, 2026 2:37 PM", 1_795_441_020),
            ("man. 23. nov. 2026 kl. 08.44", 1_795_419_840), ("Mon, Nov 23, 2026 at 4:12 PM", 1_795_446_720),
            ("23.11.2026 14:37", 1_795_441_020), ("Mon, 23 Nov 2026 11:30:00 +0100", 1_795_429_800),
            ("23 November 2026 at 15.22.10 CET", 1_795_443_730), ("2026-11-23 14:37", 1_795_441_020),
        ])
    func reads(_ text: String, _ instant: Double) throws {
        let read = try letter(
            "From: a@b.example\nDate: Tue, 24 Nov 2026 08:00:00 +0100\nSubject: FW: x\n\nFrom: B <b@c.example>\nSent: \(text)\nTo: a@b.example\nSubject: x\n\nHej"
        )
        #expect(read.original.date.instant == Date(timeIntervalSince1970: instant))
    }
}

@Suite("New text, quotation and signature")
struct ReplyTests {
    @Test(
        "introductions of quotations in Danish and English",
        arguments: [
            "Den tir. 24. nov. 2026 kl. 10.12 skrev Jonas Holm <jh@fjordtek.example>:",
            "Den 24. november 2026 kl. 10.12 skrev Jonas Holm\n<jh@fjordtek.example>:",
            "On Tue, Nov 24, 2026 at 10:12 AM Jonas Holm <jh@fjordtek.example> wrote:",
            "Jonas Holm <jh@fjordtek.example> skrev den 24. november 2026:",
        ])
    func introductions(_ line: String) throws {
        let read = try letter("From: a@b.example\nSubject: SV: x\n\nJa tak.\n\n\(line)\n\n> Vil I have det?")
        #expect(read.text == "Ja tak." && read.quoted.contains("Vil I have det?"))
    }

    @Test("answers below or between the quotation are the new text")
    func interleaved() throws {
        let read = try letter("From: a@b.example\nSubject: SV: x\n\n> Hvor mange?\nAtten.\n> Hvornår?\nI marts.")
        #expect(read.text == "Atten.\nI marts." && read.quoted == "> Hvor mange?\n> Hvornår?")
    }

    @Test(
        "closings start the signature",
        arguments: ["Mvh", "Med venlig hilsen", "Venlig hilsen", "Best regards", "Kind regards,", "-- "])
    func closings(_ closing: String) throws {
        let read = try letter(
            "From: a@b.example\nSubject: x\n\nVi vil have en pris.\n\n\(closing)\nBo Lund\nLund El ApS")
        #expect(read.text == "Vi vil have en pris." && read.signature.contains("Lund El ApS"))
    }
}

@Suite("Nature of a mail")
struct NatureTests {
    struct Case: Sendable, CustomTestStringConvertible {
        var header: String
        var nature: Letter.Nature
        var allowed: Bool
        var testDescription: String { header }
    }

    @Test(
        "what the header says",
        arguments: [
            Case(header: "X-Nothing: 1", nature: .person, allowed: true),
            Case(header: "Auto-Submitted: auto-replied", nature: .autoReply, allowed: false),
            Case(header: "Auto-Submitted: (a comment) AUTO-GENERATED; x=y", nature: .autoReply, allowed: false),
            Case(header: "Auto-Submitted: no", nature: .person, allowed: true),
            Case(header: "Auto-Submitted: No (really)", nature: .person, allowed: true),
            Case(header: "List-Id: <l.example>", nature: .list, allowed: false),
            Case(header: "Precedence: bulk", nature: .list, allowed: false),
            Case(header: "Precedence: bulk\nAuto-Submitted: auto-replied", nature: .autoReply, allowed: false),
            Case(header: "X-Auto-Response-Suppress: OOF, AutoReply", nature: .person, allowed: false),
            Case(header: "X-Brevdue-Id: abc", nature: .person, allowed: false),
        ])
    func headers(_ fixture: Case) throws {
        let read = try letter("From: bo@lund.example\n\(fixture.header)\nSubject: Hej\n\nVi vil have en pris.")
        #expect(read.nature == fixture.nature && read.autoReply.allowed == fixture.allowed)
    }

    @Test(
        "senders that are no person get no answer",
        arguments: [
            "no-reply@x.example", "noreply@x.example", "MAILER-DAEMON@x.example", "owner-list@x.example",
            "bounce-7@x.example",
            "do-not-reply@x.example",
        ])
    func roles(_ address: String) throws {
        #expect(try !letter("From: \(address)\nSubject: Hej\n\nHej").autoReply.allowed)
    }

    @Test("an empty return path forbids an answer")
    func nullPath() throws {
        let read = try letter("From: bo@lund.example\nSubject: Hej\n\nHej", returnPath: "")
        #expect(!read.autoReply.allowed && read.autoReply.reason.contains("return path"))
    }
}

@Suite("Hostile mail")
struct HostileTests {
    @Test(
        "a hundred thousand quotation marks, deep nesting and broken parts are read in time", .timeLimit(.minutes(1)),
        arguments: [
            "From: a@b.example\nSubject: x\n\n" + String(repeating: "> ", count: 100_000),
            "From: a@b.example\nSubject: x\n\n" + String(repeating: ">\n", count: 100_000),
            "From: a@b.example\nSubject: " + String(repeating: "=?utf-8?Q?a?= ", count: 20_000) + "\n\nHej",
            "From: a@b.example\nSubject: x\nContent-Type: multipart/mixed; boundary=b\n\n"
                + (0..<3000).map { "--b\nContent-Type: multipart/mixed; boundary=b\($0)\n\n--b\($0)\n" }.joined(),
            "From: a@b.example\nSubject: x\nContent-Type: text/html\n\n" + String(repeating: "<div>", count: 50_000)
                + "Hej",
            "From: a@b.example\nSubject: FW: x\n\n" + String(repeating: "Fra: a\n", count: 20_000),
        ])
    func adversarial(_ text: String) throws {
        let read = try letter(text)
        #expect(read.from.first?.address == "a@b.example")
    }

    @Test("any change of a mail still gives a letter or a refusal, and the same one again")
    func mutations() throws {
        let mail = Array(
            "From: Jonas <jh@fjordtek.example>\r\nSubject: VS: Pris\r\nContent-Type: text/html; charset=utf-8\r\n\r\n<p>Hej</p><blockquote>Fra: a</blockquote>"
                .utf8)
        var state: UInt64 = 7
        for _ in 0..<2000 {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            var octets = mail
            octets[Int(state >> 33) % octets.count] = UInt8(truncatingIfNeeded: state >> 20)
            octets.removeLast(Int(state >> 40) % 40)
            let first = try? Letter(octets, reading: ReadingOptions())
            #expect((try? Letter(octets, reading: ReadingOptions())) == first)
        }
    }
}
