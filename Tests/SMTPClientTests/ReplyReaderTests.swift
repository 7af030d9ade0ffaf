import Testing
import WireFormat

@testable import SMTPClient

struct ReplyFixture: Sendable, CustomTestStringConvertible {
    var lines: [String]
    var reply: SMTPReply?
    var testDescription: String { lines.joined(separator: " | ") }
}

@Suite("Replies of a mail server")
struct ReplyReaderTests {
    static let fixtures = [
        ReplyFixture(lines: ["250 ok\r\n"], reply: SMTPReply(code: 250, text: "ok")),
        ReplyFixture(lines: ["250\r\n"], reply: SMTPReply(code: 250, text: "")),
        ReplyFixture(
            lines: ["250-one\r\n", "250-two\r\n", "250 three\r\n"], reply: SMTPReply(code: 250, text: "one two three")),
        ReplyFixture(
            lines: ["550-5.1.1 The address\r\n", "550 5.1.1 does not exist\r\n"],
            reply: SMTPReply(code: 550, enhanced: "5.1.1", text: "The address does not exist")),
        ReplyFixture(lines: ["550 5.1.1\r\n"], reply: SMTPReply(code: 550, enhanced: "5.1.1", text: "")),
        ReplyFixture(lines: ["550 4.1.1 odd\r\n"], reply: SMTPReply(code: 550, text: "4.1.1 odd")),
        ReplyFixture(lines: ["250 2.0 is a number\r\n"], reply: SMTPReply(code: 250, text: "2.0 is a number")),
        ReplyFixture(lines: ["250 ro\u{1B}[31md\t\u{7F}\u{85}\r\n"], reply: SMTPReply(code: 250, text: "ro [31md   ")),
        ReplyFixture(lines: ["250-not yet\r\n"], reply: nil),
        ReplyFixture(lines: ["hello\r\n", "25x ok\r\n", "\r\n"], reply: nil),
    ]

    @Test("lines are put together, codes taken apart", arguments: fixtures)
    func reads(_ fixture: ReplyFixture) {
        var reader = ReplyReader()
        var replies: [SMTPReply] = []
        for line in fixture.lines {
            if let reply = reader.read(Array(line.utf8)) { replies.append(reply) }
        }
        #expect(replies == [fixture.reply].compactMap(\.self))
    }

    @Test("a reply without end takes no more memory than its limit")
    func bounded() throws {
        var reader = ReplyReader()
        let line = Array("250-\(String(repeating: "x", count: 500))\r\n".utf8)
        for _ in 0..<10_000 {
            let early = reader.read(line)
            #expect(early == nil)
        }
        let reply = reader.read(Array("250 done\r\n".utf8))
        #expect(try #require(reply).text.utf8.count <= PlainLine.limit)
    }

    @Test("octets that are no UTF-8 are shown as such")
    func repairs() {
        var reader = ReplyReader()
        let reply = reader.read(Array("250 ".utf8) + [0xE6, 0xF8, 0xE5, 0x0D, 0x0A])
        #expect(reply?.text == "\u{FFFD}\u{FFFD}\u{FFFD}")
    }

    @Test("a reply is shown as the server said it")
    func shows() {
        #expect("\(SMTPReply(code: 550, enhanced: "5.1.1", text: "no such user"))" == "550 5.1.1 no such user")
        #expect("\(SMTPReply(code: 250, text: ""))" == "250")
    }
}
