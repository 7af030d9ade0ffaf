import Foundation
import Mail
import Postgres
import SMTPClient
import TestSupport
import Testing

/// A CPR number in every place of a mail, and each way on which something leaves the house.
@Suite("CPR numbers at each way out", .serialized)
struct PersonalNumberTests {
    private static let serial = "1302"
    private static let mail = """
        From: Jonas Holm <jh@fjordtek.example>
        To: leads@fjordtek.example
        Subject: VS: Adgang til 131284-1302
        Date: Tue, 24 Nov 2026 08:52:11 +0100
        Message-ID: <cpr.1@fjordtek.example>
        MIME-Version: 1.0
        Content-Type: multipart/mixed; boundary=del

        --del
        Content-Type: text/plain; charset=utf-8

        Hun hedder Mette og har CPR 1312841302.

        Fra: Mette Lyngholm 131284-1302 <mly@vestklit.example>
        Sendt: 23. november 2026 14:37
        Til: Jonas Holm <jh@fjordtek.example>
        Emne: Adgang til 131284-1302

        Hej Jonas

        Vi modtager omkring 900 leverandørfakturaer om måneden fra 131284-1302, og vi er 12 brugere.
        Send et tilbud senest den 4. december til 13 12 84-1302, budgettet for 131284 - 1302 er 150.000 kr.

        Venlig hilsen
        Mette Lyngholm, økonomichef, 131284-1302
        Vestklit Emballage A/S, CVR-nr. 91430525

        Den 20. november 2026 skrev Mette <mly@vestklit.example>:
        > Mit CPR-nr. er 131284
        > 1302 eller 131284-1302.
        --del
        Content-Type: text/plain; name="ansat 131284-1302.txt"
        Content-Disposition: attachment; filename="ansat 131284-1302.txt"

        Ansat
        --del--

        """.replacing("\n", with: "\r\n").replacing("131284\r\n> 1302", with: "131284-\r\n> 1302")

    /// `isThere`: what stands before the hidden digits is shown.
    private static func check(_ text: String, _ place: String, isThere: Bool = true) {
        let (isShown, isHidden) = (text.contains(serial), text.contains("131284"))
        #expect(!isShown, "\(place)")
        if isThere { #expect(isHidden, "\(place)") }
    }

    @Test("mail, API, commands and the daemon's log show none", .timeLimit(.minutes(2)))
    func hidden() async throws {
        // What the daemon logs is looked at too; so is what a parse prints.
        try await Desk.open("cpr", extra: ["BREVDUE_LOG_LEVEL": "debug"]) { desk in
            let outcome = try await desk.daemon.send(Array(Self.mail.utf8))
            guard case .accepted = outcome else { throw TestFailure("the forward was not accepted") }
            try await desk.settle()
            for path in [
                "/v1/messages", "/v1/messages/1", "/v1/companies/91430525/timeline", "/v1/leads", "/v1/leads/1",
                "/v1/leads/1/quotes", "/v1/leads/1/recommendations", "/v1/outbox", "/v1/companies",
            ] {
                let answer = try await desk.daemon.get(path, token: desk.token)
                Self.check(answer, path, isThere: path.hasPrefix("/v1/messages"))
            }
            for mail in try await desk.summaries(1) { Self.check(mail.subject + mail.text, "the summary") }
            for row in try await desk.pool.query("SELECT octets FROM brevdue.outbox") {
                let octets = try row.decode([UInt8].self)
                Self.check(String(decoding: octets, as: UTF8.self), "an outgoing mail", isThere: false)
            }
            let file = desk.daemon.directory + "/mail.eml"
            try Data(Self.mail.utf8).write(to: URL(filePath: file))
            let reading = ["--own-domain", "fjordtek.example", "--rules", Repository.rules, file]
            for words in [
                ["parse", "--json"] + reading, ["parse"] + reading, ["quote", "--json"] + reading, ["quote"] + reading,
                ["outbox", "show", "1"], ["outbox", "show", "--json", "1"],
            ] {
                let output = try await desk.daemon.command(words)
                Self.check(output, words.joined(separator: " "), isThere: words[0] == "parse")
            }
            let raw = try await desk.daemon.get("/v1/messages/1/raw", token: desk.token)
            #expect(raw == Self.mail, "raw octets stay what they are")
            let log = desk.daemon.logText
            Self.check(log, "the log", isThere: false)
        }
    }

    @Test("a log line that quotes one hides it", .timeLimit(.minutes(1)))
    func log() async throws {
        let folder = try Repository.temporaryFolder("cprlog")
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let daemon = try TestDaemon(
            directory: folder, extra: ["BREVDUE_DATABASE_URL": "host=/nowhere/131284-1302 port=5432 dbname=x"])
        _ = try? await daemon.run(waitUntilReady: false) { running in
            try await until("it complains", within: .seconds(20)) {
                !running.isAlive || daemon.logText.contains("131284")
            }
        }
        Self.check(daemon.logText, "the log")
    }
}
