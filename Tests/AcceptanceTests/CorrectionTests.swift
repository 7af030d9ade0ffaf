import Foundation
import Mail
import Postgres
import TestSupport
import Testing

/// Corrections by reply, and mail in threads that are known, through the real daemon.
@Suite("Corrections and threads")
struct CorrectionTests {
    private static let wrong = "91430525"
    private static let right = "93205189"
    private static let mette = "Mette Lyngholm <mly@vestklit.example>"
    private static let request = "Hej Jonas\nVi får omkring 900 leverandørfakturaer om måneden, og vi er 12 brugere."

    @Test(
        "an answer that names another company moves the mail and brings one corrected summary", .timeLimit(.minutes(2)))
    func wrongCompany() async throws {
        try await Desk.open("wrong-company") { desk in
            try await desk.send(
                .forward("f1", of: Self.request + "\n\nVenlig hilsen\nMette\nCVR-nr. \(Self.wrong)", by: Self.mette))
            let first = try await desk.summaries(1)[0]
            #expect(try await desk.timeline(Self.wrong).contains("900 leverandørfakturaer"))

            var answer = PlainMail("c1", text: "forkert firma \(Self.right)\n\nMvh Jonas")
            answer.to = try #require(first.replyTo.first?.address)
            try await desk.send(answer)
            let summaries = try await desk.summaries(2)
            #expect(summaries[1].text.contains("CVR \(Self.right)"))
            #expect(summaries[1].inReplyTo == ["<f1@fjordtek.example>"])
            #expect(summaries[1].messageID != first.messageID)
            #expect(try await desk.timeline(Self.right).contains("900 leverandørfakturaer"))
            let old = try await desk.timeline(Self.wrong)
            #expect(!old.contains("900 leverandørfakturaer") && !old.contains("\"type\":\"recommendation\""))
            #expect(try await desk.timeline(Self.right).contains("\"type\":\"change\""))
            let leads = try await desk.rows("SELECT status, coalesce(cvr, '') FROM brevdue.lead ORDER BY id")
            #expect(leads == ["closed \(Self.wrong)", "open \(Self.right)"])
            let quotes = try await desk.rows("SELECT state, cvr FROM brevdue.quote ORDER BY id")
            #expect(quotes == ["withdrawn \(Self.wrong)", "draft \(Self.right)"])

            // The same said again, in a mail of its own, changes nothing.
            answer.messageID = "<c2@fjordtek.example>"
            try await desk.send(answer)
            #expect(try await desk.summaries(2).count == 2)

            // What the mistake taught is forgotten: the writer's next mail belongs to the right company.
            var next = PlainMail("n1", text: "Hej, hvor langt er I?")
            next.from = Self.mette
            try await desk.send(next)
            #expect(try await desk.timeline(Self.right).contains("hvor langt er I"))
        }
    }

    @Test("an answer gives a company to a mail that had none, on the same lead", .timeLimit(.minutes(2)))
    func missingCompany() async throws {
        try await Desk.open("missing-company") { desk in
            try await desk.send(.forward("f1", of: Self.request, by: Self.mette))
            let first = try await desk.summaries(1)[0]
            var answer = PlainMail("c1", text: "CVR \(Self.right)")
            answer.inReplyTo = first.messageID
            try await desk.send(answer)
            let second = try await desk.summaries(2)[1]
            #expect(second.text.contains("CVR \(Self.right)"))
            #expect(first.subject.contains("[L-2026-0001]") && second.subject.contains("[L-2026-0001]"))
            #expect(try await desk.timeline(Self.right).contains("900 leverandørfakturaer"))
        }
    }

