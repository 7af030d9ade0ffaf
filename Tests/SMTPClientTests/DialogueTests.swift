import Testing

@testable import SMTPClient

/// A session as a list of lines: `C:` a command, `S:` a reply line, `>` the content begins, `.` it ends, `x` it is held
/// back.
struct SessionFixture: Sendable, CustomTestStringConvertible {
    var name: String
    var needsUTF8 = false
    var isSilent = false
    var lines: [String]
    var outcome: SMTPOutcome
    var testDescription: String { name }

    func play() -> SMTPOutcome {
        let recipient = RecipientLines("b@them.example", isSilent: isSilent)
        var dialogue = Dialogue(needsUTF8: needsUTF8, recipientLines: recipient)
        for line in lines {
            switch line.prefix(2) {
            case "C:": dialogue.sent(Array("\(line.dropFirst(2))\r\n".utf8))
            case "S:": dialogue.received(Array("\(line.dropFirst(2))\r\n".utf8))
            case ">": dialogue.beginContent()
            case ".": dialogue.endContent()
            default: dialogue.refuseContent()
            }
        }
        return dialogue.outcome(failure: "lost")
    }
}

@Suite("What a session tells of a mail")
struct DialogueTests {
    static let opening = ["S:220 relay.example", "C:EHLO us.example", "S:250-relay.example", "S:250 SIZE 1000"]
    static let sender = opening + ["C:MAIL FROM:<a@us.example>", "S:250 2.1.0 Ok"]
    static let rcpt = "C:RCPT TO:<b@them.example>"
    static let wish = rcpt + " NOTIFY=NEVER ORCPT=rfc822;<b@them.example>"
    static let foreign = SMTPOutcome.failedBeforeData(reason: "libcurl put the recipient otherwise than it was meant")
    static let recipient = sender + [rcpt, "S:250 2.1.5 Ok"]
    static let asked = recipient + ["C:DATA", "S:354 go on"]
    static let lack =
        "the relay takes no address with letters beyond ASCII before the @ (it does not offer SMTPUTF8)"
    static let unheard =
        "the relay did not say whether it takes an address with letters beyond ASCII before the @ (SMTPUTF8)"
    static let full = SMTPReply(code: 452, enhanced: "4.2.2", text: "mailbox full")
    static let unknown = SMTPReply(code: 550, enhanced: "5.1.1", text: "no such user")

