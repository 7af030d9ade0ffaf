import Foundation
import NIOCore
import NIOEmbedded
import Testing

@testable import SMTPServer

/// The handler on a loop whose time stands still until it is moved.
@Suite("The time of a session")
struct HandlerTests {
    @Test("1: the greeting waits a moment for those who speak first", arguments: [(false, 10_000), (true, 200)])
    func greeting(_ isTrusted: Bool, _ microseconds: Int64) throws {
        let line = try Line(isTrusted: isTrusted)
        line.pass(.microseconds(microseconds - 1))
        #expect(line.said.isEmpty)
        line.pass(.microseconds(1))
        #expect(line.said == ["220 mx.fjordtek.example ESMTP"])
        let early = try Line(isTrusted: isTrusted)
        try early.hear("EHLO client.example\r\n")
        #expect(early.said == ["554 5.5.0 Wait for the greeting"])
        #expect(!early.isOpen)
    }

    @Test("42: 300 seconds without a command end the session, whatever drips in")
    func idle() throws {
        let line = try Line.greeted()
        line.pass(.seconds(299))
        try line.hear("NOOP\r\n")
        for _ in 0..<2 {
            line.pass(.seconds(140))
            try line.hear("N")
        }
        line.pass(.seconds(19))
        #expect(line.said.last?.hasPrefix("250") == true)
        line.pass(.seconds(1))
        #expect(line.said.last == "421 4.4.2 Idle for too long")
        #expect(!line.isOpen)
    }

    @Test("42: silence in a message ends the session")
    func idleInMessage() throws {
        let line = try Line.greeted()
        try line.hear(Line.message)
        for _ in 0..<4 {
            line.pass(.seconds(250))
            try line.hear("x")
        }
        #expect(line.said.last?.hasPrefix("354") == true)
        line.pass(.seconds(300))
        #expect(line.said.last == "421 4.4.2 Idle for too long")
        #expect(!line.isOpen)
    }

    @Test(
        "22: a message that drips in for an hour ends the session",
        arguments: [
            ("x", "421 4.4.2 Idle for too long"),
            ("xxxxxxxxxxxxxxxxxx", "552 5.3.4 The message is larger than the limit"),
        ])
    func deadline(_ drip: String, _ answer: String) throws {
        let line = try Line.greeted { $0.messageSize = 200 }
        try line.hear(Line.message)
        for _ in 0..<17 {
            line.pass(.seconds(200))
            try line.hear(drip)
        }
        line.pass(.seconds(199))
        #expect(line.said.last?.hasPrefix("354") == true)
        line.pass(.seconds(101))
        #expect(line.said.last == answer)
        #expect(!line.isOpen)
    }

    @Test("22: a deadline shorter than the idle time is kept too")
    func shortDeadline() throws {
        let line = try Line.greeted { $0.message = .seconds(20) }
        try line.hear(Line.message)
        line.pass(.seconds(20))
        #expect(line.said.last?.hasPrefix("421 4.4.2") == true)
    }

    @Test("22, 33: chunks that drip in for an hour end the session, with commands between them too")
    func chunkDeadline() throws {
        let line = try Line.greeted()
        try line.hear(Line.extendedMessage + "BDAT 5\r\nHej\r\n")
        for _ in 0..<17 {
            line.pass(.seconds(200))
            try line.hear("NOOP\r\n")
        }
        #expect(line.isOpen)
        line.pass(.seconds(200))
        #expect(line.said.last == "421 4.4.2 Idle for too long")
        #expect(!line.isOpen)
    }

    @Test("42: silence in a chunk ends the session, refused or not", arguments: ["", "RSET\r\n"])
    func idleInChunk(_ reset: String) throws {
        let line = try Line.greeted()
        try line.hear(Line.extendedMessage + reset + "BDAT 50 LAST\r\n")
        for _ in 0..<4 {
            line.pass(.seconds(250))
            try line.hear("x")
        }
        #expect(line.isOpen)
        line.pass(.seconds(300))
        #expect(line.said.last == "421 4.4.2 Idle for too long")
        #expect(!line.isOpen)
    }

    @Test("42: an hour without a message ends the session, whatever else is said")
    func unproductive() throws {
        let line = try Line.greeted()
        try line.hear(Line.message + ".\r\n")
        for _ in 0..<17 {
            line.pass(.seconds(200))
            try line.hear("NOOP\r\n")
        }
        #expect(line.isOpen)
        line.pass(.seconds(200))
        #expect(line.said.last == "421 4.4.2 Idle for too long")
        #expect(!line.isOpen)
    }

