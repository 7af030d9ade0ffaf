import Extraction
import Foundation
import Mail
import Postgres
import TestSupport
import Testing

@testable import Jobs
@testable import Workflow

/// What is attached to mails, from their arrival to the summary.
@Suite("Reading attachments")
struct ExtractTests {
    private static let cvr = "91430525"
    private static let mette = "Mette Lyngholm <mly@vestklit.example>"
    private static let needs = """
        Vestklit Emballage A/S
        CVR-nr. \(cvr)
        www.vestklit.example

        Vores behov
        Vi får ca. 900 leverandørfakturaer om måneden, og vi er 12 brugere.
        """

    private static func forward(_ files: [AttachedMail.File], id: String = "f1") -> [UInt8] {
        AttachedMail(
            .forward(id, of: "Hej Jonas\nSe vedhæftede. Hvad koster det?\n\nVenlig hilsen\nMette", by: mette), files
        ).octets
    }

    @Test("a summary waits for a file that is being read, and is linked and priced by it", .timeLimit(.minutes(1)))
    func inTime() async throws {
        try await ExtractDesk.with { desk in
            try await desk.arrive(Self.forward([.init("Behov.pdf", "application/pdf", Array(Self.needs.utf8))]))
            try await desk.read()
            #expect(try await desk.messages() == ["none read"])
            #expect(try await desk.jobs("answer") == ["s"])
            #expect(try await desk.jobs("extract") == ["r"])
            try await desk.extract()
            try await desk.reconsider()
            #expect(try await desk.messages() == ["\(Self.cvr) read"])
            #expect(try await desk.jobs("answer") == ["r"], "it is made as soon as the file was read")
            try await desk.answer()
            let summary = try #require(try await desk.summaries().first)
            #expect(summary.text.contains("CVR \(Self.cvr)") && summary.text.contains("i Behov.pdf"))
            #expect(summary.text.contains("Behov.pdf: \"") && summary.text.contains("12 brugere"))
            #expect(!summary.subject.contains("Rettet") && !summary.text.contains("ikke læst"))
            #expect(try await desk.count("quote") == 1)
            #expect(try await desk.jobs("answer").isEmpty)
        }
    }

    @Test("a mail without files is not delayed, nor one whose files were read before", .timeLimit(.minutes(1)))
    func noDelay() async throws {
        try await ExtractDesk.with { desk in
            try await desk.arrive(Self.forward([], id: "f0"))
            try await desk.read()
            #expect(try await desk.jobs("answer") == ["r"])
            #expect(try await desk.jobs("extract").isEmpty)
            try await desk.answer()
            let file = AttachedMail.File("Behov.pdf", "application/pdf", Array(Self.needs.utf8))
            try await desk.arrive(Self.forward([file]))
            try await desk.read()
            try await desk.extract()
            try await desk.reconsider()
            try await desk.answer()
            var renamed = file
            renamed.name = "Igen.pdf"
            try await desk.arrive(Self.forward([renamed], id: "f2"))
            try await desk.read()
            #expect(try await desk.messages().last == "\(Self.cvr) read")
            #expect(try await desk.jobs("answer") == ["r"])
            #expect(try await desk.jobs("extract").isEmpty)
            #expect(desk.reader.names == ["Behov.pdf"])
        }
    }

    @Test(
        "a file that is read too late brings one corrected summary, and says so in the first", .timeLimit(.minutes(1)))
    func late() async throws {
        try await ExtractDesk.with { desk in
            try await desk.arrive(Self.forward([.init("Behov.pdf", "application/pdf", Array(Self.needs.utf8))]))
            try await desk.read()
            try await desk.passTime()
            try await desk.answer()
            let first = try #require(try await desk.summaries().first)
            #expect(first.text.contains("Behov.pdf er ikke læst endnu"))
            try await desk.extract()
            for _ in 0..<2 {
                try await desk.reconsider()
                try await desk.answer()
                // Taken up once more, as after a lost answer to a commit.
                _ = try await desk.pool.query(
                    "INSERT INTO brevdue.job (queue, kind, state, run_at, payload) SELECT 'reconsider', 'reconsider', 'r', now(), json_build_object('message', id) FROM brevdue.message"
                )
            }
            let summaries = try await desk.summaries()
            #expect(summaries.count == 2 && summaries[1].subject.hasPrefix("Rettet: "))
            #expect(summaries[1].text.contains("Behov.pdf er læst nu") && summaries[1].text.contains("CVR \(Self.cvr)"))
            #expect(summaries[1].inReplyTo == first.inReplyTo && summaries[1].messageID != first.messageID)
        }
    }

