import Foundation
import Mail
import Postgres
import TestSupport
import Testing

/// What a correction moves, what it leaves where it was, and what the company that was wrong still shows.
@Suite("Traces of a correction")
struct CorrectedTraceTests {
    private static let wrong = "91430525"
    private static let right = "93205189"
    private static let anna = "Anna Keramik <anna@ankerlund.example>"
    private static let bo = "Bo Strandby <bo@strandby.example>"
    private static let bosWords = """
        Hej Jonas
        Vi får omkring 900 leverandørfakturaer om måneden, og vi er 12 brugere.

        Venlig hilsen
        Bo Strandby
        Strandby ApS
        CVR-nr. \(wrong)
        """
    private static let annasWords = """
        Hej Jonas
        Vi vil gerne have jer til at læse 300 fakturaer om måneden.

        Venlig hilsen
        Anna Keramik
        Ankerlund A/S
        CVR-nr. \(wrong)
        """

    @Test("a correction leaves the company's other mail where it is", .timeLimit(.minutes(2)))
    func neighbours() async throws {
        try await Desk.open("neighbours") { desk in
            try await desk.send(.forward("f1", of: Self.annasWords, by: Self.anna))
            var answer = PlainMail("a1", text: "Hej igen\nDet haster ikke, men vi bliver fire afdelinger.")
            (answer.from, answer.inReplyTo) = (Self.anna, "<f1@fjordtek.example>")
            try await desk.send(answer)
            var later = PlainMail("a2", text: "Hej\nHvornår hører vi fra jer?")
            later.from = Self.anna
            try await desk.send(later)
            try await desk.send(.forward("f2", of: Self.bosWords, by: Self.bo))
            try await desk.correct(try await desk.summary(of: "f2"), to: Self.right)

            let rows = try await desk.rows(
                """
                SELECT message_id, coalesce(cvr::text, '') FROM brevdue.message WHERE author_role = 'lead' ORDER BY id
                """)
            #expect(
                rows == [
                    "<f1@fjordtek.example> \(Self.wrong)", "<a1@fjordtek.example> \(Self.wrong)",
                    "<a2@fjordtek.example> \(Self.wrong)", "<f2@fjordtek.example> \(Self.right)",
                ])
        }
    }

    @Test(
        "the company that was wrong shows nothing of the mail any more, beside other mail or without",
        .timeLimit(.minutes(3)), arguments: [true, false])
    func nothingLeft(isAlone: Bool) async throws {
        try await Desk.open("nothing-left-\(isAlone)") { desk in
            try await desk.send(.forward("f2", of: Self.bosWords, by: Self.bo))
            if !isAlone { try await desk.send(.forward("f1", of: Self.annasWords, by: Self.anna)) }
            var outbound = PlainMail("o1", text: "Hej Bo Strandby\nTak for sidst.")
            (outbound.to, outbound.cc) = (Self.bo, "leads@fjordtek.example")
            try await desk.send(outbound)
            try await desk.correct(try await desk.summary(of: "f2"), to: Self.right)

            let seen = try await desk.everything(of: Self.wrong)
            for word in ["Strandby", "strandby", "900 leverand", "12 brugere"] {
                #expect(!seen.contains(word), "\(word) in \(seen)")
            }
            #expect(isAlone || seen.contains("Ankerlund A/S"), "the rest gives the company its name")
            #expect(try await desk.timeline(Self.right).contains("900 leverandørfakturaer"))
        }
    }

    @Test("a company that an answer names is that of the writer's other mail as well", .timeLimit(.minutes(2)))
    func earlierMail() async throws {
        try await Desk.open("earlier-mail") { desk in
            var early = PlainMail("e1", text: "Hej, kan I læse 700 fakturaer om måneden?")
            early.from = Self.bo
            try await desk.send(early)
            try await desk.send(.forward("f1", of: "Vi er 12 brugere.\n\nVenlig hilsen\nBo Strandby", by: Self.bo))
            try await desk.correct(try await desk.summary(of: "f1"), to: Self.right)
            let rows = try await desk.rows(
                """
                SELECT message_id, coalesce(cvr::text, '') FROM brevdue.message WHERE author_role = 'lead' ORDER BY id
                """)
            #expect(rows == ["<e1@fjordtek.example> \(Self.right)", "<f1@fjordtek.example> \(Self.right)"])
        }
    }

    @Test("what is left of the company is advised on and priced by itself again", .timeLimit(.minutes(2)))
    func restIsAdvised() async throws {
        try await Desk.open("rest-is-advised") { desk in
            try await desk.send(.forward("f1", of: Self.annasWords, by: Self.anna))
            try await desk.send(.forward("f2", of: Self.bosWords, by: Self.bo))
            try await desk.correct(try await desk.summary(of: "f2"), to: Self.right)
            let drafts = try await desk.rows("SELECT cvr, state FROM brevdue.quote WHERE state = 'draft' ORDER BY cvr")
            #expect(drafts == ["\(Self.wrong) draft", "\(Self.right) draft"])
            let advised = try await desk.rows(
                "SELECT DISTINCT cvr, '' FROM brevdue.recommendation WHERE superseded_at IS NULL ORDER BY cvr")
            #expect(advised == ["\(Self.wrong) ", "\(Self.right) "])
            #expect(try await desk.summaries(3).count == 3, "nobody gets a mail about it")
        }
    }

    @Test(
        "an answer to the receipt corrects what the first answer meant", .timeLimit(.minutes(2)),
        arguments: [true, false])
    func answerToReceipt(byAddress: Bool) async throws {
        try await Desk.open("answer-to-receipt-\(byAddress)") { desk in
            try await desk.send(.forward("f1", of: Self.bosWords, by: Self.bo))
            var answer = PlainMail("c1", text: "forkert firma 93205188")
            answer.inReplyTo = try await desk.summary(of: "f1").messageID
            try await desk.send(answer)
            let receipt = try await desk.mails("receipt", 1)[0]
            var second = PlainMail("c2", text: "CVR \(Self.right)")
            if byAddress {
                second.to = try #require(receipt.replyTo.first?.address)
            } else {
                second.inReplyTo = receipt.messageID
                second.references = (receipt.references + [receipt.messageID].compactMap { $0 }).joined(separator: " ")
            }
            try await desk.send(second)
            let filed = try await desk.rows(
                "SELECT message_id, coalesce(cvr::text, '') FROM brevdue.message WHERE kind LIKE '%forward%'")
            #expect(filed == ["<f1@fjordtek.example> \(Self.right)"])
            #expect(try await desk.summaries(2)[1].inReplyTo == ["<f1@fjordtek.example>"])
        }
    }

    @Test("a corrected mail that comes in again is filed where the first one is", .timeLimit(.minutes(2)))
    func lateTwin() async throws {
        try await Desk.open("late-twin") { desk in
            var mail = PlainMail.forward("f1", of: Self.bosWords, by: Self.bo)
            try await desk.send(mail)
            try await desk.correct(try await desk.summary(of: "f1"), to: Self.right)
            // Another header, so that it is no second delivery to the journal but a second arrival of the same mail.
            mail.cc = "kontor@fjordtek.example"
            try await desk.send(mail)
            let rows = try await desk.rows(
                """
                SELECT coalesce(cvr::text, ''), cvr_status FROM brevdue.message
                WHERE kind LIKE '%forward%' ORDER BY id
                """)
            #expect(rows == ["\(Self.right) linked", "\(Self.right) linked"])
        }
    }

    @Test("what somebody says in a thread for another company counts in nobody's price", .timeLimit(.minutes(2)))
    func strangersNumbers() async throws {
        try await Desk.open("strangers-numbers") { desk in
            try await desk.send(.forward("f1", of: Self.annasWords, by: Self.anna))
            var stranger = PlainMail(
                "s1", text: "Hej\nVi får 7.700 fakturaer om måneden.\n\nMvh Bo\nCVR-nr. \(Self.right)")
            (stranger.from, stranger.inReplyTo) = (Self.bo, "<f1@fjordtek.example>")
            try await desk.send(stranger)
            var next = PlainMail("a1", text: "Hej igen\nDet må gerne begynde til marts.")
            (next.from, next.inReplyTo) = (Self.anna, "<f1@fjordtek.example>")
            try await desk.send(next)
            let lines = try await desk.rows(
                """
                SELECT evidence::text, '' FROM brevdue.quote_line l JOIN brevdue.quote q ON q.id = l.quote_id
                WHERE q.cvr = \(Self.wrong)
                """)
            #expect(!lines.isEmpty && !lines.contains { $0.contains("7.700") })
        }
    }
}

