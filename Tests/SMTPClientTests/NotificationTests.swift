import SMTPClient
import Testing

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
}