    @Test("a late file that changes neither company nor price brings none", .timeLimit(.minutes(1)))
    func lateAndIdle() async throws {
        try await ExtractDesk.with { desk in
            try await desk.arrive(Self.forward([.init("Noter.txt", "Vi glæder os til at høre fra jer.")]))
            try await desk.read()
            try await desk.passTime()
            try await desk.answer()
            try await desk.extract()
            try await desk.reconsider()
            try await desk.answer()
            #expect(try await desk.summaries().count == 1)
            #expect(try await desk.jobs("answer").isEmpty)
        }
    }

    @Test("a customer's own mail is filed under the company of its file, and advised on", .timeLimit(.minutes(1)))
    func fromOutside() async throws {
        try await ExtractDesk.with { desk in
            var mail = PlainMail("k1", text: "Hej\nSe vores behov i den vedhæftede fil.\n\nMvh Mette")
            mail.from = Self.mette
            try await desk.arrive(AttachedMail(mail, [.init("Behov.txt", Self.needs)]).octets, isTrusted: false)
            try await desk.read()
            #expect(try await desk.messages() == ["none done"])
            try await desk.extract()
            try await desk.reconsider()
            try await desk.answer()
            #expect(try await desk.messages() == ["\(Self.cvr) done"])
            #expect(try await desk.summaries().isEmpty)
            #expect(try await desk.count("lead") == 1)
            #expect(try await desk.count("quote") == 1)
        }
    }

    @Test("a file that cannot be read says why, after a second try where its reader failed", .timeLimit(.minutes(1)))
    func unreadable() async throws {
        let failed = AttachmentReading(outcome: .unreadable, reason: .init(.failed, "signal 9"))
        let locked = AttachmentReading(outcome: .unreadable, reason: .init(.encrypted))
        let text = AttachmentReading(outcome: .text, text: Self.needs)
        try await ExtractDesk.with(["a.pdf": [failed, text], "b.pdf": [failed], "c.pdf": [locked]]) { desk in
            let files = ["a", "b", "c"].map { AttachedMail.File("\($0).pdf", "application/pdf", Array($0.utf8)) }
            try await desk.arrive(Self.forward(files))
            try await desk.read()
            try await desk.extract()
            try await desk.reconsider()
            try await desk.answer()
            #expect(desk.reader.names == ["a.pdf", "a.pdf", "b.pdf", "b.pdf", "c.pdf"])
            let summary = try #require(try await desk.summaries().first)
            #expect(summary.text.contains("CVR \(Self.cvr)"))
            #expect(summary.text.contains("b.pdf er ikke læst: læseren kunne ikke klare den."))
            #expect(summary.text.contains("c.pdf er ikke læst: den er krypteret"))
        }
    }

    @Test("work that is ended half-way is not done twice", .timeLimit(.minutes(1)))
    func endedHalfway() async throws {
        try await ExtractDesk.with { desk in
            let files = ["a", "b"].map { AttachedMail.File("\($0).txt", "Fil \($0)") }
            let id = try await desk.arrive(Self.forward(files))
            try await desk.read()
            let jobs = try await desk.queue.claim("extract", limit: 1, node: 1)
            // Somebody else has the job now: what was read is kept all the same.
            _ = try await desk.pool.query(
                "UPDATE brevdue.job SET lease_token = lease_token + 1000 WHERE queue = 'extract'")
            let step = ExtractStep(
                pool: desk.pool, house: ExtractDesk.house, reader: desk.reader, policy: AttachmentPolicy(),
                logger: TestCluster.logger)
            await #expect(throws: (any Error).self) {
                try await step.perform(jobs[0], lease: Lease(job: jobs[0], queue: desk.queue))
            }
            #expect(try await desk.jobs("reconsider").isEmpty)
            #expect(desk.reader.names.count == 2)
            _ = try await desk.pool.query("UPDATE brevdue.job SET state = 'r' WHERE queue = 'extract'")
            try await desk.extract()
            #expect(desk.reader.names == ["a.txt", "b.txt"])
            #expect(id > 0)
            #expect(try await desk.jobs("reconsider") == ["r"])
        }
    }
}
