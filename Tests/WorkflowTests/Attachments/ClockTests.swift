import Extraction
import Foundation
import Postgres
import TestSupport
import Testing

@testable import Jobs

/// How long mail waits for its attachments, whatever clock its node goes by.
@Suite("Clocks that are wrong")
struct ClockTests {
    private static let winmail = AttachedMail.File("winmail.dat", "application/ms-tnef", Array("tnef".utf8))
    private static let text = AttachedMail.File("Behov.txt", "Vi er 12 brugere.")

    @Test(
        "an answer is waited for as long as ever, and no longer", .timeLimit(.minutes(1)),
        arguments: [-600, 600] as [TimeInterval])
    func skewed(_ skew: TimeInterval) async throws {
        for file in [Self.text, Self.winmail] {
            try await ExtractDesk.with { desk in
                try await desk.arrive(
                    AttachedMail(.forward("f1", of: "Hvad koster det?", by: "M <m@x.example>"), [file]).octets,
                    skew: skew)
                try await desk.read()
                let rows = try await desk.pool.query(
                    """
                    SELECT extract(epoch FROM run_at - clock_timestamp())::float8 FROM brevdue.job
                    WHERE queue IN ('answer', 'reconsider')
                    """)
                let seconds = try rows.map { try $0.decode(Double.self) }
                #expect(seconds.count == 1 && seconds.allSatisfy { $0 > 10 && $0 <= 16 }, "\(seconds)")
            }
        }
    }

    @Test("what was tried for a mail counts for it, and ends its waiting", .timeLimit(.minutes(1)))
    func tried() async throws {
        let slow = AttachmentReading(outcome: .unreadable, reason: .init(.tookTooLong))
        try await ExtractDesk.with(["winmail.dat": [slow]]) { desk in
            try await desk.arrive(
                AttachedMail(.forward("f1", of: "Hvad koster det?", by: "M <m@x.example>"), [Self.winmail]).octets,
                skew: 600)
            try await desk.read()
            try await desk.extract()
            try await desk.reconsider()
            try await desk.read()
            #expect(try await desk.messages() == ["none read"])
            #expect(try await desk.jobs("extract").isEmpty)
        }
    }
}
