import Foundation
import Postgres
import TestSupport
import Testing

@Suite("Mailboxes read by IMAP", .serialized, .enabled(if: DovecotServer.isUsable))
struct MailboxTests {
    private func folder(_ name: String) throws -> (String, clean: () -> Void) {
        let path = try Repository.temporaryFolder(name)
        return (path, { try? FileManager.default.removeItem(atPath: path) })
    }

    @Test(
        "New mail is taken within seconds by IDLE and gets its keyword; old mail is left alone", .timeLimit(.minutes(2))
    )
    func idle() async throws {
        let (folder, clean) = try folder("idle")
        defer { clean() }
        let dovecot = try await DovecotServer(folder: folder + "/dovecot")
        let desk = try MailboxDesk(
            folder, dovecot, lines: [MailboxDesk.password, "mechanism: plain", "after: keyword", "poll: 3600"])
        try dovecot.deliver(MailboxDesk.mail(1))
        try await dovecot.run {
            try await desk.daemon.run { _ in
                try await desk.waitForSuccess()
                #expect(try await desk.arrivals().all == 0)
                try dovecot.deliver(MailboxDesk.mail(2))
                try await desk.waitForArrivals(1, within: .seconds(5))
                try await until("the mail has its keyword") {
                    dovecot.keywords.contains("Brevdue") && dovecot.files().contains { $0.hasSuffix(":2,a") }
                }
                try dovecot.deliver(MailboxDesk.mail(3, size: 3 << 20))
                try await desk.waitForArrivals(2, within: .seconds(10))
            }
        }
    }

    @Test("By STARTTLS and LOGIN mail is read from a day on and moved away", .timeLimit(.minutes(2)))
    func move() async throws {
        let (folder, clean) = try folder("move")
        defer { clean() }
        let dovecot = try await DovecotServer(folder: folder + "/dovecot")
        let desk = try MailboxDesk(
            folder, dovecot,
            lines: [
                MailboxDesk.password, "mechanism: login", "since: 2020-01-01", "after: 'move:Læst/Brevdue'", "poll: 1",
            ],
            url: "imap://localhost:\(dovecot.port)")
        for number in 1...3 { try dovecot.deliver(MailboxDesk.mail(number)) }
        try await dovecot.run {
            try await desk.daemon.run { _ in
                try await desk.waitForArrivals(3)
                try await until("the inbox is empty: \(desk.daemon.logTail)") { dovecot.files().isEmpty }
                #expect(dovecot.files(in: "L&AOY-st.Brevdue").count == 3)
            }
        }
    }

    @Test("When UIDs are given anew nothing is stored twice and the operator is told", .timeLimit(.minutes(2)))
    func uidValidity() async throws {
        let (folder, clean) = try folder("validity")
        defer { clean() }
        let dovecot = try await DovecotServer(folder: folder + "/dovecot")
        let desk = try MailboxDesk(folder, dovecot, lines: [MailboxDesk.password, "since: 2020-01-01", "poll: 1"])
        for number in 1...5 { try dovecot.deliver(MailboxDesk.mail(number)) }
        try await dovecot.run { try await desk.daemon.run { _ in try await desk.waitForArrivals(5) } }
        try await dovecot.forgetUIDs()
        try dovecot.deliver(MailboxDesk.mail(6))
        try await dovecot.run {
            try await desk.daemon.run { _ in
                try await desk.waitForArrivals(6)
                try await desk.waitForSuccess()
                #expect(try await desk.arrivals() == (6, 6))
                #expect(desk.daemon.logTail.contains("UIDVALIDITY changed"))
            }
        }
    }

    @Test("A daemon killed in the middle of a first sync stores each mail exactly once", .timeLimit(.minutes(3)))
    func killed() async throws {
        let (folder, clean) = try folder("killed")
        defer { clean() }
        let dovecot = try await DovecotServer(folder: folder + "/dovecot")
        let desk = try MailboxDesk(
            folder, dovecot, lines: [MailboxDesk.password, "since: 2020-01-01", "after: seen", "poll: 1"])
        for number in 1...600 { try dovecot.deliver(MailboxDesk.mail(number, size: 20_000)) }
        try await dovecot.run {
            for count in [1, 200, 400] {
                _ = try await desk.daemon.run { running in
                    try await desk.waitForArrivals(count)
                    running.signal(SIGKILL)
                }
            }
            try await desk.daemon.run { _ in
                try await desk.waitForArrivals(600)
                try await desk.waitForSuccess()
                #expect(try await desk.arrivals() == (600, 600))
                #expect(dovecot.files().filter { $0.hasSuffix(":2,S") }.count == 600)
            }
        }
    }

