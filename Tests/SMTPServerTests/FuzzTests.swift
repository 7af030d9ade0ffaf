import Foundation
import Testing

/// Random sessions: nothing a client sends may stop the server, confuse its replies or depend on the pieces it arrives in.
@Suite("Random sessions", .timeLimit(.minutes(10)))
struct FuzzTests {
    /// `SMTP_FUZZ_LINES=10000000` is for the bench; here a few seconds of it are enough.
    private static let lines = ProcessInfo.processInfo.environment["SMTP_FUZZ_LINES"].flatMap { Int($0) } ?? 100_000

    @Test("are answered the same in one piece and in many, with well-formed replies", arguments: 0..<4)
    func sameInAnyPieces(_ part: UInt64) {
        var fuzzer = SessionFuzzer(seed: 1000 + part)
        while fuzzer.count < Self.lines / 4 {
            guard let fault = fuzzer.fault() else { continue }
            Issue.record("seed \(1000 + part), line \(fuzzer.count): \(fault)")
            return
        }
    }
}
