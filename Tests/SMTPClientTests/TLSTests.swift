import SMTPClient
import Testing

@Suite(
    "TLS to the relay", .timeLimit(.minutes(1)), .enabled(if: TestCertificate.isPossible, "needs the openssl command"))
struct TLSTests {
    static let starttls = ScriptedRelay.Answer.say("250-relay.example\r\n250 STARTTLS")

    /// Which names the certificate holds, whether we trust its issuer, how strict we are, and whether the mail leaves.
    struct TrustFixture: Sendable, CustomTestStringConvertible {
        var names = "IP:127.0.0.1"
        var trusted = true
        var policy: SMTPRelay.TLSPolicy
        var sent: Bool
        var testDescription: String { "\(names), \(trusted ? "trusted" : "unknown"), \(policy)" }
    }

    static let trusts = [
        TrustFixture(policy: .required, sent: true),
        TrustFixture(trusted: false, policy: .required, sent: false),
        TrustFixture(names: "DNS:other.example", policy: .required, sent: false),
        TrustFixture(names: "DNS:other.example", trusted: false, policy: .opportunistic, sent: true),
    ]

    @Test("STARTTLS, the certificate looked at when TLS is required", arguments: trusts)
    func startTLS(_ fixture: TrustFixture) async throws {
        let certificate = try TestCertificate(for: fixture.names)
        let relay = try ScriptedRelay([
            .command("EHLO"): [Self.starttls], .command("STAR"): [.secure(try TLSEnd(certificate))],
        ])
        let outcome = try await send(to: relay.url, fixture, certificate)
        #expect(outcome.gist == (fixture.sent ? "accepted 250" : "not connected"), "\(outcome)")
        #expect(relay.log.contents.count == (fixture.sent ? 1 : 0))
        #expect(relay.log.commands.contains { $0.hasPrefix("MAIL") } == fixture.sent)
    }

    @Test("an smtps relay has its certificate looked at whatever the policy", arguments: trusts)
    func implicitTLS(_ fixture: TrustFixture) async throws {
        let certificate = try TestCertificate(for: fixture.names)
        let relay = try ScriptedRelay([.greeting: [.secure(try TLSEnd(certificate))]])
        let url = relay.url.replacing("smtp:", with: "smtps:")
        let sent = fixture.policy == .required && fixture.sent
        let outcome = try await send(to: url, fixture, certificate)
        #expect(outcome.gist == (sent ? "accepted 250" : "not connected"), "\(outcome)")
    }

    @Test("a log-in goes through TLS")
    func logsIn() async throws {
        let certificate = try TestCertificate(for: "IP:127.0.0.1")
        let relay = try ScriptedRelay([
            .command("EHLO"): [Self.starttls, .say("250-relay.example\r\n250 AUTH PLAIN")],
            .command("STAR"): [.secure(try TLSEnd(certificate))],
            .command("AUTH"): [.say("334 ")],
            // Base64 of the user and the password behind their zero octets.
            .command("AHVz"): [.say("235 2.7.0 welcome")],
        ])
        let configured = try SMTPRelay(
            url: relay.url, user: "us", password: "hemmeligt", tls: .required, caFile: certificate.certificate,
            heloName: "us.example")
        let outcome = try await SMTPClient(relay: configured).send(.sample()) {}
        #expect(outcome.gist == "accepted 250", "\(outcome)")
        #expect(relay.log.commands.contains("AHVzAGhlbW1lbGlndA=="))
    }

    @Test("where TLS is required and not offered, or breaks, nothing leaves")
    func refusesClear() async throws {
        for answers in [[:], [.command("EHLO"): [Self.starttls]]] as [[ScriptedRelay.Moment: [ScriptedRelay.Answer]]] {
            let relay = try ScriptedRelay(answers)
            let configured = try SMTPRelay(url: relay.url, tls: .required, heloName: "us.example")
            let outcome = try await SMTPClient(relay: configured).send(.sample()) {}
            #expect(outcome.gist == "not connected", "\(outcome)")
            #expect(!relay.log.commands.contains { $0.hasPrefix("MAIL") })
        }
    }

    @Test("where TLS is welcome and not offered, the mail goes in clear")
    func acceptsClear() async throws {
        let relay = try ScriptedRelay()
        let configured = try SMTPRelay(url: relay.url, tls: .opportunistic, heloName: "us.example")
        let outcome = try await SMTPClient(relay: configured).send(.sample()) {}
        #expect(outcome.gist == "accepted 250", "\(outcome)")
    }

    private func send(
        to url: String, _ fixture: TrustFixture, _ certificate: TestCertificate
    ) async throws -> SMTPOutcome {
        let relay = try SMTPRelay(
            url: url, tls: fixture.policy, caFile: fixture.trusted ? certificate.certificate : nil,
            heloName: "us.example")
        return try await SMTPClient(relay: relay).send(.sample()) {}
    }
}
