import Foundation
import Subprocess
import TestSupport
import Testing

/// `mailboxes` of the configuration: each bad value tells what is wrong, and where.
@Suite("Settings of mailboxes", .serialized)
struct MailboxSettingsTests {
    struct Fault: Sendable, CustomTestStringConvertible {
        var text: String
        var complaint: String
        var testDescription: String { complaint }

        /// Lines of the first mailbox.
        init(_ lines: String..., complaint: String) {
            text =
                "mailboxes:\n"
                + lines.enumerated().map { ($0.offset == 0 ? "  - " : "    ") + $0.element + "\n" }.joined()
            self.complaint = complaint
        }

        init(text: String, complaint: String) {
            self.text = text
            self.complaint = complaint
        }
    }

    private static let place = "url: imaps://imap.example"
    private static let whole = [place, "user: salg", "password: p"]

    private static func with(_ line: String, _ complaint: String) -> Fault {
        Fault(whole[0], whole[1], whole[2], line, complaint: complaint)
    }

    private static func oauth(_ lines: String, _ complaint: String) -> Fault {
        Fault(place, "user: salg", "oauth2: {\(lines)}", complaint: complaint)
    }

    static let faults = [
        Fault(text: "mailboxes: imap.example\n", complaint: "brevdue.yaml:1:12: mailboxes: expected a list"),
        Fault(text: "mailboxes:\n  - imap.example\n", complaint: "brevdue.yaml:2:5: mailboxes[1]: expected keys"),
        Fault("user: salg", "password: p", complaint: "brevdue.yaml:2:5: mailboxes[1].url: is missing"),
        Fault(place, "password: p", complaint: "brevdue.yaml:2:5: mailboxes[1].user: is missing"),
        Fault(place, "user: salg", complaint: "mailboxes[1].password: expected password, password_file or oauth2"),
        Fault(
            "url: pop3://imap.example", "user: salg", "password: p",
            complaint: "brevdue.yaml:2:10: mailboxes[1].url: \"pop3://imap.example\": expected imaps://HOST[:PORT]"),
        Fault("url: imaps://salg@imap.example", "user: salg", "password: p", complaint: "expected imaps://HOST"),
        Fault("url: imaps://imap.example/INBOX", "user: salg", "password: p", complaint: "expected imaps://HOST"),
        Fault("url: imaps://imap.example:99999", "user: salg", "password: p", complaint: "expected imaps://HOST"),
        with("uzer: x", "brevdue.yaml:5:5: mailboxes[1].uzer: unknown key"),
        with("fodler: x", "did you mean folder?"),
        with("poll: 0", "brevdue.yaml:5:11: mailboxes[1].poll: \"0\": expected a whole number from 1 to 86400"),
        with("poll: often", "expected a whole number from 1 to 86400"),
        with("poll: [60]", "mailboxes[1].poll: expected one value"),
        with("since: 2026-13-01", "mailboxes[1].since: \"2026-13-01\": expected a day such as 2026-01-31"),
        with("since: 2026-02-30", "expected a day such as 2026-01-31"),
        with("since: yesterday", "expected a day such as 2026-01-31"),
        with(
            "after: delete",
            "mailboxes[1].after: \"delete\": expected leave, seen, keyword, keyword:NAME or move:FOLDER"),
        with("after: 'keyword:a b'", "expected leave, seen, keyword"),
        with("after: 'keyword:\\Seen'", "expected leave, seen, keyword"),
        with("after: move", "expected leave, seen, keyword"),
        with("mechanism: xoauth2", "mailboxes[1].mechanism: \"xoauth2\": expected one of login, plain"),
        with("password_file: /nonexistent", "mailboxes[1].password: expected password or password_file, not both"),
        with(
            "oauth2: {token_url: 'https://t.example', client_id: a, client_secret: b}", "expected a password or oauth2"),
        Fault(
            place, "user: salg", "password_file: /nonexistent",
            complaint: "brevdue.yaml:4:20: mailboxes[1].password_file: cannot read the file /nonexistent"),
        oauth("client_id: a, client_secret: b", "mailboxes[1].oauth2.token_url: is missing"),
        oauth("token_url: 'http://t.example/token', client_id: a, client_secret: b", "expected https://HOST/PATH"),
        oauth("token_url: 'https://t.example/token', client_secret: b", "mailboxes[1].oauth2.client_id: is missing"),
        oauth("token_url: 'https://t.example/token', client_id: a", "mailboxes[1].oauth2.refresh_token: expected"),
        oauth("token_url: 'https://t.example/token', client: a", "mailboxes[1].oauth2.client: unknown key"),
        Fault(
            text: "mailboxes:\n  - {url: 'imaps://a.example', user: u, password: p}\n"
                + "  - {url: 'imaps://a.example', user: u, password: q}\n",
            complaint: "mailboxes[2].name: another mailbox has the name u@a.example and the folder INBOX"),
    ]

    @Test("A bad value is refused with the place, the key and what is expected", arguments: faults)
    func refused(_ fault: Fault) async throws {
        let folder = try Repository.temporaryFolder("settings")
        defer { try? FileManager.default.removeItem(atPath: folder) }
        try Data(fault.text.utf8).write(to: URL(filePath: folder + "/brevdue.yaml"))
        let daemon = try TestDaemon(directory: folder)
        let (status, _, complaint) = try await daemon.outcome(of: ["mailboxes", "list"])
        #expect(status == .exited(2))
        #expect(complaint.contains(fault.complaint), "\(complaint)")
        #expect(!FileManager.default.fileExists(atPath: daemon.data), "nothing is begun with such settings")
    }

    @Test("What is right is taken, and commands tell of mailboxes that nobody has read", .timeLimit(.minutes(1)))
    func taken() async throws {
        let folder = try Repository.temporaryFolder("settings")
        defer { try? FileManager.default.removeItem(atPath: folder) }
        try Data("hemmelig\n".utf8).write(to: URL(filePath: folder + "/secret"))
        let text = """
            mailboxes:
              - {url: "imaps://[::1]:9993", user: salg, password_file: \(folder)/secret, mechanism: LOGIN, folder: Salg/Nye}
              - name: post
                url: imap://imap.example
                user: post@fjordtek.example
                since: 2026-02-28
                after: keyword:$Filed
                poll: 86400
                oauth2: {token_url: "http://localhost:9/token", client_id: a, client_secret_file: \(folder)/secret}

            """
        try Data(text.utf8).write(to: URL(filePath: folder + "/brevdue.yaml"))
        let daemon = try TestDaemon(directory: folder, extra: ["BREVDUE_SMTP_LISTEN": "127.0.0.1:0"])
        _ = try await daemon.command("migrate")
        let lines = try await daemon.command("mailboxes", "list").split(separator: "\n")
        #expect(
            lines.map { $0.split(separator: "\t").prefix(3) } == [
                ["salg@::1", "Salg/Nye", "unknown"], ["post", "INBOX", "unknown"],
            ])
        #expect(try await daemon.command("mailboxes", "faults") == "")
        for words in [["retry", "post", "7"], ["retry", "post", "all"]] {
            let (status, _, complaint) = try await daemon.outcome(of: ["mailboxes"] + words)
            #expect(status == .exited(1) && complaint.contains("of post is set aside or waits"), "\(complaint)")
        }
        #expect(try await daemon.outcome(of: ["mailboxes", "retry", "post", "x"]).status == .exited(2))
    }
}
