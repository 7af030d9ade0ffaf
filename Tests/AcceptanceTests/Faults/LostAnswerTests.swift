import Foundation
import Postgres
import Synchronization
import TestSupport
import Testing

/// The database under mixed load: its server stopped at once, and commits whose answer never arrives.
@Suite("The database fails under mixed load", .serialized, .enabled(if: MixedLoad.isPossible))
struct LostAnswerTests {
    @Test(
        "PostgreSQL stopped at once or killed comes back, and nothing is lost or doubled", .timeLimit(.minutes(5)))
    func stopped() async throws {
        try await MixedLoad.with("immediate") { load in
            let daemon = try load.daemon()
            try await daemon.run { running in
                try await load.whileDelivering {
                    // SIGQUIT is what `pg_ctl stop -m immediate` sends.
                    for signal in [SIGQUIT, SIGKILL, SIGQUIT, SIGQUIT, SIGKILL, SIGQUIT] {
                        try await load.waitForProgress(after: load.senders.progress, of: running)
                        try await Task.sleep(for: .milliseconds(Int.random(in: 300...700)))
                        let pid = try #require(daemon.postmaster)
                        kill(pid, signal)
                        try await until("the server is another one") { daemon.postmaster.map { $0 != pid } ?? false }
                    }
                    try await load.waitForProgress(after: load.senders.progress, of: running)
                }
                try await load.settle(at: daemon)
            }
        }
    }

    /// What is committed, told from the rest by a word of its statements.
    private enum Occasion: CaseIterable {
        case smallArrival, largeArrival, mailbox, claim, reading, answer, attempt, outcome

        init?(_ statements: [String]) {
            func hold(_ words: String) -> Bool { statements.contains { $0.contains(words) } }
            switch true {
            case hold("UPDATE brevdue.mailbox SET failures = CASE"): self = .mailbox
            case hold("INSERT INTO brevdue.arrival_part"): self = .largeArrival
            case hold("INSERT INTO brevdue.arrival_key"): self = .smallArrival
            case hold("SET state = 'x', attempt = j.attempt + 1"): self = .claim
            case hold("INSERT INTO brevdue.message "): self = .reading
            case hold("INSERT INTO brevdue.outbox ("): self = .answer
            case hold("begun AS ("): self = .attempt
            case hold("UPDATE brevdue.outbox_attempt SET ended_at"): self = .outcome
            default: return nil
            }
        }
    }

    /// So many of each are still to be swallowed.
    private final class Plan: Sendable {
        private let rest: Mutex<[Occasion: Int]>

        init(each count: Int) {
            rest = Mutex(Dictionary(uniqueKeysWithValues: Occasion.allCases.map { ($0, count) }))
        }

        var open: [Occasion: Int] { rest.withLock { $0.filter { $0.value > 0 } } }

        func swallows(_ statements: [String]) -> Bool {
            guard let occasion = Occasion(statements), Bool.random() else { return false }
            return rest.withLock { rest in
                guard let count = rest[occasion], count > 0 else { return false }
                rest[occasion] = count - 1
                return true
            }
        }
    }

    @Test(
        "Commits whose answer is swallowed took place, and are known again: nothing is lost or doubled",
        .timeLimit(.minutes(5)))
    func swallowed() async throws {
        try await TestDatabase.with { database in
            let plan = Plan(each: 4)
            let place = database.url.split(separator: "'")
            let proxy = try CommitProxy(to: "\(try #require(place.dropFirst().first))/.s.PGSQL.5432") {
                plan.swallows($0)
            }
            let user = try #require(place.last).replacing("port=5432", with: "port=\(proxy.port)")
            let url = "host=127.0.0.1 sslmode=disable gssencmode=disable \(user)"
            try await MixedLoad.with("swallow", database: url) { load in
                let daemon = try load.daemon()
                try await daemon.run { _ in
                    try await load.whileDelivering {
                        try await until("answers were swallowed on every occasion", within: .seconds(60)) {
                            plan.open.isEmpty
                        }
                    }
                    try await load.settle(at: daemon)
                }
                let log = String(decoding: FileManager.default.contents(atPath: daemon.log) ?? Data(), as: UTF8.self)
                #expect(log.contains("\"duplicate\":\"true\"") && load.senders.failures["451"] ?? 0 > 0)
            }
        }
    }
}
