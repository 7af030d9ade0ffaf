import SMTPClient
import Testing

/// A content and what the relay must find before the final dot.
struct ContentFixture: Sendable, CustomTestStringConvertible {
    var name: String
    var octets: [UInt8]
    var wire: [UInt8]
    var testDescription: String { name }

    init(_ name: String, _ text: String, wire: String? = nil) {
        self.name = name
        octets = Array(text.utf8)
        self.wire = Array((wire ?? text).utf8)
    }
}

@Suite("What the relay gets", .timeLimit(.minutes(1)))
struct ContentTests {
    /// Lines of dots in such a number that dots stand at every place of libcurl's buffers.
    static let dots = String(repeating: ".a\r\n..\r\n.\r\n\r\nb.\r\n", count: 9_000)
    static let stuffedDots = String(repeating: "..a\r\n...\r\n..\r\n\r\nb.\r\n", count: 9_000)

    static let contents = [
        ContentFixture("text", "Subject: x\r\n\r\ntext\r\n"),
        ContentFixture("no end of line", "Subject: x\r\n\r\ntext", wire: "Subject: x\r\n\r\ntext\r\n"),
        ContentFixture("a dot first", ".x\r\n", wire: "..x\r\n"),
        ContentFixture("a line of one dot", "x\r\n.\r\ny\r\n", wire: "x\r\n..\r\ny\r\n"),
        ContentFixture("a dot at the end", "x\r\n.", wire: "x\r\n..\r\n"),
        ContentFixture("bare line ends", "x\n.y\r.z\r\r\n.\r\n", wire: "x\n.y\r.z\r\r\n..\r\n"),
        ContentFixture("letters beyond ASCII", "Subject: x\r\n\r\nrødgrød\r\n"),
        ContentFixture("dots everywhere", dots, wire: stuffedDots),
    ]

    @Test("each octet comes through, dots at the start of a line doubled", arguments: contents)
    func content(_ fixture: ContentFixture) async throws {
        let relay = try ScriptedRelay()
        let client = try SMTPClient(relay)
        let mail = try SMTPTransaction(
            envelopeFrom: "a@us.example", recipient: "b@them.example", octets: fixture.octets)
        // Twice: nothing may be left over on the connection from the mail before.
        for _ in 1...2 {
            let outcome = await client.send(mail) {}
            #expect(outcome.gist == "accepted 250")
        }
        #expect(relay.log.connections == 1)
        #expect(relay.log.contents.count == 2)
        #expect(relay.log.contents.allSatisfy { $0 == fixture.wire })
    }

    @Test("a large mail that breaks off in the middle was surely not taken")
    func breaksOff() async throws {
        let relay = try ScriptedRelay([.command("DATA"): [.sayAndHangUp("354 go on")]])
        let mail = try SMTPTransaction(
            envelopeFrom: "a@us.example", recipient: "b@them.example",
            octets: [UInt8](repeating: UInt8(ascii: "x"), count: 20_000_000))
        let outcome = try await SMTPClient(relay).send(mail) {}
        #expect(outcome.gist == "interrupted", "\(outcome)")
    }
}