    @Test(
        "A mail that is too large or that the server cannot give is set aside, the mailbox goes on, and it can be retried",
        .timeLimit(.minutes(5)))
    func badMail() async throws {
        let (folder, clean) = try folder("bad")
        defer { clean() }
        let dovecot = try await DovecotServer(folder: folder + "/dovecot")
        let desk = try MailboxDesk(
            folder, dovecot, lines: [MailboxDesk.password, "since: 2020-01-01", "poll: 1"],
            extra: ["BREVDUE_SMTP_SIZE_LIMIT": "65536"])
        try dovecot.deliver(MailboxDesk.mail(1))
        try dovecot.deliver(MailboxDesk.mail(2, size: 100_000))
        try dovecot.deliver(MailboxDesk.mail(3), readable: false)
        try await dovecot.run {
            try await desk.daemon.run { _ in
                // The bad one is the last: nothing behind it tells whose fault it is.
                try await desk.waitForArrivals(1, within: .seconds(60))
                try await desk.waitForSuccess()
                try dovecot.deliver(MailboxDesk.mail(4))
                try await desk.waitForArrivals(2, within: .seconds(60))
                // A day later. Six attempts at the longest: their pauses are 31 s, and behind each the mailbox rests.
                let pool = desk.daemon.pool()
                defer { pool.close() }
                _ = try await pool.query("UPDATE brevdue.mailbox_fault SET at = at - interval '1 day'")
                try await until("both are set aside: \(desk.daemon.logTail)", within: .seconds(90)) {
                    try await desk.daemon.get("/readyz").contains("\"set_aside\":2")
                }
                #expect(try await desk.arrivals() == (2, 2))
                #expect(try await desk.daemon.command("mailboxes", "list").contains("\t2 set aside, 0 waiting\t"))
                let faults = try await desk.daemon.command("mailboxes", "faults", "salg").split(separator: "\n")
                #expect(faults.count == 2 && faults.allSatisfy { $0.contains("\tset_aside\t") })
                let bad = try #require(faults.first { !$0.contains("too large: ") })
                let uid = try #require(bad.split(separator: "\t").dropFirst(2).first)
                try dovecot.makeReadable()
                let retried = try await desk.daemon.command("mailboxes", "retry", "--json", "salg", "\(uid)")
                #expect(retried.contains("\"state\":\"waiting\"") && retried.contains("\"uid\":\(uid)"))
                try await desk.waitForArrivals(3, within: .seconds(30))
                try await until("one is left", within: .seconds(20)) {
                    try await desk.daemon.get("/readyz").contains("\"set_aside\":1")
                }
            }
        }
    }

    @Test("Mails that the database has no room for are not blamed for it, and are read later", .timeLimit(.minutes(2)))
    func noRoom() async throws {
        let (folder, clean) = try folder("room")
        defer { clean() }
        let dovecot = try await DovecotServer(folder: folder + "/dovecot")
        let desk = try MailboxDesk(folder, dovecot, lines: [MailboxDesk.password, "since: 2020-01-01", "poll: 1"])
        try await dovecot.run {
            try await desk.daemon.run { _ in
                try await desk.waitForSuccess()
                let pool = desk.daemon.pool()
                defer { pool.close() }
                _ = try await pool.pipeline([
                    """
                    CREATE FUNCTION brevdue.no_room() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
                        RAISE EXCEPTION 'no room' USING ERRCODE = 'disk_full';
                    END $$
                    """,
                    """
                    CREATE TRIGGER no_room BEFORE INSERT ON brevdue.arrival_key FOR EACH ROW
                        EXECUTE FUNCTION brevdue.no_room()
                    """,
                ])
                for number in 1...3 { try dovecot.deliver(MailboxDesk.mail(number)) }
                let term: SQL = "SELECT term FROM brevdue.mailbox"
                let first = try await pool.query(term)[0].decode(Int64.self)
                try await until("several sessions ended over it") {
                    // The pauses after them are not waited for.
                    _ = try await pool.query("UPDATE brevdue.mailbox SET retry_at = '-infinity'")
                    return try await pool.query(term)[0].decode(Int64.self) > first + 6
                }
                _ = try await pool.query("DROP TRIGGER no_room ON brevdue.arrival_key")
                try await until("all are read") {
                    _ = try await pool.query("UPDATE brevdue.mailbox SET retry_at = '-infinity'")
                    return try await desk.arrivals() == (3, 3)
                }
                let faults = try await pool.query("SELECT FROM brevdue.mailbox_fault")
                #expect(faults.isEmpty)
            }
        }
    }

    @Test("A certificate for another name is not believed, and that is shown", .timeLimit(.minutes(1)))
    func wrongName() async throws {
        let (folder, clean) = try folder("name")
        defer { clean() }
        let dovecot = try await DovecotServer(folder: folder + "/dovecot")
        let desk = try MailboxDesk(
            folder, dovecot, lines: [MailboxDesk.password], url: "imaps://127.0.0.1:\(dovecot.tlsPort)")
        try await dovecot.run {
            try await desk.daemon.run { _ in
                try await until("the failure is shown") {
                    try await desk.daemon.get("/readyz").contains("\"state\":\"failing\"")
                }
            }
        }
    }
}

@Suite("Mailboxes with OAuth 2", .serialized, .enabled(if: DovecotServer.isUsable))
struct MailboxTokenTests {
    @Test(
        "A token is renewed, its refresh token is kept, and an endpoint that is down is asked again later",
        .timeLimit(.minutes(2)), arguments: ["xoauth2", "oauthbearer"])
    func tokens(mechanism: String) async throws {
        let folder = try Repository.temporaryFolder(mechanism)
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let provider = try TokenServer(folder: folder + "/tokens")
        let dovecot = try await DovecotServer(
            folder: folder + "/dovecot", mechanisms: "plain \(mechanism)", introspection: provider.introspectionURL)
        let desk = try MailboxDesk(
            folder, dovecot,
            lines: [
                "poll: 1", "oauth2:", "  token_url: \(provider.tokenURL)", "  client_id: brevdue",
                "  refresh_token: first",
            ])
        try await provider.run {
            try await dovecot.run {
                try provider.setDown(true)
                try await desk.daemon.run { _ in
                    try await until("the failure is shown") {
                        try await desk.daemon.get("/readyz").contains("status 503")
                    }
                    let asked = provider.requests
                    try provider.setDown(false)
                    try await desk.waitForSuccess()
                    #expect(provider.requests <= asked + 3)
                    try dovecot.deliver(MailboxDesk.mail(1))
                    try await desk.waitForArrivals(1)
                }
                // The refresh token of the configuration is worth nothing any more; the kept one is.
                try await desk.daemon.run { _ in
                    try await desk.waitForSuccess()
                    try dovecot.deliver(MailboxDesk.mail(2))
                    try await desk.waitForArrivals(2)
                }
            }
        }
    }
}
