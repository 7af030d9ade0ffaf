import Foundation
import IMAPClient
import Postgres
import Records
import TestSupport

@testable import Doors

/// A poller of this process on a database of its own, which reads the mailbox of a server that plays scripts.
struct ScriptedMailbox: Sendable {
    static let key = MailboxKey(account: "salg", folder: "INBOX")

    let server: ScriptedIMAP
    let pool: PostgresPool

    /// To the log-in, and the inbox that holds UIDs up to 6; `flags`: what it keeps.
    static func opening(
        _ capabilities: String = "IDLE", command: String = "EXAMINE", flags: String = "\\*",
        access: String = "READ-WRITE",
        validity: Int = 9, uidNext: Int = 7
    ) -> String {
        """
        S: * OK [CAPABILITY IMAP4rev1 SASL-IR AUTH=PLAIN] ready
        C: AUTHENTICATE PLAIN ...
        S: $ OK [CAPABILITY IMAP4rev1 \(capabilities)] logged in
        C: \(command) "INBOX"
        S: * 6 EXISTS
        S: * OK [PERMANENTFLAGS (\(flags))] kept
        S: * OK [UIDVALIDITY \(validity)] valid
        S: * OK [UIDNEXT \(uidNext)] next
        S: $ OK [\(access)] open

        """
    }

    /// The next range is listed with sizes and holds these UIDs.
    static func listing(_ range: String, _ uids: Int..., sizes: Bool = true) -> String {
        var text = "C: UID FETCH \(range) (UID\(sizes ? " RFC822.SIZE" : "") INTERNALDATE)\n"
        for uid in uids { text += "S: * \(uid) FETCH (UID \(uid)\(sizes ? " RFC822.SIZE 20" : ""))\n" }
        return text + "S: $ OK done\n"
    }

    /// A fetch of one or several that gives them.
    static func fetch(_ set: String, _ uids: Int...) -> String {
        var text = "C: UID FETCH \(set) (UID BODY.PEEK[])\n"
        for uid in uids { text += "S: * \(uid) FETCH (UID \(uid) BODY[] \"Subject: \(uid)\")\n" }
        return text + "S: $ OK done\n"
    }

    /// It waits for mail that does not come.
    static let idle = "C: IDLE\nS: + idling\nEND"

    /// Runs a poller whose folder is read up to UID 4, in the pace of tests, around the body.
    static func run(
        _ scripts: [String], after: MailboxAccount.AfterReading = .leave, poll: Duration = .seconds(60),
        secret: MailboxAccount.Secret = .password("password"), isNew: Bool = false,
        adjust: (inout MailboxAccount) -> Void = { _ in }, _ body: @Sendable (ScriptedMailbox) async throws -> Void
    ) async throws {
        let folder = try Repository.temporaryFolder("mailbox")
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let authority = try await TestIdentity.authority
        var template = MailboxAccount(
            name: key.account, server: try place(0, authority), user: "leads", secret: secret, after: after,
            pollInterval: poll)
        adjust(&template)
        try await withRecords { [template] pool, journal in
            if !isNew { try await begin(in: pool) }
            try await ScriptedIMAP.run(scripts, identity: TestIdentity.identity) { server in
                var account = template
                account.server = try place(server.port, authority)
                var pace = MailboxPoller.Pace()
                pace.rest = .milliseconds(50)
                pace.afterFailure = Backoff(first: .milliseconds(50))
                let poller = MailboxPoller(
                    account, node: "a", journal: journal, pool: pool, spool: folder, pace: pace,
                    logger: TestCluster.logger)
                let polling = Task { try await poller.run() }
                do {
                    try await body(ScriptedMailbox(server: server, pool: pool))
                } catch {
                    polling.cancel()
                    _ = await polling.result
                    throw TestFailure("\(error); said: \(server.said)")
                }
                polling.cancel()
                _ = await polling.result
                try await until("the scripts end") { server.ended == scripts.count }
            }
        }
    }

    private static func place(_ port: Int, _ authority: String) throws -> IMAPServer {
        guard var place = IMAPServer(url: "imaps://localhost" + (port > 0 ? ":\(port)" : "")) else {
            throw TestFailure("URL")
        }
        place.caFile = authority
        return place
    }

    /// The folder was read before, up to UID 4.
    private static func begin(in pool: PostgresPool) async throws {
        guard let lease = try await MailboxLease.take(key, node: "a", for: .seconds(60), in: pool) else {
            throw TestFailure("no lease")
        }
        try await lease.begin(at: MailboxCursor(uidValidity: 9, lastUID: 4, oldUID: 4, since: nil), in: pool)
        try await lease.release(in: pool)
    }

    // MARK: What came of it

    /// UIDs in the journal, in the order in which they came.
    var stored: [Int64] {
        get async throws {
            try await pool.query(
                "SELECT (envelope->'mailbox'->>'uid')::bigint FROM brevdue.arrival ORDER BY id"
            ).map { try $0.decode(Int64.self) }
        }
    }

    var status: MailboxStatus? {
        get async throws { try await MailboxStatus.all([Self.key], in: pool, patience: .seconds(5)).first }
    }

    func waitUntilStored(_ uids: [Int64]) async throws {
        try await until("\(uids) are stored") { try await stored == uids }
    }

    func waitForSuccess() async throws {
        try await until("the folder is read to its end") { try await status?.lastSuccessSeconds != nil }
    }
}
