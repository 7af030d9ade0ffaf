import Foundation
import TestSupport
import Testing

/// A daemon whose configuration is edited while it runs.
struct EditedDaemon {
    static let both = "leads@fjordtek.example,salg@fjordtek.example"

    let folder: String
    let daemon: TestDaemon

    /// Begins with one recipient.
    init(folder: String, yaml: String = "", rules: String = Repository.rules) throws {
        self.folder = folder
        daemon = try TestDaemon(
            directory: folder,
            extra: [
                "BREVDUE_SMTP_RECIPIENTS_FILE": folder + "/recipients",
                "BREVDUE_RULES_DIRECTORY_FILE": folder + "/rules-directory",
            ])
        try write(yaml, recipients: "leads@fjordtek.example", rules: rules)
    }

    func write(_ yaml: String, recipients: String = Self.both, rules: String = Repository.rules) throws {
        for (text, name) in [(yaml, "brevdue.yaml"), (recipients, "recipients"), (rules, "rules-directory")] {
            try text.write(toFile: "\(folder)/\(name)", atomically: true, encoding: .utf8)
        }
    }

    /// Lines of the log with the words.
    func lines(_ words: String) -> [Substring] {
        daemon.logText.split(separator: "\n").filter { $0.contains(words) }
    }

    /// Has the configuration read again and gives back the one line more with the words.
    func read(_ running: TestDaemon.Running, until words: String) async throws -> Substring {
        let before = lines(words).count
        running.signal(SIGHUP)
        try await until("\"\(words)\" is logged", within: .seconds(10)) { lines(words).count > before }
        return try #require(lines(words).last)
    }

    /// Whether a session that begins now may write to the second recipient.
    func takesSecond() throws -> Bool {
        let wire = try Wire(port: daemon.smtpPort)
        return wire.open() && wire.begin(to: ["salg@fjordtek.example"]).hasPrefix("354")
    }

    /// What a session that begins now says to a message of 200,000 octets.
    func answerToSize() throws -> String {
        let wire = try Wire(port: daemon.smtpPort)
        #expect(wire.open())
        return String(wire.command("MAIL FROM:<> SIZE=200000").prefix(3))
    }
}
