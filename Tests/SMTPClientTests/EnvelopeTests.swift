import SMTPClient
import Testing

@Suite("Relays and envelopes that are refused before anything is sent")
struct EnvelopeTests {
    @Test(
        "an address that could pass for a command is refused",
        arguments: [
            "", "b", "b@them.example\r\nDATA", "b@them.example\nRSET", "b@them.example> SIZE=1", "<b@them.example",
            "b c@them.example", "b@them.example\u{0}", String(repeating: "b", count: 250) + "@x.example",
            "b@them＞.example", "b@the\u{FF20}m.example", "b@bl\u{FFFD}.example",
        ])
    func refusesAddress(_ address: String) {
        #expect(throws: SMTPTransaction.Fault.recipient) {
            try SMTPTransaction(envelopeFrom: "", recipient: address, octets: [])
        }
        guard !address.isEmpty else { return }
        #expect(throws: SMTPTransaction.Fault.sender) {
            try SMTPTransaction(envelopeFrom: address, recipient: "a@them.example", octets: [])
        }
    }

    @Test("a mail without a single octet is refused")
    func refusesEmpty() {
        #expect(throws: SMTPTransaction.Fault.noContent) {
            try SMTPTransaction(envelopeFrom: "", recipient: "a@them.example", octets: [])
        }
    }

    @Test(
        "a relay is a host and a port, nothing more",
        arguments: [
            "relay.example:25", "http://relay.example", "smtp://", "smtp://user:password@relay.example",
            "smtp://relay.example/path", "smtp://relay.example?x", "smtp://relay.example:0", "smtp://re lay.example",
            "smtp://relay.example\r\n", "smtp://relay.example:65536",
        ])
    func refusesURL(_ url: String) {
        #expect(throws: SMTPRelay.Fault.url) { try SMTPRelay(url: url, tls: .none, heloName: "us.example") }
    }

    @Test(
        "a relay may be named in every usual form",
        arguments: [
            "smtp://relay.example", "smtp://relay.example:587", "smtps://relay.example/", "SMTP://RELAY.example:25",
            "smtp://192.0.2.1", "smtp://[2001:db8::1]:25", "smtp://localhost:2525",
        ])
    func acceptsURL(_ url: String) throws {
        _ = try SMTPRelay(url: url, tls: .required, heloName: "us.example")
    }

    @Test(
        "a name that cannot stand in EHLO is refused",
        arguments: ["", "us example", "us\r\nMAIL", "us/../x", "æ.example"])
    func refusesName(_ name: String) {
        #expect(throws: SMTPRelay.Fault.heloName) {
            try SMTPRelay(url: "smtp://relay.example", tls: .none, heloName: name)
        }
    }

    @Test(
        "a password is never sent in clear, but to this machine",
        arguments: [
            ("smtp://relay.example", SMTPRelay.TLSPolicy.none, false), ("smtp://relay.example", .opportunistic, false),
            ("smtp://relay.example", .required, true), ("smtps://relay.example", .none, true),
            ("smtp://127.0.0.1:2525", .none, true),
        ])
    func protectsPassword(_ url: String, _ tls: SMTPRelay.TLSPolicy, _ allowed: Bool) {
        let relay = Result {
            try SMTPRelay(url: url, user: "us", password: "secret", tls: tls, heloName: "us.example")
        }
        switch relay {
        case .success(let relay):
            #expect(allowed)
            #expect(!String(reflecting: relay).contains("secret"))
        case .failure(let fault): #expect(!allowed && fault as? SMTPRelay.Fault == .loginInClear)
        }
    }

    @Test("a log-in is complete or none")
    func refusesHalfALogin() {
        #expect(throws: SMTPRelay.Fault.incompleteLogin) {
            try SMTPRelay(url: "smtps://relay.example", user: "us", tls: .required, heloName: "us.example")
        }
    }
}
