import Foundation
import Postgres
import Subprocess
import SystemPackage
import TestSupport
import Testing

@Suite("Commands")
struct CommandTests {
    private func run(
        _ words: [String], environment: [Environment.Key: String?] = [:], input: String = ""
    ) async throws -> (status: TerminationStatus, output: String, complaint: String) {
        let result = try await Subprocess.run(
            .path(FilePath(Repository.executable)), arguments: Arguments(words),
            environment: .inherit.updating(environment),
            workingDirectory: FilePath(Repository.root), input: .string(input), output: .string(limit: 4 << 20),
            error: .string(limit: 1 << 20))
        return (result.terminationStatus, result.standardOutput, result.standardError)
    }

    struct Refusal: Sendable, CustomTestStringConvertible {
        var words: [String]
        var environment: [String: String] = [:]
        var status: Int32
        var complaint: String
        var testDescription: String { complaint }
    }

    @Test(
        "wrong usage and configuration end with 2 and say what is expected",
        arguments: [
            Refusal(words: ["fly"], status: 2, complaint: "Unexpected argument"),
            Refusal(words: ["serve", "--config", "/nonexistent.yaml"], status: 2, complaint: "/nonexistent.yaml"),
            Refusal(
                words: ["serve"], environment: ["BREVDUE_SMTP_LISTEN": "here"], status: 2,
                complaint: "smtp.listen: \"here\": expected HOST:PORT"),
            Refusal(
                words: ["serve"], environment: ["BREVDUE_SMTP_LISTENS": "x"], status: 2,
                complaint: "did you mean BREVDUE_SMTP_LISTEN?"),
            Refusal(
                words: ["serve"], environment: ["BREVDUE_SMTP_SIZE_LIMIT": "huge"], status: 2,
                complaint: "a size such as 50 MiB"),
            Refusal(
                words: ["serve"], environment: ["BREVDUE_SMTP_OWN_NETWORKS": "300.0.0.1"], status: 2,
                complaint: "expected a network such as 127.0.0.0/8"),
            Refusal(
                words: ["serve"], environment: ["BREVDUE_SMTP_TLS_CERTIFICATE": "/etc/mail.pem"], status: 2,
                complaint: "smtp.tls.key: 0 keys for 1 certificates"),
            Refusal(
                words: ["serve"], environment: ["BREVDUE_SMTP_SUBMISSION_LISTEN": "127.0.0.1:0"], status: 2,
                complaint: "smtp.submission.listen: needs smtp.tls.certificate"),
            Refusal(
                words: ["serve"], environment: ["BREVDUE_SMTP_VOUCHING_CA": "/etc/ca.pem"], status: 2,
                complaint: "smtp.vouching_ca: needs smtp.tls.certificate"),
            Refusal(
                words: ["serve"], environment: ["BREVDUE_SMTP_STOP_SECONDS": "9"], status: 2,
                complaint: "smtp.stop_seconds: \"9\": expected a whole number from 0 to 8"),
            Refusal(
                words: ["serve"], environment: ["BREVDUE_SMTP_VOUCHING_ID": "mx.example"], status: 2,
                complaint: "expected both or neither"),
            Refusal(
                words: ["serve"], environment: ["BREVDUE_RULES_DIRECTORY": "/nonexistent"], status: 2,
                complaint: "there is no such folder of rules"),
            Refusal(words: ["parse", "/nonexistent.eml"], status: 1, complaint: "/nonexistent.eml: cannot be read"),
            Refusal(words: ["parse"], status: 2, complaint: "no mail files"),
            Refusal(
                words: ["quote", "--files-from", "/nonexistent"], status: 2, complaint: "--files-from /nonexistent:"),
            Refusal(words: ["parse", "--own-cvr", "12345678", "x"], status: 2, complaint: "not a CVR number"),
            Refusal(
                words: ["user", "add", "--email", "a@b.example", "--name", "A", "--role", "king"], status: 2,
                complaint: "expected admin"),
        ])
    func refusals(_ fixture: Refusal) async throws {
        let environment = Dictionary(
            uniqueKeysWithValues: fixture.environment.map {
                (Environment.Key(stringLiteral: $0.key), String?.some($0.value))
            })
        let result = try await run(fixture.words, environment: environment)
        #expect(result.status == .exited(fixture.status))
        #expect(result.complaint.contains(fixture.complaint), "\(result.complaint)")
    }

    @Test("an unknown key of the file is said with its line and the key that was meant")
    func unknownKey() async throws {
        let folder = try Repository.temporaryFolder("config")
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let path = folder + "/brevdue.yaml"
        try "smtp:\n  lisen: 127.0.0.1:25\n".write(toFile: path, atomically: true, encoding: .utf8)
        let result = try await run(["serve", "--config", path])
        #expect(result.status == .exited(2))
        #expect(result.complaint.contains("\(path):2:") && result.complaint.contains("did you mean smtp.listen?"))
    }