    @Test("a command that cannot be followed is answered with the reason, and changes nothing", .timeLimit(.minutes(2)))
    func refusedCommand() async throws {
        try await Desk.open("refused-command") { desk in
            try await desk.send(.forward("f1", of: Self.request + "\nCVR \(Self.wrong)", by: Self.mette))
            let first = try await desk.summaries(1)[0]
            var answer = PlainMail("c1", text: "forkert firma 93205188")
            answer.inReplyTo = first.messageID
            try await desk.send(answer)
            let receipt = try await desk.mails("receipt", 1)[0]
            #expect(receipt.text.contains("93205188"))
            #expect(
                receipt.replyTo.map(\.address) == first.replyTo.map(\.address),
                "the next attempt is about the same mail")
            #expect(try await desk.summaries(1).count == 1)
            #expect(try await desk.timeline(Self.wrong).contains("900 leverandørfakturaer"))
            var again = PlainMail("c2", text: "forkert firma \(Self.right)")
            (again.to, again.inReplyTo) = (try #require(receipt.replyTo.first?.address), receipt.messageID)
            try await desk.send(again)
            #expect(try await desk.summaries(2)[1].text.contains("CVR \(Self.right)"))
        }
    }

    @Test("nobody outside orders anything, not even with the token", .timeLimit(.minutes(2)))
    func outsidersOrderNothing() async throws {
        try await Desk.open("outsiders") { desk in
            try await desk.send(.forward("f1", of: Self.request + "\nCVR \(Self.wrong)", by: Self.mette))
            let first = try await desk.summaries(1)[0]
            var answer = PlainMail("c1", text: "forkert firma \(Self.right)")
            answer.from = "Ukendt <nogen@andre.example>"
            answer.to = try #require(first.replyTo.first?.address)
            try await desk.send(answer)
            var forged = PlainMail("c2", text: "forkert firma \(Self.right)")
            forged.to = answer.to.replacing("-", with: "-0")
            try await desk.send(forged)
            #expect(try await desk.summaries(1).count == 1)
            #expect(try await desk.timeline(Self.wrong).contains("900 leverandørfakturaer"))
        }
    }

    @Test("a customer's answer in a known thread brings a summary to the lead's owner alone", .timeLimit(.minutes(2)))
    func customersAnswer() async throws {
        try await Desk.open("customers-answer") { desk in
            try await desk.send(.forward("f1", of: Self.request + "\nCVR \(Self.wrong)", by: Self.mette))
            _ = try await desk.summaries(1)
            var answer = PlainMail("a1", text: "Hej igen\nVi bliver 20 brugere i stedet.")
            answer.from = Self.mette
            answer.inReplyTo = "<f1@fjordtek.example>"
            try await desk.send(answer)
            let second = try await desk.summaries(2)[1]
            #expect(second.to.map(\.address) == ["jh@fjordtek.example"])
            #expect(second.text.contains("20 brugere"))
            let recipients = try await desk.rows("SELECT DISTINCT recipient, '' FROM brevdue.outbox")
            #expect(recipients == ["jh@fjordtek.example "])
        }
    }

    @Test("a thread that somebody fills does not fill its owner's mailbox", .timeLimit(.minutes(2)))
    func flood() async throws {
        try await Desk.open("flood") { desk in
            try await desk.send(.forward("f1", of: Self.request + "\nCVR \(Self.wrong)", by: Self.mette))
            for number in 1...25 {
                var answer = PlainMail("a\(number)", text: "Nummer \(number)")
                (answer.from, answer.inReplyTo) = (Self.mette, "<f1@fjordtek.example>")
                try await desk.send(answer)
            }
            #expect(try await desk.summaries(1).count == 20)
            #expect(try await desk.timeline(Self.wrong).contains("Nummer 25"))
        }
    }

    @Test("a customer's answer on a lead without a company reaches its owner too", .timeLimit(.minutes(2)))
    func answerWithoutCompany() async throws {
        try await Desk.open("answer-without-company") { desk in
            try await desk.send(.forward("f1", of: Self.request, by: Self.mette))
            var answer = PlainMail("a1", text: "Hej igen\nVi bliver 20 brugere i stedet.")
            answer.from = Self.mette
            answer.inReplyTo = "<f1@fjordtek.example>"
            try await desk.send(answer)
            let second = try await desk.summaries(2)[1]
            #expect(second.to.map(\.address) == ["jh@fjordtek.example"])
            #expect(second.text.contains("20 brugere") && second.subject.contains("[L-2026-0001]"))
        }
    }

