import Foundation
import Postgres
import TestSupport

/// A daemon that reads the inbox of a Dovecot.
struct MailboxDesk: Sendable {
    let daemon: TestDaemon
    let dovecot: DovecotServer

    /// `lines`: what the configuration says of the mailbox beyond its place.
    init(
        _ folder: String, _ dovecot: DovecotServer, lines: [String], url: String? = nil, extra: [String: String] = [:]
    ) throws {
        self.dovecot = dovecot
        daemon = try TestDaemon(directory: folder, extra: extra)
        try Data(Self.configuration(dovecot, lines: lines, url: url).utf8)
            .write(to: URL(filePath: folder + "/brevdue.yaml"))
    }

    /// What the file of the configuration says of the mailbox.
    static func configuration(_ dovecot: DovecotServer, lines: [String], url: String? = nil) -> String {
        var text = "mailboxes:\n  - name: salg\n    url: \(url ?? "imaps://localhost:\(dovecot.tlsPort)")\n"
        text += "    user: \(DovecotServer.user)\n    ca_file: \(dovecot.authority)\n"
        for line in lines { text += "    \(line)\n" }
        return text
    }

    static let password = "password: '\(DovecotServer.password)'"

    /// A mail from a customer, told from others by its number.
    static func mail(_ number: Int, size: Int = 0) -> [UInt8] {
        var text =
            "Return-Path: <kunde\(number)@nordlys.example>\r\nFrom: Kunde \(number) <kunde\(number)@nordlys.example>\r\n"
        text +=
            "To: leads@fjordtek.example\r\nSubject: Foresp\u{f8}rgsel \(number)\r\nMessage-ID: <imap-\(number)@nordlys.example>\r\n"
        text +=
            "Date: Mon, 2 Mar 2026 10:00:00 +0100\r\nMIME-Version: 1.0\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n"
        text += "Hej, vi vil gerne h\u{f8}re mere om jeres ydelser, sag \(number).\r\n"
        let filler = "0123456789012345678901234567890123456789012345678901234567890123456789\r\n"
        return Array((text + String(repeating: filler, count: size / filler.utf8.count)).utf8)
    }

    /// Arrivals of the journal by IMAP, and how many of them differ.
    func arrivals() async throws -> (all: Int, distinct: Int) {
        let pool = daemon.pool()
        defer { pool.close() }
        let rows = try await pool.query(
            "SELECT count(*), count(DISTINCT sha256) FROM brevdue.arrival WHERE door = 'imap'")
        guard let row = rows.first else { return (0, 0) }
        let (all, distinct) = try row.decode(Int64.self, Int64.self)
        return (Int(all), Int(distinct))
    }

    func waitForArrivals(_ count: Int, within limit: Duration = .seconds(30)) async throws {
        try await wait("\(count) arrivals", within: limit) { try await arrivals().all >= count }
    }

    /// Waits for a condition; a failure tells the end of the log.
    private func wait(_ what: String, within limit: Duration, _ condition: () async throws -> Bool) async throws {
        do {
            try await until(what, within: limit, condition)
        } catch {
            throw TestFailure("\(error)\n\(daemon.logTail)\n\(dovecot.log)")
        }
    }

    /// Whether the daemon says that it has read the mailbox to its end.
    func waitForSuccess() async throws {
        try await wait("the mailbox is read", within: .seconds(30)) {
            let isPolled = try await daemon.get("/readyz").contains("\"state\":\"polled\"")
            let figures = try await daemon.get("/metrics")
            return isPolled && figures.contains("brevdue_mailbox_success_age_seconds{account=\"salg\"")
        }
    }
}
