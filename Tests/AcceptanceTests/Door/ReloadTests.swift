import Foundation
import TestSupport
import Testing

/// The configuration that is edited while the daemon runs.
@Suite("A configuration that is edited", .serialized)
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

    private static func encrypted(_ files: (certificate: String, key: String)) -> String {
        "smtp:\n  tls: {certificate: '\(files.certificate)', key: '\(files.key)'}\n"
    }

    @Test(
        "what the start would find fault with, SIGHUP does too; certificates at other paths wait for the next start",
        .timeLimit(.minutes(2)))
    func checks() async throws {
        let folder = try Repository.temporaryFolder("reload-checks")
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let authority = try await TLSAuthority(folder: folder + "/tls")
        let old = try await authority.issue(for: "old.example")
        let new = try await authority.issue(for: "new.example")
        let start = Self.encrypted(old)
        let edited = try EditedDaemon(folder: folder, yaml: start)
        try await edited.daemon.run { running in
            let expectFault = { (fault: String, yaml: String, rules: String) in
                try edited.write(yaml, rules: rules)
                let line = try await edited.read(running, until: "the one before stays in use")
                #expect(line.contains(fault))
                #expect(try edited.takesSecond() == false, "\(fault)")
            }
            for (fault, yaml) in [
                ("identity.cvr", start + "identity: {cvr: ['123']}\n"),
                ("a user needs a password", start + "relay: {url: 'smtp://127.0.0.1:9', user: jh}\n"),
                ("none.crt", Self.encrypted(("none.crt", "none.key"))),
                ("the key does not belong to the certificate", Self.encrypted((new.certificate, old.key))),
                ("none.pem", start + "  vouching_networks: 192.0.2.1\n  vouching_id: mx\n  vouching_ca: none.pem\n"),
            ] {
                try await expectFault(fault, yaml, Repository.rules)
            }
            try await expectFault("there is no such folder of rules", start, "none")
            try "nonsense".write(toFile: old.certificate, atomically: true, encoding: .utf8)
            try await expectFault("old.example.crt", start, Repository.rules)

            // The files before are gone, and nobody needs them any more.
            for file in [old.certificate, old.key] { try FileManager.default.removeItem(atPath: file) }
            try edited.write(Self.encrypted(new))
            let later = try await edited.read(running, until: "taken up at the next start")
            #expect(later.contains("smtp.tls.certificate") && later.contains("smtp.tls.key"))
            #expect(try edited.takesSecond())
        }
    }

    @Test(
        "recipients and limits that change together with who we are or whose word counts wait for the next start",
        .timeLimit(.minutes(2)))
    func together() async throws {
        let folder = try Repository.temporaryFolder("reload-together")
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let (rules, company) = (folder + "/rules", folder + "/rules/company.yaml")
        try FileManager.default.copyItem(atPath: Repository.rules, toPath: rules)
        let text = try String(contentsOfFile: company, encoding: .utf8)
        let otherText = text.replacing("domains: [fjordtek.example]", with: "domains: [fjordtek.example, b.example]")
        #expect(otherText != text)
        let edited = try EditedDaemon(folder: folder, rules: rules)
        try await edited.daemon.run { running in
            for (key, yaml, company) in [
                ("identity.domains", "identity: {domains: [fjordtek.example, b.example]}", text),
                ("identity.people", "identity: {people: [jh@fjordtek.example]}", text),
                ("smtp.trusted_forwarders", "smtp: {trusted_forwarders: b.example, size_limit: 100 KiB}", text),
                ("smtp.vouching_id", "smtp: {vouching_networks: 192.0.2.1, vouching_id: mx.example}", text),
                ("company.yaml", "", otherText),
            ] {
                try company.write(toFile: rules + "/company.yaml", atomically: true, encoding: .utf8)
                try edited.write(yaml, rules: rules)
                let line = try await edited.read(running, until: "a new start is needed")
                #expect(line.contains(key))
                #expect(try edited.takesSecond() == false, "\(key)")
                #expect(try edited.answerToSize() == "250", "\(key)")
            }
            // Rules are taken up by themselves, whatever is wrong with the configuration.
            let taken = { edited.lines("new rules are in use").count }
            try await until("the other company is in use") { taken() == 1 }
            try text.write(toFile: company, atomically: true, encoding: .utf8)
            try edited.write("log: {level: loud}", rules: rules)
            _ = try await edited.read(running, until: "the one before stays in use")
            try await until("the company before is in use") { taken() == 2 }
            // Without the changes beside them nothing is in the way of the recipients any more.
            let mailboxes = "mailboxes: [{name: salg, url: 'imaps://127.0.0.1:9', user: salg, password: hemmelig}]"
            try edited.write(mailboxes, rules: rules)
            let later = try await edited.read(running, until: "taken up at the next start")
            #expect(later.contains("mailboxes") && !later.contains("hemmelig"))
            #expect(try edited.takesSecond())
        }
    }
}
