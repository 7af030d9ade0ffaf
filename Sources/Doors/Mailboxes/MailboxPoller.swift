import FoundationEssentials
import IMAPClient
package import Logging
package import Postgres
package import Records
import ServiceLifecycle

/// Watches one mailbox as long as this node has its lease.
package struct MailboxPoller: Service {
    /// How long a lease holds, and how often it is renewed.
    private static let leaseTime = Duration.seconds(60)
    private static let renewal = Duration.seconds(15)
    /// Without a renewal the session ends this long after the last one, before the lease does.
    private static let holdTime = Duration.seconds(45)

    /// How patient a node is between sessions.
    package struct Pace: Sendable {
        /// Until it asks for the lease again.
        package var rest = Duration.seconds(1)
        package var afterFailure = Backoff()
        /// Asking often would only lock the account.
        package var afterRefusedLogIn = Backoff(first: .seconds(30))

        package init() {}
    }

    private let account: MailboxAccount
    private let node: String
    private let door: MailboxDoor
    private let pool: PostgresPool
    private let spool: String
    private let tokens: AccessTokens?
    private let pace: Pace
    private let logger: Logger

    /// The spool is a folder that is made when it is needed.
    package init(
        _ account: MailboxAccount, node: String, journal: Journal, pool: PostgresPool, spool: String,
        pace: Pace = Pace(), logger: Logger
    ) {
        self.account = account
        self.node = node
        self.pool = pool
        self.spool = spool
        self.pace = pace
        door = MailboxDoor(account: account, journal: journal)
        tokens =
            if case .oauth(let grant) = account.secret {
                AccessTokens(grant: grant, key: account.key, pool: pool)
            } else {
                nil
            }
        var logger = logger
        logger[metadataKey: "mailbox"] = "\(account.name)"
        logger[metadataKey: "folder"] = "\(account.folder)"
        self.logger = logger
    }

    package func run() async throws {
        try? FileManager.default.createDirectory(
            atPath: spool, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
        await cancelWhenGracefulShutdown {
            while !Task.isCancelled {
                await pollOnce()
                // Others are not asked in step, and a database that is away is not asked without a pause.
                try? await Task.sleep(for: pace.rest * Double.random(in: 0.8...1.2))
            }
        }
    }

    /// One lease, where it can be had: from the log-in to the failure or the end.
    private func pollOnce() async {
        let lease: MailboxLease
        do {
            guard let taken = try await MailboxLease.take(account.key, node: node, for: Self.leaseTime, in: pool)
            else { return }
            lease = taken
        } catch {
            return logger.warning("the mailbox's lease cannot be asked for", metadata: ["error": "\(error)"])
        }
        do {
            try await hold(lease)
        } catch {
            if !Task.isCancelled { await tell(error, lease) }
        }
        // Also on the way out: another node need not wait for the lease to run out.
        await Task { try? await lease.release(in: pool) }.value
    }

    /// Runs a session beside the renewal of its lease; whichever ends, ends the other.
    private func hold(_ lease: MailboxLease) async throws {
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await session(lease) }
            group.addTask { try await renew(lease) }
            defer { group.cancelAll() }
            try await group.next()
        }
    }

    private func renew(_ lease: MailboxLease) async throws {
        var last = ContinuousClock.now
        while true {
            try await Task.sleep(for: Self.renewal)
            let asked = ContinuousClock.now
            switch try? await lease.renew(for: Self.leaseTime, in: pool) {
            case true: last = asked
            case false: throw MailboxLease.Lost()
            case nil: if .now - last > Self.holdTime - Self.renewal { throw MailboxLease.Lost() }
            }
        }
    }

    private func session(_ lease: MailboxLease) async throws {
        let client = try await connect()
        do {
            var session = try await MailboxSession(
                account, lease: lease, client: client, door: door, pool: pool, logger: logger)
            logger.info("mailbox open")
            try await session.run()
        } catch {
            await client.abandonFetches()
            await client.close()
            throw error
        }
    }

    /// Connects and logs in; a token that is refused although it should be good is fetched anew once.
    private func connect() async throws -> IMAPClient {
        do {
            return try await logIn()
        } catch IMAPError.notAuthenticated(let reason) {
            guard let tokens else { throw IMAPError.notAuthenticated(reason) }
            logger.notice("access token refused, a new one is fetched", metadata: ["reason": "\(reason)"])
            await tokens.drop()
            return try await logIn()
        }
    }

    private func logIn() async throws -> IMAPClient {
        let secret: IMAPLogin.Secret =
            switch account.secret {
            case .password(let password): .password(password)
            case .oauth: .token(try await tokens?.current() ?? "")
            }
        return try await IMAPClient.connect(
            to: account.server, login: IMAPLogin(user: account.user, secret: secret, mechanism: account.mechanism),
            spool: spool)
    }

    /// Whether neither the server nor a mail is the cause, but the database or the spool.
    private static func isOurs(_ error: any Error) -> Bool {
        if case IMAPError.noSpool = error { true } else { !(error is IMAPError) }
    }

    private func tell(_ error: any Error, _ lease: MailboxLease) async {
        guard !(error is MailboxLease.Lost) else {
            return logger.notice("another node reads the mailbox, or the database is away")
        }
        var isRefusal = if case IMAPError.notAuthenticated = error { true } else { false }
        if case TokenFailure.refused = error { isRefusal = true }
        let backoff = isRefusal ? pace.afterRefusedLogIn : pace.afterFailure
        let jitter = Double.random(in: 0...1)
        let counted = try? await lease.failed(
            "\(error)", isOurs: Self.isOurs(error), pause: { backoff.pause(after: $0, jitter: jitter) }, in: pool)
        let failures = counted.flatMap { $0 } ?? 0
        let level: Logger.Level = isRefusal || failures >= 3 ? .error : .warning
        logger.log(
            level: level, "mailbox cannot be read",
            metadata: ["error": "\(error)", "failures": "\(failures)"])
    }
}