    @Test(
        "every command has a help",
        arguments: [
            [], ["serve"], ["parse"], ["quote"], ["deliver"], ["rules", "check"], ["migrate"], ["user", "add"],
            ["user", "list"], ["user", "disable"], ["user", "app-password", "add"], ["user", "app-password", "list"],
            ["user", "app-password", "revoke"],
            ["token", "create"],
            ["outbox", "list"], ["outbox", "show"], ["outbox", "suppressed"], ["outbox", "release"], ["doctor"],
            ["dkim", "create"], ["dkim", "list"], ["outbox", "retry"], ["outbox", "hold"], ["outbox", "drop"],
            ["jobs", "dead"], ["jobs", "retry"],
        ])
    func help(_ words: [String]) async throws {
        let result = try await run(words + ["--help"])
        #expect(result.status.isSuccess && result.output.contains("USAGE: brevdue"))
    }

    @Test("parse prints an object a line in the order of the files, and goes on behind one that is no mail")
    func parse() async throws {
        let fixture = Repository.fixtures + "/outlook-da-invoices.eml"
        let result = try await run(["parse", "--json", "/dev/null", "-", fixture], input: "From: a@b.example\n\nHej")
        let lines = result.output.split(separator: "\n")
        #expect(result.status == .exited(1) && lines.count == 3)
        #expect(
            lines[0].contains("\"error\"") && lines[1].contains("\"a@b.example\"") && lines[2].contains("\"91430525\""))
    }

    @Test("parse reads the files of a list behind those that are named")
    func list() async throws {
        let names = ["outlook-da-invoices", "evidence-text-en"].map { Repository.fixtures + "/\($0).eml" }
        let result = try await run(
            ["parse", "--json", "--files-from", "-", names[0]], input: names.joined(separator: "\n") + "\n")
        let lines = result.output.split(separator: "\n")
        #expect(result.status.isSuccess && lines.count == 3)
        #expect(lines[0] == lines[1] && lines[2].contains("\"\(names[1])\""))
    }

    @Test("quote prints a subject and a text without a reference to a lead that is none")
    func quote() async throws {
        let fixture = Repository.fixtures + "/outlook-da-invoices.eml"
        let result = try await run(["quote", fixture])
        let lines = result.output.split(separator: "\n")
        #expect(result.status.isSuccess && lines.count > 50)
        #expect(lines[1].hasSuffix("101.250 kr. + 5.012 kr./md."))
        #expect(!result.output.contains("[-]"))
    }

    @Test("faults of rules are told in JSON where asked, from the folder that the configuration names")
    func faultyRules() async throws {
        let folder = try Repository.temporaryFolder("faulty")
        defer { try? FileManager.default.removeItem(atPath: folder) }
        try FileManager.default.copyItem(atPath: Repository.rules, toPath: folder + "/rules")
        let path = folder + "/rules/pricing.yaml"
        let text = try String(contentsOfFile: path, encoding: .utf8).replacing(
            "vat_percent: 25", with: "vat_percent: 250")
        try text.write(toFile: path, atomically: true, encoding: .utf8)
        try "rules: {directory: \(folder)/rules}\n".write(
            toFile: folder + "/brevdue.yaml", atomically: true, encoding: .utf8)
        let result = try await run(["rules", "check", "--json", "--config", folder + "/brevdue.yaml"])
        #expect(result.status == .exited(2) && result.complaint.contains("the rules cannot be used"))
        struct Answer: Decodable {
            struct Place: Decodable, Equatable {
                var file: String
                var line: Int
                var column: Int
                var message: String
            }
            var faults: [Place]
        }
        let answer = try JSONDecoder().decode(Answer.self, from: Data(result.output.utf8))
        let line =
            text.split(separator: "\n", omittingEmptySubsequences: false).firstIndex { $0.contains(": 250") } ?? -1
        #expect(
            answer.faults == [
                .init(
                    file: "pricing.yaml", line: line + 1, column: 16,
                    message: "vat_percent: expected a whole number from 0 to 100")
            ])
    }

    @Test("the rules of the repository are right, and their check says so")
    func rules() async throws {
        let result = try await run(["rules", "check", "rules"])
        #expect(result.status.isSuccess && result.output.contains("services"))
    }

    @Test(
        "a mail delivered by command comes from whom it says, and is answered like one that was received",
        .timeLimit(.minutes(2)))
    func deliver() async throws {
        let folder = try Repository.temporaryFolder("deliver")
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let daemon = try TestDaemon(directory: folder)
        let file = Repository.root + "/fixtures/demo/1-outlook-da.eml"
        try await daemon.run { _ in
            let first = try await daemon.command("deliver", file)
            #expect(first.hasPrefix("\(file): stored as message "))
            let second = try await daemon.command("deliver", file)
            #expect(second.hasPrefix("\(file): already there as message "))
            let third = try await daemon.command("deliver", "--json", file)
            #expect(third.contains("\"duplicate\":true") && third.contains("\"message\":"), "\(third)")
            #expect(try await daemon.command("migrate", "--json") == "[]")
            let rules = try await daemon.command("rules", "check", "--json")
            #expect(rules.contains("\"rule_set\":\"") && rules.contains("\"services\":"), "\(rules)")
            let pool = daemon.pool()
            defer { pool.close() }
            let recipients = try await eventually("the answer") {
                try await pool.query("SELECT recipient FROM brevdue.outbox").first?.decode(String.self)
            }
            #expect(recipients == "jh@fjordtek.example")
        }
    }
}