    static let sessions = [
        SessionFixture(
            name: "the mail is taken", lines: asked + [">", ".", "S:250 2.0.0 queued as 7"],
            outcome: .accepted(SMTPReply(code: 250, enhanced: "2.0.0", text: "queued as 7"))),
        SessionFixture(
            name: "a connection used again has no greeting",
            lines: Array(asked.dropFirst(opening.count)) + [">", ".", "S:250 ok", "C:QUIT", "S:221 bye"],
            outcome: .accepted(SMTPReply(code: 250, text: "ok"))),
        SessionFixture(
            name: "the recipient is refused for good", lines: sender + [rcpt, "S:550 5.1.1 no such user"],
            outcome: .rejected(unknown)),
        SessionFixture(
            name: "the recipient is refused for now", lines: sender + [rcpt, "S:452 4.2.2 mailbox full"],
            outcome: .rejected(full)),
        SessionFixture(
            name: "the recipient was never answered", lines: sender + [rcpt],
            outcome: .failedBeforeData(reason: "lost")),
        SessionFixture(
            name: "an address beyond ASCII is taken where that is offered", needsUTF8: true,
            lines: opening + ["C:MAIL FROM:<a@us.example> SMTPUTF8", "S:250 ok"]
                + asked.dropFirst(sender.count) + [">", ".", "S:250 ok"],
            outcome: .accepted(SMTPReply(code: 250, text: "ok"))),
        SessionFixture(
            name: "an address beyond ASCII is not taken where that is not offered, whatever is answered",
            needsUTF8: true, lines: asked, outcome: .unsupported(reason: lack)),
        SessionFixture(
            name: "an address beyond ASCII waits where the relay was not heard on what it offers", needsUTF8: true,
            lines: [
                "S:220 relay.example", "C:EHLO us.example", "S:451 4.3.0 later", "C:HELO us.example", "S:250 relay",
                "C:MAIL FROM:<a@us.example>", "S:250 ok",
            ], outcome: .failedBeforeData(reason: unheard)),
        SessionFixture(
            name: "the sender is refused", lines: opening + ["C:MAIL", "S:550 5.7.1 not you"],
            outcome: .rejected(SMTPReply(code: 550, enhanced: "5.7.1", text: "not you"))),
        SessionFixture(
            name: "a log-in is wanted", lines: opening + ["C:MAIL", "S:530 5.7.0 log in first"],
            outcome: .failedBeforeData(reason: "530 5.7.0 log in first")),
        SessionFixture(
            name: "the relay is going down", lines: opening + ["C:MAIL", "S:421 4.3.2 closing"],
            outcome: .failedBeforeData(reason: "421 4.3.2 closing")),
        SessionFixture(
            name: "the connection breaks at MAIL", lines: opening + ["C:MAIL", "C:QUIT"],
            outcome: .failedBeforeData(reason: "lost")),
        SessionFixture(
            name: "DATA is refused", lines: recipient + ["C:DATA", "S:451 4.3.0 later"],
            outcome: .rejected(SMTPReply(code: 451, enhanced: "4.3.0", text: "later"))),
        SessionFixture(
            name: "DATA is answered by nonsense", lines: recipient + ["C:DATA", "S:250 why not"],
            outcome: .failedBeforeData(reason: "lost")),
        SessionFixture(
            name: "the commit fails", lines: asked + ["x"], outcome: .abortedBeforeData),
        SessionFixture(
            name: "the connection breaks in the content", lines: asked + [">"], outcome: .interrupted(reason: "lost")),
        SessionFixture(
            name: "the connection breaks after the dot", lines: asked + [">", "."], outcome: .uncertain(reason: "lost")),
        SessionFixture(
            name: "half an answer after the dot is none", lines: asked + [">", ".", "S:250-queued"],
            outcome: .uncertain(reason: "lost")),
        SessionFixture(
            name: "the content is refused for good", lines: asked + [">", ".", "S:554 5.6.0 spam"],
            outcome: .rejected(SMTPReply(code: 554, enhanced: "5.6.0", text: "spam"))),
        SessionFixture(
            name: "the content is refused for now", lines: asked + [">", ".", "S:421 4.3.2 closing"],
            outcome: .rejected(SMTPReply(code: 421, enhanced: "4.3.2", text: "closing"))),
        SessionFixture(
            name: "the answer to the dot is none of SMTP", lines: asked + [">", ".", "S:354 go on"],
            outcome: .uncertain(reason: "unexpected answer to the mail: 354 go on")),
        SessionFixture(name: "nobody answers", lines: [], outcome: .notConnected(reason: "lost")),
        SessionFixture(
            name: "the relay is closed", lines: ["S:554 5.3.2 go away"],
            outcome: .notConnected(reason: "554 5.3.2 go away")),
        SessionFixture(
            name: "the log-in is refused",
            lines: opening + ["C:AUTH PLAIN", "S:334 ", "C:AGEAYg==", "S:535 5.7.8 wrong password"],
            outcome: .notConnected(reason: "535 5.7.8 wrong password")),
        SessionFixture(
            name: "a credential may spell a command",
            lines: opening + ["C:AUTH PLAIN", "S:334 ", "C:DATAMAIL", "S:535 5.7.8 wrong password"],
            outcome: .notConnected(reason: "535 5.7.8 wrong password")),
    ]

    /// Of a mail from nobody to a relay that offers DSN or not, and the line that RCPT is; whether the mail may go.
    static let recipients: [(offer: String, isSilent: Bool, line: String, isMeant: Bool)] = [
        ("DSN", true, wish, true), ("DSN", true, rcpt, true), ("dsn", true, wish, true),
        // As if libcurl had taken the recipient before the relay said what it offers.
        ("SIZE", true, wish, false), ("SIZE", true, rcpt, true), ("DSNX", true, wish, false),
        ("DSN", false, wish, false), ("DSN", false, rcpt, true),
        ("DSN", true, wish + ">", false), ("DSN", true, String(wish.dropLast()), false),
        ("DSN", true, rcpt + " NOTIFY=NEVER", false), ("DSN", true, rcpt + ">", false),
        ("DSN", true, String(rcpt.dropLast()), false), ("DSN", true, "C:RCPT TO:<B@them.example>", false),
    ]

    @Test("RCPT is the line that was meant, octet for octet, or the mail stays here", arguments: recipients)
    func comparesRecipient(_ offer: String, _ isSilent: Bool, _ line: String, _ isMeant: Bool) {
        let lines = [
            "S:220 relay", "C:EHLO us.example", "S:250-relay", "S:250 \(offer)", "C:MAIL FROM:<>", "S:250 ok", line,
            "S:550 5.1.1 no such user",
        ]
        let session = SessionFixture(name: "", isSilent: isSilent, lines: lines, outcome: .rejected(Self.unknown))
        #expect(session.play() == (isMeant ? session.outcome : Self.foreign))
    }

    @Test("the replies decide", arguments: sessions)
    func judges(_ session: SessionFixture) { #expect(session.play() == session.outcome) }
}
