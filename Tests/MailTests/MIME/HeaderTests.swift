import Foundation
import Mail
import Testing

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
