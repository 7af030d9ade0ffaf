import Foundation
import Mail
import Postgres
import TestSupport
import Testing

/// Chat and mail of one company, and what they say together, through the real daemon.
@Suite("Chat and mail together")
struct OneTimelineTests {
    private static let wrong = "91430525"
    private static let right = "93205189"
    private static let mette = "Mette Lyngholm <mly@vestklit.example>"
    /// Thursday 19 November 2026, 20:14 in Denmark.
    private static let evening = Date(timeIntervalSince1970: 1_795_115_640)

    private static func chat(_ words: String...) -> SampleChat {
        var chat = SampleChat("c1", visitor: ["name": "Mette", "email": "mly@vestklit.example"], start: evening)
        chat.say("bot", "Hej, hvad kan jeg hjælpe med?")
        for words in words { chat.say("visitor", words) }
        return chat
    }

    @Test(
        "the chat alone leaves a question; with the mail, a line's amount comes from the chat's number",
        .timeLimit(.minutes(2)))
    func numberFromTheChat() async throws {
        try await Desk.open("chat-number") { desk in
            let source = try await ChatSource("hjemmeside", to: desk.daemon)
            let chat = Self.chat(
                "Kan I læse leverandørfakturaer? Det er ca. 700 fakturaer om måneden.", "Vores CVR-nr. er \(Self.wrong)"
            )
            let id = try await source.post(chat, id: "msg_1")
            try await desk.settle()
            let alone = try await desk.quote()
            #expect(
                alone.questions.contains { $0.hasPrefix("Hvor mange skal bruge det") }, "how many users is not known")
            #expect(try await desk.mails(nil, 0).isEmpty, "nobody is written to because of a chat")

            try await desk.send(
                .forward(
                    "f1", of: "Hej Jonas\nVi er 12 brugere, der skal kunne godkende. Hvad koster det?", by: Self.mette))
            let summary = try await desk.summaries(1)[0]
            let together = try await desk.quote()
            #expect(!together.questions.contains { $0.hasPrefix("Hvor mange skal bruge det") })
            let beyond = try #require(together.lines.first { $0.rule == "volume.over-500" })
            #expect(beyond.quantity == "200" && beyond.amount == 200 * 185)
            #expect(beyond.words.contains { $0.message == id && $0.text.contains("700 fakturaer") })
            #expect(summary.text.contains("700 fakturaer"), "the words of the chat stand under the line")
            #expect(try await desk.rows("SELECT reference, status FROM brevdue.lead").count == 1)
        }
    }

    @Test("chat, forward and correction by reply: one timeline, one corrected summary", .timeLimit(.minutes(2)))
    func oneTimeline() async throws {
        try await Desk.open("one-timeline") { desk in
            let source = try await ChatSource("hjemmeside", to: desk.daemon)
            _ = try await source.post(
                Self.chat(
                    "Kan jeres dokumentlæsning tale sammen med Business Central? Det er ca. 700 fakturaer om måneden."),
                id: "msg_1")
            try await desk.settle()
            #expect(try await desk.rows("SELECT cvr_status, door FROM brevdue.message") == ["none chat"])

            try await desk.send(
                .forward(
                    "f1",
                    of: "Hej Jonas\nVi får omkring 900 leverandørfakturaer om måneden.\n\nMette\nCVR \(Self.wrong)",
                    by: Self.mette))
            let first = try await desk.summaries(1)[0]
            #expect(first.text.contains("700") && first.text.contains("900"), "both numbers are shown")
            let quote = try await desk.quote()
            #expect(quote.lines.first { $0.rule == "volume.over-500" }?.quantity == "400", "what was said last counts")

            var answer = PlainMail("c1", text: "forkert firma \(Self.right)\n\nMvh Jonas")
            answer.to = try #require(first.replyTo.first?.address)
            try await desk.send(answer)
            #expect(try await desk.summaries(2).count == 2)
            let types = try await desk.entries(Self.right).filter { ["email", "chat"].contains($0.type) }
            #expect(types.map(\.type) == ["email", "chat"], "in the order of what was said, the newest first")
            #expect(types.map { $0.text.contains("Business Central") } == [false, true])
            #expect(try await desk.entries(Self.wrong).filter { $0.type != "quote" }.isEmpty)
            #expect(try await desk.summaries(2)[1].text.contains("CVR \(Self.right)"))
        }
    }
}
