import Foundation
import Mail
import Postgres
import SMTPClient
import TestSupport
import Testing

/// What is attached to mails, through the real daemon and its confined readers.
@Suite("Attachments")
struct AttachmentTests {
    private static let cvr = "91430525"
    private static let mette = "Mette Lyngholm <mly@vestklit.example>"
    private static let needs = [
        "Vestklit Emballage A/S", "CVR-nr. \(cvr)", "www.vestklit.example", "", "Vores behov",
        "Vi får ca. 900 leverandørfakturaer om måneden, og vi er 12 brugere.",
    ]
    private static let pdf = AttachedMail.File("Behov.pdf", "application/pdf", AttachedMail.pdf(needs))

    private static func forward(_ id: String) -> PlainMail {
        .forward(id, of: "Hej Jonas\nSe vedhæftede. Hvad koster det?\n\nVenlig hilsen\nMette", by: mette)
    }

    @Test("the CVR number of a PDF links the mail, and its words price it", .timeLimit(.minutes(2)))
    func pdfLinks() async throws {
        try await Desk.open("attached-pdf") { desk in
            let start = ContinuousClock.now
            try await desk.hand(in: Self.forward("p1"), [Self.pdf])
            try await desk.settle()
            #expect(ContinuousClock.now - start < .seconds(15), "it waits no longer than reading takes")
            let summary = try await desk.summaries(1)[0]
            #expect(summary.text.contains("CVR \(Self.cvr)") && summary.text.contains("i Behov.pdf"))
            #expect(try await desk.quote().lines.contains { $0.words.contains { $0.text.contains("900") } })
            let message = try await desk.daemon.get("/v1/messages/1", token: desk.token)
            #expect(message.contains("\"text_status\":\"text\"") && message.contains("\"attachment\":\"Behov.pdf\""))
        }
    }

    @Test("what is read too late brings exactly one corrected summary", .timeLimit(.minutes(2)))
    func late() async throws {
        try await Desk.open("attached-late", extra: ["BREVDUE_ATTACHMENTS_WAIT": "2"]) { desk in
            let start = ContinuousClock.now
            try await Self.holding(Self.pdf, at: desk) {
                try await desk.hand(in: Self.forward("p1"), [Self.pdf])
                try await until("the first summary is made") {
                    try await desk.rows("SELECT kind, '' FROM brevdue.outbox").count == 1
                }
                #expect(ContinuousClock.now - start < .seconds(20))
                #expect(ContinuousClock.now - start > .seconds(2))
                let message = try await desk.daemon.get("/v1/messages/1", token: desk.token)
                #expect(message.contains("\"text_status\":\"pending\""))
            }
            try await until("the second one is made") {
                try await desk.rows("SELECT kind, '' FROM brevdue.outbox").count == 2
            }
            try await desk.settle()
            let summaries = try await desk.summaries(2)
            #expect(summaries.count == 2 && summaries[0].text.contains("Behov.pdf er ikke læst endnu"))
            #expect(summaries[1].subject.hasPrefix("Rettet: ") && summaries[1].text.contains("CVR \(Self.cvr)"))
            #expect(summaries[1].text.contains("Behov.pdf er læst nu"))
        }
    }

    @Test(
        "a daemon that is killed while files are read goes on after its start, with one summary",
        .timeLimit(.minutes(2)))
    func restart() async throws {
        let folder = try Repository.temporaryFolder("attached-restart")
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let daemon = try TestDaemon(directory: folder)
        try await daemon.run { running in
            let octets = AttachedMail(Self.forward("p1"), [Self.pdf]).octets
            guard case .accepted = try await daemon.send(octets) else { throw TestFailure("not accepted") }
            running.signal(SIGKILL)
        }
        try await daemon.run { _ in
            let pool = daemon.pool()
            defer { pool.close() }
            try await until("the summary is made") {
                try await pool.query("SELECT FROM brevdue.outbox WHERE cvr = \(Self.cvr)").count == 1
            }
            #expect(try await pool.query("SELECT FROM brevdue.outbox").count == 1)
        }
    }

    @Test("a reader that is killed has a second try, and then the summary says that it failed", .timeLimit(.minutes(2)))
    func killedReader() async throws {
        try await Desk.open("attached-killed") { desk in
            let text = String(repeating: "Vi har mange bilag. ", count: 400_000)
            let killer = Task {
                while !Task.isCancelled {
                    for child in Self.readers(of: desk.daemon) { kill(child, SIGKILL) }
                    try await Task.sleep(for: .milliseconds(2))
                }
            }
            defer { killer.cancel() }
            try await desk.hand(in: Self.forward("p1"), [.init("Stor.txt", text)])
            try await desk.settle()
            let summary = try await desk.summaries(1)[0]
            #expect(summary.text.contains("Stor.txt er ikke læst: læseren kunne ikke klare den."))
            let message = try await desk.daemon.get("/v1/messages/1", token: desk.token)
            #expect(message.contains("\"text_status\":\"unreadable\"") && message.contains("the reader failed at it"))
        }
    }

    @Test("a mail without files is not delayed", .timeLimit(.minutes(2)))
    func noDelay() async throws {
        try await Desk.open("attached-none") { desk in
            let start = ContinuousClock.now
            try await desk.send(Self.forward("p1"))
            #expect(try await desk.summaries(1).count == 1)
            #expect(ContinuousClock.now - start < .seconds(5))
            #expect(try await desk.rows("SELECT queue, '' FROM brevdue.job WHERE queue LIKE 'extract%'").isEmpty)
        }
    }

    // MARK: Faults

    /// Runs the body while what was read of a file cannot be kept, as if reading it took that long.
    private static func holding(
        _ file: AttachedMail.File, at desk: Desk, _ body: @Sendable () async throws -> Void
    ) async throws {
        struct Done: Error {}
        // Of its own: the body asks the desk's while this transaction is open.
        let pool = desk.daemon.pool()
        defer { pool.close() }
        await #expect(throws: Done.self) {
            try await pool.transaction { transaction in
                _ = try await transaction.query(
                    """
                    INSERT INTO brevdue.attachment_text (sha256, outcome, text, is_cut, is_final)
                    VALUES (sha256(\(file.octets)), 'skipped', '', false, false)
                    """)
                try await body()
                throw Done()
            }
        }
    }

    /// Processes of a daemon that read an attachment now.
    private static func readers(of daemon: TestDaemon) -> [pid_t] {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: "/proc")) ?? []
        return names.compactMap { pid_t($0) }.filter { pid in
            let line = FileManager.default.contents(atPath: "/proc/\(pid)/cmdline") ?? Data()
            guard String(decoding: line, as: UTF8.self).contains("extract-attachment"),
                let stat = FileManager.default.contents(atPath: "/proc/\(pid)/stat"),
                let parent = String(decoding: stat, as: UTF8.self).split(separator: ")").last?.split(separator: " ")[1],
                let environment = FileManager.default.contents(atPath: "/proc/\(parent)/environ")
            else { return false }
            return String(decoding: environment, as: UTF8.self).contains(daemon.data)
        }
    }
}