extension Desk {
    /// The newest summary that answers a mail.
    fileprivate func summary(of id: String) async throws -> Letter {
        let answered = "<\(id)@fjordtek.example>"
        guard let summary = try await summaries(1).last(where: { $0.inReplyTo == [answered] }) else {
            throw TestFailure("no summary of \(id)")
        }
        return summary
    }

    fileprivate func correct(_ summary: Letter, to number: String) async throws {
        var answer = PlainMail("correction-\(number)", text: "forkert firma \(number)")
        answer.inReplyTo = summary.messageID
        try await send(answer)
    }

    /// All that somebody sees who may see one company.
    fileprivate func everything(of cvr: String) async throws -> String {
        _ = try await daemon.command(
            "user", "add", "--email", "p@partner.example", "--name", "Partner", "--role", "partner")
        _ = try await pool.query(
            """
            INSERT INTO brevdue.company_grant (user_id, cvr)
            SELECT id, \(cvr) FROM brevdue.app_user WHERE role = 'partner'
            """)
        let token = try await daemon.command("token", "create", "--email", "p@partner.example")
        var paths = ["companies/\(cvr)", "companies/\(cvr)/timeline", "leads", "messages", "outbox"]
        for lead in try await pool.query("SELECT id FROM brevdue.lead WHERE cvr = \(cvr)") {
            let id = try lead.decode(Int64.self)
            paths += ["leads/\(id)", "leads/\(id)/quotes", "leads/\(id)/recommendations"]
        }
        var seen = ""
        for path in paths { seen += "\(path): " + (try await daemon.get("/v1/\(path)", token: token)) + "\n" }
        return seen
    }
}
