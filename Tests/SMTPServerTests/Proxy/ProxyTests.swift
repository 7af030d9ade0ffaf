import SMTPServer
import Testing

@Suite("Behind a load balancer", .timeLimit(.minutes(1)))
struct ProxyTests {
    static let signature: [UInt8] = [0x0D, 0x0A, 0x0D, 0x0A, 0x00, 0x0D, 0x0A, 0x51, 0x55, 0x49, 0x54, 0x0A]
    static let fromIPv4 =
        signature + [0x21, 0x11, 0, 12, 203, 0, 113, 9, 192, 0, 2, 1, 0xC0, 0x00, 0x00, 0x19]
    /// With a value of four octets that nobody here knows.
    static let fromIPv6 =
        signature + [0x21, 0x21, 0, 43, 0x20, 0x01, 0x0D, 0xB8] + [UInt8](repeating: 0, count: 11) + [9]
        + [UInt8](repeating: 0, count: 16) + [0xC0, 0x00, 0x00, 0x19, 0xEE, 0, 4, 1, 2, 3, 4]
    static let local = signature + [0x20, 0x00, 0, 0]

    @Test(
        "43: the header says who it is, in one piece or in many",
        arguments: [(fromIPv4, "203.0.113.9"), (fromIPv6, "2001:db8::9"), (local, "127.0.0.1")], [true, false])
    func address(_ header: ([UInt8], String), _ isWhole: Bool) async throws {
        let inbox = Inbox()
        try await RunningServer.run(inbox, balancers: ["127.0.0.0/8"]) { running in
            try await Client.connect(to: running.port) { client in
                if isWhole {
                    try await client.send(header.0)
                } else {
                    for octet in header.0 { try await client.send([octet]) }
                }
                _ = try await client.beginMessage()
                #expect(try await client.ask("Hej\r\n.")?.hasPrefix("250") == true)
            }
        }
        #expect(inbox.kept.map(\.session.remoteAddress) == [header.1])
    }

    @Test(
        "43: a balancer that sends something else, or nothing, is hung up on",
        arguments: [
            Array("EHLO client.example\r\n".utf8), Array("PROXY TCP4 203.0.113.9 192.0.2.1 4000 25\r\n".utf8),
            signature + [0x11, 0x11, 0, 12], signature + [0x22, 0x11, 0, 0],
            signature + [0x21, 0x11, 0, 4, 1, 2, 3, 4],
            signature + [0x21, 0x31, 0, 0], signature + [0x21, 0x11, 0xFF, 0xFF], Array(signature.prefix(5)), [],
        ])
    func refused(_ header: [UInt8]) async throws {
        try await RunningServer.run(balancers: ["127.0.0.0/8"], limits: { $0.proxyHeader = .milliseconds(100) }) {
            running in
            try await Client.connect(to: running.port) { client in
                if !header.isEmpty { try await client.send(header) }
                let line = try? await client.line()
                #expect(line == nil)
            }
        }
    }

    @Test("43: from others a header is no SMTP")
    func others() async throws {
        try await RunningServer.run(limits: { $0.greetingDelay = .seconds(10) }) { running in
            try await Client.connect(to: running.port) { client in
                try await client.send(Self.fromIPv4)
                #expect(try await client.line() == "554 5.5.0 Wait for the greeting")
            }
        }
    }

    @Test("43: limits are for who is behind the balancer")
    func limits() async throws {
        try await RunningServer.run(balancers: ["127.0.0.0/8"], limits: { $0.connectionsPerAddress = 1 }) { running in
            try await Client.connect(to: running.port) { first in
                try await first.send(Self.fromIPv4)
                #expect(try await first.line()?.hasPrefix("220") == true)
                try await Client.connect(to: running.port) { second in
                    try await second.send(Self.fromIPv4)
                    #expect(try await second.line()?.hasPrefix("421 4.7.0") == true)
                }
                try await Client.connect(to: running.port) { third in
                    try await third.send(Self.fromIPv6)
                    #expect(try await third.line()?.hasPrefix("220") == true)
                }
            }
        }
    }

    @Test("36: TLS from the first octet comes after the header")
    func implicitTLS() async throws {
        let certificates = try await TestCertificates.make(["mx.fjordtek.example"])
        defer { certificates.remove() }
        let inbox = Inbox()
        try await RunningServer.run(
            inbox, listener: SMTPListener(address: "127.0.0.1:0", encryption: .implicit), certificates: certificates,
            balancers: ["127.0.0.0/8"]
        ) { running in
            try await Client.connect(to: running.port) { client in
                try await client.send(Self.fromIPv4)
                try await client.encrypt()
                _ = try await client.beginMessage()
                #expect(try await client.ask("Hej\r\n.")?.hasPrefix("250") == true)
            }
        }
        #expect(inbox.kept.map(\.session.remoteAddress) == ["203.0.113.9"])
        #expect(inbox.kept.map(\.session.with) == ["ESMTPS"])
    }
}
