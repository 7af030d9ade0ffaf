import Foundation
import SMTPServer
import Testing

/// Programs that others wrote, against the real server.
@Suite("Real peers", .timeLimit(.minutes(2)))
struct PeerTests {
    @Test("40: swaks logs in and sends", arguments: ["PLAIN", "LOGIN"])
    func swaks(_ mechanism: String) async throws {
        let inbox = try await withServer { running, _ in
            let result = try await Program.run(
                "/usr/bin/swaks",
                [
                    "--server", "127.0.0.1", "--port", "\(running.port)", "--tls", "--auth", mechanism, "--auth-user",
                    "salg",
                    "--auth-password", "hemmelig", "--from", "salg@fjordtek.example", "--to", "leads@fjordtek.example",
                ])
            #expect(result.status == 0, "\(result.output)")
            let wrong = try await Program.run(
                "/usr/bin/swaks",
                [
                    "--server", "127.0.0.1", "--port", "\(running.port)", "--tls", "--auth", mechanism, "--auth-user",
                    "salg",
                    "--auth-password", "forkert", "--to", "leads@fjordtek.example",
                ])
            #expect(wrong.status == 28 && wrong.output.contains("535 5.7.8"), "\(wrong.output)")
        }
        #expect(inbox.kept.map(\.session.authenticatedUser) == ["salg"])
        #expect(inbox.kept.map(\.session.with) == ["ESMTPSA"])
    }

    @Test("40: gsasl logs in by SCRAM, with either of two app passwords", arguments: ["hemmelig", "anden", "forkert"])
    func gsasl(_ password: String) async throws {
        _ = try await withServer { running, certificates in
            let result = try await Program.run(
                "/usr/bin/gsasl",
                [
                    "--client", "--smtp", "--connect", "localhost:\(running.port)", "--mechanism", "SCRAM-SHA-256",
                    "--authentication-id", "salg", "--password", password, "--starttls", "--x509-ca-file",
                    certificates.files[0].chain, "--no-cb",
                ], input: "QUIT\r\n")
            #expect(result.output.contains("235 2.7.0") == (password != "forkert"), "\(result.output)")
        }
    }

    @Test(
        "36: a TLS session is resumed by its ticket, where certificates of clients are asked for too",
        arguments: ["-tls1_2", "-tls1_3"], [[], ["127.0.0.0/8"]])
    func resumption(_ version: String, _ clientNetworks: [String]) async throws {
        _ = try await withServer(clientNetworks: clientNetworks) { running, certificates in
            let ticket = "\(certificates.folder)/ticket"
            let connect = [
                "s_client", "-connect", "127.0.0.1:\(running.port)", "-starttls", "smtp", version, "-crlf",
                "-ign_eof",
            ]
            _ = try await Program.run("/usr/bin/openssl", connect + ["-sess_out", ticket], input: "NOOP\nQUIT\n")
            let again = try await Program.run(
                "/usr/bin/openssl", connect + ["-sess_in", ticket], input: "NOOP\nQUIT\n")
            #expect(again.output.contains("Reused, TLS"), "\(again.output)")
        }
    }

    private func withServer(
        clientNetworks: [String] = [],
        _ body: @Sendable @escaping (RunningServer, TestCertificates) async throws -> Void
    ) async throws -> Inbox {
        let certificates = try await TestCertificates.make(["localhost"], clientNetworks: clientNetworks)
        defer { certificates.remove() }
        let inbox = Inbox()
        try await RunningServer.run(
            inbox, listener: SMTPListener(address: "127.0.0.1:0"), certificates: certificates,
            authenticator: Keeper(passwords: ["hemmelig", "anden"])
        ) { try await body($0, certificates) }
        return inbox
    }
}
