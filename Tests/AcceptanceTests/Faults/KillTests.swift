import Foundation
import Postgres
import Subprocess
import TestSupport
import Testing

/// Processes that are killed while everything goes on at once; a ledger of every 250 is compared to the journal, and what the
/// relay received to the outbox.
@Suite("Killed under mixed load", .serialized, .enabled(if: MixedLoad.isPossible))
struct KillTests {
    /// `FAULT_KILLS=200` is for whoever has the time; here a minute of them is enough.
    private static let told = ProcessInfo.processInfo.environment["FAULT_KILLS"].flatMap { Int($0) }
    private static let kills = told ?? 60

    private func tell(_ figures: MixedLoad.Figures, _ kills: Int) {
        if Self.told != nil { print("\(kills) kills: \(figures)") }
    }

    /// Starts the daemon and kills it at a random moment, of every fifth one while it still starts.
    private func kill(_ daemon: TestDaemon, round: Int, _ load: MixedLoad) async throws {
        let progress = load.senders.progress
        let status = try await daemon.run(waitUntilReady: false) { running in
            if round % 5 == 0 {
                try await Task.sleep(for: .milliseconds(Int.random(in: 0...600)))
            } else {
                try await load.waitForProgress(after: progress, of: running)
                try await Task.sleep(for: .milliseconds(Int.random(in: 0...150)))
            }
            running.signal(SIGKILL)
        }.status
        #expect(status == .signaled(SIGKILL))
    }

    @Test(
        "The daemon, at random moments: nothing acknowledged is lost, nothing is doubled", .timeLimit(.minutes(10)))
    func daemon() async throws {
        try await TestDatabase.with { database in
            try await MixedLoad.with("kill", database: database.url) { load in
                let daemon = try load.daemon()
                let kills = Self.kills * 8 / 10
                try await load.whileDelivering {
                    for round in 0..<kills { try await kill(daemon, round: round, load) }
                }
                try await daemon.run { _ in
                    let figures = try await load.settle(at: daemon)
                    // Whether one was just being sent is chance; the worker's test kills it then.
                    #expect(figures.acknowledged > kills)
                    tell(figures, kills)
                }
            }
        }
    }

    @Test("The daemon with its embedded database: the same holds", .timeLimit(.minutes(5)))
    func embedded() async throws {
        try await MixedLoad.with("embed") { load in
            let daemon = try load.daemon()
            let kills = Self.kills / 10
            try await load.whileDelivering {
                for round in 0..<kills { try await kill(daemon, round: round, load) }
            }
            try await daemon.run { _ in tell(try await load.settle(at: daemon), kills) }
        }
    }

    @Test("A worker while it sends: what it sent is not sent again but in the documented gap", .timeLimit(.minutes(5)))
    func worker() async throws {
        try await TestDatabase.with { database in
            try await MixedLoad.with("worker", database: database.url) { load in
                let worker = try load.daemon("worker", roles: "worker,http")
                let kills = Self.kills / 10
                try await load.daemon("doors", roles: "smtp,imap,http").run { _ in
                    try await load.whileDelivering {
                        for _ in 0..<kills { try await killSending(worker, load, database.pool) }
                    }
                    try await worker.run { _ in
                        let figures = try await load.settle(at: worker)
                        #expect(figures.uncertain >= kills && figures.repeated > 0)
                        tell(figures, kills)
                    }
                }
            }
        }
    }

    @Test("The relay, also behind the final dot: what it took is sent again only there", .timeLimit(.minutes(3)))
    func relay() async throws {
        try await TestDatabase.with { database in
            try await MixedLoad.with("dying", database: database.url, runsRelay: false) { load in
                let daemon = try load.daemon()
                try await daemon.run { _ in
                    try await load.whileDelivering {
                        for behaviour in [[], ["-q", "."], [], ["-q", "."], []] {
                            let before = load.sink.mails.count
                            try await load.relay(behaviour: behaviour).runProcess { relay in
                                try await until("it takes mails") { load.sink.mails.count > before + 5 }
                                try await Task.sleep(for: .milliseconds(Int.random(in: 0...150)))
                                Foundation.kill(relay, SIGKILL)
                            }
                        }
                    }
                    try await load.sink.run {
                        let figures = try await load.settle(at: daemon)
                        #expect(figures.repeated > 0)
                        tell(figures, 5)
                    }
                }
            }
        }
    }

    /// Kills the worker between the first octet of a mail and the relay's answer, which reads the mail only then.
    private func killSending(_ worker: TestDaemon, _ load: MixedLoad, _ pool: PostgresPool) async throws {
        let last = try await pool.query("SELECT coalesce(max(id), 0) FROM brevdue.outbox_attempt")[0].decode(Int64.self)
        try await worker.run(waitUntilReady: false) { running in
            defer { Foundation.kill(load.relay, SIGCONT) }
            try await until("it sends") {
                Foundation.kill(load.relay, SIGCONT)
                try await Task.sleep(for: .milliseconds(Int.random(in: 0...50)))
                Foundation.kill(load.relay, SIGSTOP)
                try await Task.sleep(for: .milliseconds(30))
                return try await !pool.query(
                    "SELECT FROM brevdue.outbox_attempt WHERE outcome = 'began' AND id > \(last) LIMIT 1"
                ).isEmpty
            }
            running.signal(SIGKILL)
        }
    }
}
