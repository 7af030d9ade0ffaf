import Cryptography
import Foundation
import Mail
import MailAuthentication
import Postgres
import TestSupport
import Testing

/// Who really sent a mail, through the real daemon and a real name server; no network speaks for our own people here.
@Suite("Who sent a mail from outside", .serialized)
struct TrustTests {
    private static let number = "91430525"
    private static let mette = "Mette Lyngholm <mly@vestklit.example>"
    private static let request = "Hej Jonas\nVi får 900 leverandørfakturaer om måneden.\n\nMette\nCVR \(number)"

    @Test(
        "a forward that our domain signed is unwrapped and answered, and a signed command is followed",
        .timeLimit(.minutes(2)))
    func signed() async throws {
        try await Gateway.open("signed", policy: "reject") { gateway in
            try await gateway.send(gateway.signed(.forward("f1", of: Self.request, by: Self.mette)))
            let summary = try await gateway.desk.summaries(1)[0]
            #expect(summary.to.map(\.address) == ["jh@fjordtek.example"])
            // Lines with dots, which SMTP doubles, are part of what was signed.
            var command = PlainMail("c1", text: "forkert firma 93205189\n\nMvh Jonas\n.\n..Fjordtek")
            command.to = try #require(summary.replyTo.first?.address)
            try await gateway.send(gateway.signed(command), to: command.to)
            #expect(try await gateway.desk.summaries(2)[1].text.contains("93205189"))
            #expect(try await gateway.findings() == ["commands f", "commands f"])
        }
    }

    @Test("a large mail is judged by its signature too", .timeLimit(.minutes(2)))
    func large() async throws {
        try await Gateway.open("signed-large", policy: "reject") { gateway in
            let filler = String(repeating: String(repeating: "0123456789", count: 7) + "\n", count: 20_000)
            try await gateway.send(gateway.signed(.forward("f1", of: Self.request + "\n\n" + filler, by: Self.mette)))
            #expect(try await gateway.findings() == ["commands f"])
            #expect(try await gateway.desk.summaries(1).count == 1)
            let isLarge = try await gateway.desk.rows("SELECT (raw IS NULL)::text, '' FROM brevdue.arrival")
            #expect(isLarge == ["true "])
        }
    }

    @Test("SPF alone proves one of our own people, but follows no command and says why", .timeLimit(.minutes(2)))
    func unsigned() async throws {
        try await Gateway.open("unsigned", senders: "v=spf1 ip4:127.0.0.1 -all") { gateway in
            try await gateway.send(PlainMail.forward("f1", of: Self.request, by: Self.mette).octets)
            let summary = try await gateway.desk.summaries(1)[0]
            var command = PlainMail("c1", text: "forkert firma 93205189")
            command.to = try #require(summary.replyTo.first?.address)
            try await gateway.send(command.octets, to: command.to)
            #expect(try await gateway.desk.summaries(1).count == 1, "nothing was corrected")
            #expect(try await gateway.desk.mails("receipt", 1)[0].text.contains("ikke signeret"))
            #expect(try await gateway.findings() == ["people f", "people f"])
        }
    }

    @Test("a forged From is stored and shown, never obeyed and never answered", .timeLimit(.minutes(2)))
    func forged() async throws {
        try await Gateway.open("forged", policy: "none") { gateway in
            try await gateway.send(
                PlainMail.forward("f1", of: Self.request, by: Self.mette).octets, from: "x@evil.example")
            var two = PlainMail.forward("f2", of: Self.request, by: Self.mette)
            two.from = "Jonas <jh@fjordtek.example>, x@evil.example"
            try await gateway.send(gateway.signed(two))
            var copied = PlainMail("f3", text: "Hej")
            copied.from =
                "Jonas <jh@fjordtek.example>\nAuthentication-Results: mx.fjordtek.example; dmarc=pass header.from=fjordtek.example"
            try await gateway.send(copied.octets, from: "x@evil.example")
            #expect(try await gateway.findings() == ["none f", "none f", "none f"])
            #expect(try await gateway.desk.mails(nil, 0).isEmpty)
            #expect(try await gateway.desk.rows("SELECT count(*)::text, '' FROM brevdue.lead") == ["0 "])
            #expect(
                try await gateway.desk.rows("SELECT direction, state FROM brevdue.message")
                    == ["inbound done", "inbound done", "inbound done"])
        }
    }

    @Test("while DNS is away nothing is proved; once it answers, the mail is read again", .timeLimit(.minutes(4)))
    func nameServerAway() async throws {
        try await Gateway.open("dns-away", startsNameServer: false) { gateway in
            try await gateway.send(gateway.signed(.forward("f1", of: Self.request, by: Self.mette)))
            #expect(try await gateway.findings() == ["none t"])
            #expect(try await gateway.desk.mails(nil, 0).isEmpty)
            try await gateway.withNameServer {
                try await until("the mail is believed", within: .seconds(150)) {
                    try await gateway.findings() == ["commands f"]
                }
                try await gateway.desk.settle()
                #expect(try await gateway.desk.summaries(1).count == 1)
            }
        }
    }

    @Test("a forged answer in a lead's thread stands on no lead and changes nothing of it", .timeLimit(.minutes(2)))
    func forgedInThread() async throws {
        try await Gateway.open("forged-thread", policy: "none") { gateway in
            try await gateway.send(gateway.signed(.forward("f1", of: Self.request, by: Self.mette)))
            _ = try await gateway.desk.summaries(1)
            var forged = PlainMail("x1", text: "Vi bliver 900 brugere.")
            forged.inReplyTo = "<f1@fjordtek.example>"
            try await gateway.send(forged.octets, from: "x@evil.example")
            let rows = try await gateway.desk.rows(
                "SELECT author_role, coalesce(lead_id::text, 'none') FROM brevdue.message ORDER BY id")
            #expect(rows == ["lead 1", "system none"])
            #expect(try await gateway.desk.summaries(1).count == 1)
        }
    }

    @Test(
        "a relay in front of us vouches under its own name; under that name from elsewhere nobody does",
        .timeLimit(.minutes(2)))
    func upstream() async throws {
        let vouching = [
            "BREVDUE_SMTP_VOUCHING_NETWORKS": "127.0.0.1", "BREVDUE_SMTP_VOUCHING_ID": "mx.fjordtek.example",
        ]
        try await Gateway.open("upstream", senders: "v=spf1 ip4:127.0.0.1 -all", extra: vouching) { gateway in
            let results =
                "mx.fjordtek.example; dkim=pass header.d=fjordtek.example; dmarc=pass header.from=fjordtek.example"
            var vouched = PlainMail.forward("f1", of: Self.request, by: Self.mette)
            vouched.from += "\nAuthentication-Results: \(results)"
            try await gateway.send(vouched.octets)
            _ = try await gateway.desk.summaries(1)
            // What stands further down, or under another name, is anybody's; and SPF would judge the relay.
            for (id, name) in [
                ("f2", "mx.fjordtek.example; dmarc=fail header.from=fjordtek.example"),
                ("f3", "evil.example; dmarc=pass header.from=fjordtek.example"),
            ] {
                var other = PlainMail(id, text: "Hej")
                other.from += "\nAuthentication-Results: \(name)"
                if id == "f2" { other.from += "\nAuthentication-Results: \(results)" }
                try await gateway.send(other.octets)
            }
            #expect(try await gateway.findings() == ["commands f", "none f", "none f"])
        }
    }
}
