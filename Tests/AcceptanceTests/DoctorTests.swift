import Foundation
import Subprocess
import TestSupport
import Testing

/// `brevdue doctor` against a real name server, relay, database and certificate.
@Suite("Doctor", .serialized)
struct DoctorTests {
    struct Finding: Decodable {
        var check: String
        var status: String
        var text: String
        var remedy: String?
    }

    private struct Published: Decodable { var zoneLine: String }

    private static var decoder: JSONDecoder {
        let decoder = JSONDecoder()
        decoder.keyDecodingStrategy = .convertFromSnakeCase
        return decoder
    }

    static func examine(_ daemon: TestDaemon) async throws -> (status: TerminationStatus, findings: [Finding]) {
        let (status, output, _) = try await daemon.outcome(of: ["doctor", "--json"])
        return (
            status, try output.split(separator: "\n").map { try decoder.decode(Finding.self, from: Data($0.utf8)) }
        )
    }

    private struct Place: Sendable {
        let folder: String
        let daemon: TestDaemon
        let dnsPort: Int
        let sink: SMTPSink

        func examine() async throws -> (status: TerminationStatus, findings: [Finding]) {
            try await DoctorTests.examine(daemon)
        }

        func withNameServer(_ zone: String, _ body: @Sendable () async throws -> Void) async throws {
            try await NameServer.run(folder: folder + "/nsd", zones: ["fjordtek.example": zone], port: dnsPort) { _ in
                try await body()
            }
        }
    }

    private static func place(
        _ name: String, days: Int, _ body: @Sendable (Place) async throws -> Void
    ) async throws {
        let folder = try Repository.temporaryFolder(name)
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let own = try await TLSAuthority(folder: folder + "/tls").issue(for: "brevdue.example", days: days)
        let dnsPort = try Repository.freePort()
        let sink = try SMTPSink(folder: folder + "/sink")
        let daemon = try TestDaemon(
            directory: folder,
            extra: [
                "BREVDUE_SMTP_TLS_CERTIFICATE": own.certificate, "BREVDUE_SMTP_TLS_KEY": own.key,
                "BREVDUE_DNS_SERVERS": "127.0.0.1:\(dnsPort)", "BREVDUE_RELAY_URL": "smtp://127.0.0.1:\(sink.port)",
            ])
        try await body(Place(folder: folder, daemon: daemon, dnsPort: dnsPort, sink: sink))
    }

    @Test("where all is well it ends with 0, and nothing but the clock may be worth a word", .timeLimit(.minutes(2)))
    func well() async throws {
        try await Self.place("doctor-well", days: 90) { place in
            let created = try await place.daemon.command("dkim", "create", "--json")
            let key = try Self.decoder.decode(Published.self, from: Data(created.utf8)).zoneLine
            let zone = """
                @ MX 10 brevdue.example.
                @ TXT "v=spf1 ip4:127.0.0.1 -all"
                _dmarc TXT "v=DMARC1; p=reject"
                \(key)
                """
            try await place.sink.run {
                try await place.withNameServer(zone) {
                    let (status, findings) = try await place.examine()
                    #expect(status == .exited(0))
                    let checks = [
                        "rules", "disk", "clock", "attachments", "certificate", "database", "mx", "spf", "dmarc",
                        "dkim", "relay",
                    ]
                    #expect(findings.map(\.check) == checks)
                    #expect(findings.allSatisfy { $0.status == "ok" || $0.check == "clock" }, "\(findings)")
                }
            }
        }
    }

    @Test("every fault is said with what to do, and the exit status is 1", .timeLimit(.minutes(2)))
    func faults() async throws {
        try await Self.place("doctor-faults", days: 2) { place in
            _ = try await place.daemon.command("dkim", "create")
            // No sink runs, so that nobody answers as the relay.
            try await place.withNameServer("@ TXT \"v=spf1 -all\"\n@ TXT \"v=spf1 ~all\"\n") {
                let (status, findings) = try await place.examine()
                #expect(status == .exited(1))
                let problems = findings.filter { $0.status == "problem" }
                #expect(problems.map(\.check) == ["certificate", "spf", "dmarc", "dkim", "relay"], "\(findings)")
                #expect(problems.allSatisfy { $0.remedy != nil })
                #expect(findings.contains { $0.check == "mx" && $0.status == "warning" })
            }
            let (status, findings) = try await place.examine()
            #expect(status == .exited(1) && findings.contains { $0.check == "dns" && $0.status == "problem" })
        }
    }
}
