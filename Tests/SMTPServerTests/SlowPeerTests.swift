import NIOCore
import Testing

@testable import SMTPServer

/// Peers that say just enough to look alive, by a clock that is moved.
@Suite("Peers that dribble", .timeLimit(.minutes(1)))
struct SlowPeerTests {
    /// How a ClientHello of TLS begins; the record promises 512 octets.
    private static let hello: [UInt8] =
        [0x16, 0x03, 0x01, 0x02, 0x00, 0x01, 0x00, 0x01, 0xFC, 0x03, 0x03] + Array(repeating: 0x55, count: 200)

    @Test("42: a handshake octet by octet ends after 30 seconds", arguments: [false, true])
    func handshake(_ isImplicit: Bool) async throws {
        let certificates = try await TestCertificates.make(["mx.fjordtek.example"])
        defer { certificates.remove() }
        let line = try Line(
            listener: SMTPListener(address: "", encryption: isImplicit ? .implicit : .startTLS),
            certificates: certificates.loaded)
        if !isImplicit {
            line.pass(.milliseconds(10))
            try line.hear("STARTTLS\r\n")
            #expect(line.said.last?.hasPrefix("220 2.0.0") == true)
        }
        for octet in Self.hello.prefix(29) {
            line.pass(.seconds(1))
            try line.hear([octet])
            #expect(line.isOpen)
        }
        line.pass(.seconds(1))
        #expect(!line.isOpen)
        #expect(line.said.count == (isImplicit ? 0 : 2))
    }

    @Test("42: a log-in octet by octet ends after 300 seconds")
    func logIn() async throws {
        let certificates = try await TestCertificates.make(["mx.fjordtek.example"])
        defer { certificates.remove() }
        let line = try Line(certificates: certificates.loaded)
        line.pass(.milliseconds(10))
        try line.encrypt()
        try line.hear("EHLO client.example\r\nAUTH LOGIN\r\n")
        #expect(line.said.last == "334 VXNlcm5hbWU6")
        for _ in 0..<299 {
            line.pass(.seconds(1))
            try line.hear("c")
        }
        #expect(line.isOpen)
        line.pass(.seconds(1))
        #expect(line.said.last == "421 4.4.2 Idle for too long")
        #expect(!line.isOpen)
    }

    @Test("42: who does not read its answers holds no session for ever")
    func deaf() throws {
        let line = try Line.greeted()
        line.isWritable = false
        for _ in 0..<3 {
            try line.hear("NOOP\r\n")
            line.pass(.seconds(99))
        }
        #expect(line.isOpen)
        line.pass(.seconds(10))
        #expect(!line.isOpen)
    }

    @Test(
        "42: a message octet by octet ends after an hour, an octet before each time-out", arguments: ["DATA", "BDAT"])
    func message(_ verb: String) throws {
        let line = try Line.greeted()
        try line.hear(Line.extendedMessage + (verb == "DATA" ? "DATA\r\n" : "BDAT 1000 LAST\r\n"))
        for _ in 0..<12 {
            line.pass(.seconds(299))
            try line.hear("x")
        }
        #expect(line.isOpen)
        line.pass(.seconds(12))
        #expect(line.said.last == "421 4.4.2 Idle for too long")
        #expect(!line.isOpen)
    }
}
