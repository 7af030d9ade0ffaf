import Hosts
import NIOCore
import Testing

@testable import SMTPServer

@Suite("Networks")
struct NetworkTests {
    @Test(
        "hold the addresses of their range",
        arguments: [
            ("127.0.0.0/8", "127.1.2.3", true), ("127.0.0.0/8", "128.0.0.1", false), ("192.0.2.7", "192.0.2.7", true),
            ("192.0.2.7", "192.0.2.6", false), ("192.0.2.8/29", "192.0.2.15", true),
            ("192.0.2.8/29", "192.0.2.16", false),
            ("192.0.2.9/29", "192.0.2.8", true), ("0.0.0.0/0", "203.0.113.1", true),
            ("0.0.0.0/0", "2001:db8::1", false),
            ("2001:db8::/32", "2001:db8:ffff::1", true), ("2001:db8::/32", "2001:db9::1", false), ("::1", "::1", true),
            ("::/0", "192.0.2.1", false), ("192.0.2.0/24", "::ffff:192.0.2.9", true),
            ("192.0.2.0/24", "mx.example", false),
            ("192.0.2.0/24", "", false),
        ])
    func contains(_ network: String, _ address: String, _ expected: Bool) throws {
        #expect(try #require(Network(network)).contains(address) == expected)
    }

    @Test(
        "refuse what is none",
        arguments: [
            "", "/", "/8", "127.0.0.0/", "127.0.0.0/33", "127.0.0.0/-1", "127.0.0.0/+8", "127.0.0.0/8/8", "127.0.0/8",
            "localhost", "2001:db8::/129", "127.0.0.1 ", "127.0.0.1\0", "fe80::1%eth0",
        ])
    func refuses(_ text: String) { #expect(Network(text) == nil) }

    @Test(
        "43: a peer counts by its address, by IPv6 by its /64",
        arguments: [
            ("192.0.2.7", "192.0.2.7", "192.0.2.7"), ("::ffff:192.0.2.7", "192.0.2.7", "192.0.2.7"),
            ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2:3:4:5:6", "20:1:d:b8:0:1:0:2"),
            ("2001:db8:1:2::9", "2001:db8:1:2::9", "20:1:d:b8:0:1:0:2"),
        ])
    func peer(_ socket: String, _ address: String, _ site: String) throws {
        let peer = Peer(try SocketAddress(ipAddress: socket, port: 25), trusted: [])
        #expect(peer.address == address)
        #expect(peer.site == site)
        #expect(!peer.isTrusted)
        #expect(
            Peer(try SocketAddress(ipAddress: socket, port: 25), trusted: [try #require(Network(address))]).isTrusted)
    }

    @Test("43: an address may begin so many messages a minute, and its network four times as many")
    func rate() {
        let rate = RateLimit(window: .minutes(1))
        let minute = NIODeadline.uptimeNanoseconds(60_000_000_000)
        let admits = { (address: String, now: NIODeadline) in
            rate.admits(Peer(address: address, trusted: []).shares(of: 2), at: now)
        }
        #expect(admits("192.0.2.7", minute))
        #expect(admits("192.0.2.7", minute))
        #expect(!admits("192.0.2.7", minute))
        #expect((0..<6).count { admits("192.0.2.\(100 + $0)", minute) } == 6)
        #expect(!admits("192.0.2.200", minute))
        #expect(admits("192.0.3.200", minute))
        #expect(admits("192.0.2.7", minute + .minutes(1)))
    }

    @Test("43: who succeeded is not counted, and the memory has an end")
    func forgiving() {
        let rate = RateLimit(window: .minutes(1))
        for _ in 0..<10 {
            #expect(rate.admits([("a", 1)], at: .uptimeNanoseconds(0)))
            rate.forgive(["a", "b"])
        }
        for number in 0..<100_001 { _ = rate.admits([("\(number)", 1)], at: .uptimeNanoseconds(0)) }
        #expect(rate.admits([("0", 1)], at: .uptimeNanoseconds(0)))
    }

    @Test("43: neighbours are a /24 of IPv4 and a /48 of IPv6")
    func neighbours() {
        let network = { (address: String) in Peer(address: address, trusted: []).network }
        #expect(network("192.0.2.7") == network("192.0.2.255"))
        #expect(network("192.0.2.7") != network("192.0.3.7"))
        #expect(network("2001:db8:0:1::1") == network("2001:db8:0:2::1"))
        #expect(network("2001:db8:0:1::1") != network("2001:db8:1::1"))
    }
}
