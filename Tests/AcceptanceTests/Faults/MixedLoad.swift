import Foundation
import Postgres
import Synchronization
import TestSupport

/// Everything at once: mail servers that send under STARTTLS, a mailbox of a Dovecot that mail is delivered to, and a relay
/// for the answers; whatever happens to the daemon meanwhile is the test's affair.
struct MixedLoad: Sendable {
    let folder: String
    let senders: PersistentSenders
    let dovecot: DovecotServer
    let sink: SMTPSink
    let delivered: Deliveries
    /// The relay's process, where it runs.
    private(set) var relay: Int32 = 0
    private let port: Int
    private let settings: [String: String]

    static var isPossible: Bool { DovecotServer.isUsable && SMTPSink.isInstalled }

    /// Mails delivered to the mailbox.
    final class Deliveries: Sendable {
        private let number = Mutex(0)

        var count: Int { number.withLock { $0 } }

        /// Delivers mail after mail, some of them above 1 MiB, until cancelled.
        fileprivate func run(to dovecot: DovecotServer, pause: Duration) async throws {
            while !Task.isCancelled {
                let next = count + 1
                try dovecot.deliver(MailboxDesk.mail(next, size: next % 40 == 20 ? 1_500_000 : 0))
                number.withLock { $0 = next }
                try? await Task.sleep(for: pause)
            }
        }
    }

    /// Runs all of it around the body.
    ///
    /// `database`: how daemons reach theirs; an embedded one when there is none. `runsRelay`: else that is the body's affair.
    static func with(
        _ name: String, database: String? = nil, runsRelay: Bool = true,
        _ body: @Sendable (MixedLoad) async throws -> Void
    ) async throws {
        let folder = try Repository.temporaryFolder(name)
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let mixed = try await MixedLoad(folder: folder, database: database)
        @Sendable func run(_ load: MixedLoad) async throws {
            try await load.dovecot.run {
                try await load.senders.run { try await body(load) }
            }
        }
        guard runsRelay else { return try await run(mixed) }
        try await mixed.sink.runProcess { relay in
            var load = mixed
            load.relay = relay
            try await run(load)
        }
    }

    /// The relay, which behaves otherwise, at the same place.
    func relay(behaviour: [String]) throws -> SMTPSink {
        try SMTPSink(folder: folder + "/sink", port: sink.port, behaviour: behaviour)
    }

    private init(folder: String, database: String?) async throws {
        self.folder = folder
        let authority = try await TLSAuthority(folder: folder + "/ca")
        let own = try await authority.issue(for: "localhost")
        port = try Repository.freePort()
        senders = try PersistentSenders(folder: folder + "/senders", port: port, authority: authority.certificate)
        dovecot = try await DovecotServer(folder: folder + "/dovecot")
        sink = try SMTPSink(folder: folder + "/sink")
        delivered = Deliveries()
        var settings = [
            "BREVDUE_RELAY_URL": "smtp://127.0.0.1:\(sink.port)", "BREVDUE_SMTP_TLS_CERTIFICATE": own.certificate,
            "BREVDUE_SMTP_TLS_KEY": own.key,
        ]
        settings["BREVDUE_DATABASE_URL"] = database
        self.settings = settings
    }

    /// A daemon at the senders' port, with a directory of its own inside of the load's where it has a name.
    func daemon(_ name: String? = nil, roles: String? = nil) throws -> TestDaemon {
        let directory = name.map { "\(folder)/\($0)" } ?? folder
        try FileManager.default.createDirectory(atPath: directory, withIntermediateDirectories: true)
        let lines = [MailboxDesk.password, "since: 2020-01-01", "after: seen", "poll: 1"]
        try Data(MailboxDesk.configuration(dovecot, lines: lines).utf8)
            .write(to: URL(filePath: directory + "/brevdue.yaml"))
        return try TestDaemon(directory: directory, smtpPort: port, extra: settings, roles: roles)
    }

    /// Delivers mail to the mailbox while the body runs: one a second at the least, else what is proved of the mailbox
    /// is not proved under load.
    func whileDelivering(
        pause: Duration = .milliseconds(50), _ body: @Sendable () async throws -> Void
    ) async throws {
        let before = delivered.count
        let begin = ContinuousClock.now
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await delivered.run(to: dovecot, pause: pause) }
            try await body()
            group.cancelAll()
            // It ends by itself when cancelled; what is thrown is a mail that could not be delivered.
            try await group.waitForAll()
        }
        let wanted = max(1, Int((ContinuousClock.now - begin) / .seconds(1)))
        let count = delivered.count - before
        guard count >= wanted else { throw TestFailure("only \(count) mails were delivered, not \(wanted)") }
    }

    /// Waits until mails were acknowledged since the given progress, or the daemon ended by itself.
    func waitForProgress(after progress: Int, of daemon: TestDaemon.Running) async throws {
        let isAlive = try await eventually("mails are taken; senders heard \(senders.failures)") { () -> Bool? in
            guard daemon.isAlive else { return false }
            return senders.progress > progress ? true : nil
        }
        guard isAlive else { throw TestFailure("the daemon ended: \(daemon.daemon.logTail)") }
    }
}