    @Test(
        "an answer in a thread that names another company asks the lead's owner and changes no draft",
        .timeLimit(.minutes(2)))
    func otherCompanyInThread() async throws {
        try await Desk.open("other-company") { desk in
            try await desk.send(.forward("f1", of: Self.request + "\nCVR \(Self.wrong)", by: Self.mette))
            let quote = try await desk.quote()
            var answer = PlainMail("a1", text: "Hej igen\nVi bliver 20 brugere.\nVores CVR-nr. er \(Self.right)")
            (answer.from, answer.inReplyTo) = (Self.mette, "<f1@fjordtek.example>")
            try await desk.send(answer)
            let question = try await desk.summaries(2)[1]
            #expect(question.to.map(\.address) == ["jh@fjordtek.example"])
            #expect(question.text.contains(Self.right) && question.text.contains(Self.wrong))
            #expect(try await desk.quote().lines.map(\.quantity) == quote.lines.map(\.quantity))
            #expect(try await desk.rows("SELECT count(*)::text, '' FROM brevdue.quote") == ["1 "])

            var command = PlainMail("c1", text: "CVR \(Self.right)")
            command.to = try #require(question.replyTo.first?.address)
            try await desk.send(command)
            #expect(try await desk.timeline(Self.right).contains("20 brugere"))
        }
    }

    @Test("what somebody outside says of an address files nobody's earlier mail", .timeLimit(.minutes(2)))
    func outsidersAdoptNothing() async throws {
        try await Desk.open("outsiders-adopt") { desk in
            var early = PlainMail("e1", text: "Hej, kan I læse 700 fakturaer om måneden?")
            early.from = Self.mette
            try await desk.send(early)
            var forged = PlainMail("e2", text: "Hej, vores CVR-nr. er \(Self.wrong)")
            forged.from = Self.mette
            try await desk.send(forged)
            #expect(try await !desk.timeline(Self.wrong).contains("700 fakturaer"))
        }
    }

    @Test(
        "what we write to a customer with the intake in Cc is filed as outbound, without a summary",
        .timeLimit(.minutes(2)))
    func outbound() async throws {
        try await Desk.open("outbound") { desk in
            try await desk.send(.forward("f1", of: Self.request + "\nCVR \(Self.wrong)", by: Self.mette))
            _ = try await desk.summaries(1)
            var mail = PlainMail("o1", text: "Hej Mette\nTak for snakken, jeg vender tilbage torsdag.")
            (mail.to, mail.cc) = (Self.mette, "leads@fjordtek.example")
            try await desk.send(mail)
            #expect(try await desk.mails(nil, 1).count == 1)
            let rows = try await desk.rows(
                "SELECT direction, cvr FROM brevdue.message WHERE message_id = '<o1@fjordtek.example>'")
            #expect(rows == ["outbound \(Self.wrong)"])
        }
    }

    @Test("an earlier mail without a company is filed once its writer is known", .timeLimit(.minutes(2)))
    func adoption() async throws {
        try await Desk.open("adoption") { desk in
            var early = PlainMail("e1", text: "Hej, kan I læse 700 fakturaer om måneden?")
            (early.from, early.date) = (Self.mette, "Thu, 19 Nov 2026 20:14:00 +0100")
            try await desk.send(early)
            #expect(try await desk.rows("SELECT coalesce(cvr, 'none'), '' FROM brevdue.message") == ["none "])
            try await desk.send(.forward("f1", of: Self.request + "\nCVR \(Self.wrong)", by: Self.mette))
            _ = try await desk.summaries(1)
            let timeline = try await desk.timeline(Self.wrong)
            let places = ["700 fakturaer", "900 leverandørfakturaer"].map { timeline.range(of: $0)?.lowerBound }
            let (earlier, later) = (try #require(places[0]), try #require(places[1]))
            #expect(later < earlier, "the newest comes first")
        }
    }
}