    @Test("47: asked to end, a session lets the chunks of a message come to their end")
    func endBetweenChunks() throws {
        let line = try Line.greeted()
        try line.hear(Line.extendedMessage + "BDAT 5\r\nHej\r\n")
        line.ask(.end)
        #expect(line.isOpen)
        try line.hear("RSET\r\n")
        #expect(line.said.suffix(2) == ["250 2.0.0 Ok", "421 4.3.2 Shutting down; try again"])
        #expect(!line.isOpen)
    }

    @Test("43: the answer to a guess comes late, and what was sent after it is answered after it")
    func slowness() throws {
        let line = try Line.greeted { $0.promptRefusals = 0 }
        try line.hear("HELO x\r\nMAIL FROM:<>\r\nRCPT TO:<nobody@fjordtek.example>\r\nRSET\r\n")
        #expect(line.said.suffix(2) == ["250 mx.fjordtek.example", "250 2.1.0 Sender ok"])
        line.pass(.milliseconds(999))
        #expect(line.said.last == "250 2.1.0 Sender ok")
        line.pass(.milliseconds(1))
        #expect(line.said.suffix(2) == ["550 5.1.1 No such mailbox here", "250 2.0.0 Ok"])
    }

    @Test("47: asked to end, a session without a message does so at once")
    func end() throws {
        let line = try Line.greeted()
        try line.hear("HELO x\r\nMAIL FROM:<>\r\n")
        line.ask(.end)
        #expect(line.said.last == "421 4.3.2 Shutting down; try again")
        #expect(!line.isOpen)
        let silent = try Line(isTrusted: false)
        silent.ask(.end)
        #expect(silent.said == ["421 4.3.2 Shutting down; try again"])
    }

    @Test("47: one with a message on its way goes on until it is asked to end now")
    func endNow() throws {
        let line = try Line.greeted()
        try line.hear(Line.message)
        line.ask(.end)
        try line.hear("Hej\r\n")
        #expect(line.said.last?.hasPrefix("354") == true)
        line.ask(.endNow)
        #expect(line.said.last == "421 4.3.2 Shutting down; try again")
        #expect(!line.isOpen)
    }

    @Test("43: a refusal stands in the place of the greeting")
    func refusal() throws {
        let line = try Line(isTrusted: false, refusal: .tooManyConnections)
        #expect(line.said == ["421 4.3.2 Too many connections; try again later"])
        #expect(!line.isOpen)
    }

    @Test("while a session is held up, no more than 64 KiB are read ahead")
    func readAhead() throws {
        let line = try Line.greeted { $0.promptRefusals = 0 }
        try line.hear("HELO x\r\nMAIL FROM:<>\r\nRCPT TO:<nobody@fjordtek.example>\r\n")
        let reads = line.reads
        try line.hear(String(repeating: "NOOP\r\n", count: 100))
        #expect(line.reads == reads + 1)
        try line.hear("NOOP " + String(repeating: "x", count: 65_000))
        #expect(line.reads == reads + 1)
        line.pass(.seconds(1))
        #expect(line.reads == reads + 2)
    }

    @Test("a peer that does not read its replies is not obeyed until it does")
    func unreadReplies() throws {
        let line = try Line.greeted()
        line.isWritable = false
        try line.hear("NOOP\r\n")
        #expect(line.said.last?.hasPrefix("220") == true)
        let reads = line.reads
        try line.hear("NOOP\r\n")
        #expect(line.reads == reads)
        line.isWritable = true
        #expect(line.said.suffix(2) == ["250 2.0.0 Ok", "250 2.0.0 Ok"])
        #expect(line.reads == reads + 1)
    }

    @Test("47: nor does it hold up the end of the server")
    func unreadRepliesAtTheEnd() throws {
        let line = try Line.greeted()
        try line.hear(Line.message)
        line.isWritable = false
        line.ask(.endNow)
        line.pass(.seconds(1))
        #expect(!line.isOpen)
    }

    @Test("nothing of a session is left in memory when it is over, not even until its time would have been up")
    func release() throws {
        weak var handler: SMTPHandler?
        let line = try Line.greeted()
        handler = try line.channel.pipeline.syncOperations.handler(type: SMTPHandler.self)
        #expect(handler != nil)
        try line.hear("QUIT\r\n")
        #expect(line.said.last == "221 2.0.0 Goodbye")
        #expect(!line.isOpen)
        line.pass(.seconds(1))
        #expect(handler == nil)
    }
}
