import Testing

@testable import SMTPClient

/// Who is asked not to report (RFC 3461 section 4.1, RFC 3834 section 3).
@Suite("Mail from nobody", .timeLimit(.minutes(1)))
struct NotificationTests {
    private static let offering = ScriptedRelay.Answer.say("250-relay.example\r\n250-DSN\r\n250 SIZE 1000000")
    private static let wish = " NOTIFY=NEVER ORCPT=rfc822;"

    private static func mail(from sender: String, to recipient: String) throws -> SMTPTransaction {
        try SMTPTransaction(
            envelopeFrom: sender, recipient: recipient, octets: Array("Subject: Auto: Hej\r\n\r\nHej\r\n".utf8))
    }

    /// What the relay heard at RCPT, of each mail.
    private func recipients(
        _ answers: [ScriptedRelay.Moment: [ScriptedRelay.Answer]], of mails: [SMTPTransaction]
    ) async throws -> [String] {
        let relay = try ScriptedRelay(answers)
        let client = try SMTPClient(relay)
        for mail in mails {
            let outcome = await client.send(mail) {}
            #expect(outcome.gist.hasPrefix("accepted 250"), "\(outcome)")
        }
        return relay.log.commands.filter { $0.hasPrefix("RCPT") }
    }

    @Test("is never reported on where the relay offers that, on the same connection too; mail from somebody is")
    func offered() async throws {
        let heard = try await recipients(
            [.command("EHLO"): [Self.offering]],
            of: [
                Self.mail(from: "", to: "bo+tilbud=1@lund.example"),
                Self.mail(from: "leads@us.example", to: "bo@lund.example"),
                Self.mail(from: "", to: "bo@lund.example"),
            ])
        #expect(
            heard == [
                "RCPT TO:<bo+tilbud=1@lund.example>\(Self.wish)<bo+2Btilbud+3D1@lund.example>",
                "RCPT TO:<bo@lund.example>",
                "RCPT TO:<bo@lund.example>\(Self.wish)<bo@lund.example>",
            ])
    }

    @Test(
        "is sent without a wish that the relay does not offer", arguments: ["250 relay.example", "250 DSNX", "502 no"])
    func notOffered(_ answer: String) async throws {
        let heard = try await recipients(
            [.command("EHLO"): [.say(answer)]], of: [Self.mail(from: "", to: "bo@lund.example")])
        #expect(heard == ["RCPT TO:<bo@lund.example>"])
    }

    @Test("goes by what the relay offers now, not by what it offered on a connection before")
    func another() async throws {
        let mail = try Self.mail(from: "", to: "bo@lund.example")
        let heard = try await recipients(
            [.command("EHLO"): [Self.offering], .content: [.sayAndHangUp("250 2.0.0 taken")]], of: [mail, mail])
        #expect(heard == ["RCPT TO:<bo@lund.example>\(Self.wish)<bo@lund.example>", "RCPT TO:<bo@lund.example>"])
    }

    /// A client whose libcurl ends the line otherwise than the one at hand.
    private static func other(_ relay: ScriptedRelay) throws -> SMTPClient {
        try SMTPClient(relay: SMTPRelay(url: relay.url, tls: .none, heloName: "us.example")) {
            "\($0)> NOTIFY=NEVER ORCPT=rfc822;\($0)"
        }
    }

    @Test("is held back when the wish comes out otherwise than it was meant, and then goes without it")
    func misspelt() async throws {
        let relay = try ScriptedRelay([.command("EHLO"): [Self.offering, Self.offering]])
        let client = try Self.other(relay)
        let mail = try Self.mail(from: "", to: "bo@lund.example")
        let committed = Flag()
        #expect(await client.send(mail) { committed.set() }.gist == "failed before data")
        #expect(!committed.isSet && relay.log.contents.isEmpty)
        for _ in 1...2 { #expect(await client.send(mail) {}.gist == "accepted 250") }
        #expect(
            relay.log.commands.filter { $0.hasPrefix("RCPT") } == [
                "RCPT TO:<bo@lund.example>\(Self.wish)bo@lund.example>", "RCPT TO:<bo@lund.example>",
                "RCPT TO:<bo@lund.example>",
            ])
    }

    @Test("goes at once without a wish that came out otherwise on a connection that was used before")
    func misspeltLater() async throws {
        let relay = try ScriptedRelay([.command("EHLO"): [Self.offering, Self.offering]])
        let client = try Self.other(relay)
        let first = try await client.send(Self.mail(from: "leads@us.example", to: "bo@lund.example")) {}
        let second = try await client.send(Self.mail(from: "", to: "bo@lund.example")) {}
        #expect([first.gist, second.gist] == ["accepted 250", "accepted 250"])
        #expect(relay.log.connections == 2 && relay.log.contents.count == 2)
        #expect(relay.log.commands.last { $0.hasPrefix("RCPT") } == "RCPT TO:<bo@lund.example>")
    }
}
