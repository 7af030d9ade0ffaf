import Foundation
import Testing

/// Random sessions: nothing a client sends may stop the server, confuse its replies, depend on the pieces it arrives in, or
/// leave memory behind.
@Suite("Random sessions", .serialized, .timeLimit(.minutes(20)))
struct FuzzTests {
    /// `SMTP_FUZZ_LINES=10000000` is for the bench; here it is about a minute of them.
    private static let lines = ProcessInfo.processInfo.environment["SMTP_FUZZ_LINES"].flatMap { Int($0) } ?? 1_200_000
    /// What the whole process may be larger by in the end than after the first tenth.
    private static let mostGrowth = 16.0

    @Test("are answered the same in one piece and in many, with well-formed replies", arguments: 0..<4)
    func sameInAnyPieces(_ part: UInt64) throws {
        let lines = Self.lines / 4
        var fuzzer = SessionFuzzer(seed: 1000 + part)
        var before: Double?
        while fuzzer.count < lines {
            if before == nil, fuzzer.count > lines / 10 { before = try Self.residentMebibytes() }
            guard let fault = fuzzer.fault() else { continue }
            Issue.record("seed \(1000 + part), line \(fuzzer.count): \(fault)")
            return
        }
        let growth = try Self.residentMebibytes() - #require(before)
        #expect(growth < Self.mostGrowth, "\(growth) MiB larger than after the first tenth")
    }

    private static func residentMebibytes() throws -> Double {
        let status = try String(contentsOfFile: "/proc/self/status", encoding: .utf8)
        let line = try #require(status.split(separator: "\n").first { $0.hasPrefix("VmRSS:") })
        return try #require(line.split(whereSeparator: { !$0.isNumber }).first.flatMap { Double($0) }) / 1024
    }
}
