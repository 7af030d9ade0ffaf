import Extraction
import Foundation
import Mail
import Postgres
import Synchronization
import TestSupport
import Testing

@testable import Jobs
@testable import Workflow

/// Attachments whose reading ends the process again and again.
@Suite("Attachments that are given up")
struct GivenUpTests {
    /// Reads what comes before `hangsAt`, and never comes back from that.
    private final class HangingReader: AttachmentReader {
        let hangsAt: String
        private let hangs = AsyncStream.makeStream(of: Void.self)

        init(at name: String) { hangsAt = name }

        func reading(of octets: [UInt8], contentType: String, filename: String?) async -> AttachmentReading {
            guard filename == hangsAt else {
                return AttachmentReading(outcome: .text, text: String(decoding: octets, as: UTF8.self))
            }
            hangs.continuation.yield()
            try? await Task.sleep(for: .seconds(60))
            return AttachmentReading(outcome: .unreadable, reason: .init(.failed))
        }

        func untilItHangs() async {
            for await _ in hangs.stream { return }
        }
    }

    private static let files = [
        AttachedMail.File("a.txt", "Vestklit Emballage A/S\nCVR-nr. 91430525\nwww.vestklit.example"),
        AttachedMail.File("b.txt", "Denne slår processen ihjel."),
    ]

    /// An attempt whose process is killed in the middle, and what the next start of the node makes of its job.
    private static func attempt(_ desk: ExtractDesk) async throws {
        let reader = HangingReader(at: "b.txt")
        let step = ExtractStep(
            pool: desk.pool, house: ExtractDesk.house, reader: reader, policy: AttachmentPolicy(),
            logger: TestCluster.logger)
        try await desk.due()
        let jobs = try await desk.queue.claim("extract", limit: 1, node: 1)
        let job = try #require(jobs.first)
        let work = Task { try await step.perform(job, lease: Lease(job: job, queue: desk.queue)) }
        await reader.untilItHangs()
        work.cancel()
        _ = await work.result
        desk.queue.held.remove(jobs)
        try await desk.queue.takeBack(node: 1, reason: "its process ended during the work")
    }

    @Test(
        "the last attempt leaves none waiting: what was read is taken up, of the rest it is said that it failed",
        .timeLimit(.minutes(1)))
    func killed() async throws {
        try await ExtractDesk.with { desk in
            let mail = PlainMail.forward(
                "f1", of: "Hej Jonas\nSe vedhæftede. Hvad koster det?", by: "Mette <mly@vestklit.example>")
            try await desk.arrive(AttachedMail(mail, Self.files).octets)
            try await desk.read()
            _ = try await desk.pool.query("UPDATE brevdue.job SET max_attempts = 3 WHERE queue = 'extract'")
            for _ in 0..<2 {
                try await Self.attempt(desk)
                #expect(try await desk.jobs("extract").count == 1)
                #expect(try await Self.states(desk) == ["a.txt pending", "b.txt pending"])
            }
            try await Self.attempt(desk)
            #expect(try await desk.jobs("extract").isEmpty)
            #expect(try await desk.count("job_dead") == 1)
            #expect(try await Self.states(desk) == ["a.txt text", "b.txt unreadable: the reader failed at it"])
            try await desk.reconsider()
            try await desk.answer()
            let summary = try #require(try await desk.summaries().first)
            #expect(summary.text.contains("CVR 91430525"))
            #expect(summary.text.contains("b.txt er ikke læst: læseren kunne ikke klare den."))
        }
    }

    @Test("a last attempt that succeeds has its texts", .timeLimit(.minutes(1)))
    func lastSucceeds() async throws {
        try await ExtractDesk.with { desk in
            try await desk.arrive(
                AttachedMail(.forward("f1", of: "Hvad koster det?", by: "M <m@x.example>"), Self.files).octets)
            try await desk.read()
            _ = try await desk.pool.query("UPDATE brevdue.job SET max_attempts = 1 WHERE queue = 'extract'")
            try await desk.extract()
            #expect(try await Self.states(desk) == ["a.txt text", "b.txt text"])
            #expect(try await desk.count("job_dead") == 0)
        }
    }

    private static func states(_ desk: ExtractDesk) async throws -> [String] {
        try await desk.pool.query(
            """
            SELECT filename || ' ' || CASE WHEN is_pending THEN 'pending' ELSE t.outcome END || coalesce(': ' || reason, '')
            FROM brevdue.attachment LEFT JOIN brevdue.attachment_text t USING (sha256) ORDER BY position
            """
        ).map { try $0.decode(String.self) }
    }
}
