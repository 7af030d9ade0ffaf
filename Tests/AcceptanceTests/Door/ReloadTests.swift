import Foundation
import TestSupport
import Testing

/// The configuration that is edited while the daemon runs.
@Suite("A configuration that is edited")
struct ReloadTests {
    @Test(
        "48: SIGHUP takes it up for new sessions, running ones keep theirs; with a fault nothing changes and that is told",
        .timeLimit(.minutes(1)))
    func reload() async throws {
        let folder = try Repository.temporaryFolder("reload")
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let recipients = folder + "/recipients"
        let write = { @Sendable (limit: String, addresses: String) in
            try "smtp:\n  size_limit: \(limit)\n".write(
                toFile: folder + "/brevdue.yaml", atomically: true, encoding: .utf8)
            try addresses.write(toFile: recipients, atomically: true, encoding: .utf8)
        }
        try write("100 KiB", "leads@fjordtek.example")
        let daemon = try TestDaemon(directory: folder, extra: ["BREVDUE_SMTP_RECIPIENTS_FILE": recipients])
        try await daemon.run { running in
            let old = try Wire(port: daemon.smtpPort)
            #expect(old.open())
            // What a session is held to: the size it takes, and whether it knows the new mailbox.
            let isNew = { (wire: Wire) in
                let size = wire.command("MAIL FROM:<> SIZE=200000").prefix(3)
                if size != "250" { _ = wire.command("MAIL FROM:<>") }
                let mailbox = wire.command("RCPT TO:<salg@fjordtek.example>").prefix(3)
                _ = wire.command("RSET")
                return [size, mailbox].map(String.init)
            }
            #expect(isNew(old) == ["552", "550"])

            try write("300 KiB", "leads@fjordtek.example,salg@fjordtek.example")
            running.signal(SIGHUP)
            try await until("it is read") { daemon.logText.contains("the configuration was read again") }
            #expect(isNew(old) == ["552", "550"])
            let new = try Wire(port: daemon.smtpPort)
            #expect(new.open() && isNew(new) == ["250", "250"])

            // All of it or nothing, although the recipients by themselves are right.
            for (limit, addresses, fault) in [
                ("huge", "leads@fjordtek.example", "brevdue.yaml:2:"),
                ("100 KiB", "salg@fjordtek.example", "answers to our mails go to leads@fjordtek.example"),
            ] {
                try write(limit, addresses)
                running.signal(SIGHUP)
                try await until("the fault is told") { daemon.logText.contains(fault) }
                let wire = try Wire(port: daemon.smtpPort)
                #expect(wire.open() && isNew(wire) == ["250", "250"])
            }
            #expect(daemon.logText.components(separatedBy: "the one before stays in use").count == 3)
        }
    }
}
