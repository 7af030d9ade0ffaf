import Foundation
import Hosts
import SMTPServer

/// Certificates that openssl made for a test, in a folder of their own.
struct TestCertificates: Sendable {
    struct Failure: Error { var output: String }

    let folder: String
    let files: [CertificateFiles]
    let loaded: SMTPCertificates

    /// One for each host; with a CA for clients if they have networks.
    static func make(_ hosts: [String], clientNetworks: [String] = []) async throws -> TestCertificates {
        let folder = FileManager.default.temporaryDirectory.path + "/brevdue-certificates-" + UUID().uuidString
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        var files: [CertificateFiles] = []
        for host in hosts {
            files.append(CertificateFiles(chain: "\(folder)/\(host).pem", key: "\(folder)/\(host).key"))
            try await selfSigned(host, in: folder)
        }
        let networks = clientNetworks.compactMap { Network($0) }
        if !networks.isEmpty { try await selfSigned("client.example", in: folder) }
        let clients = networks.isEmpty ? nil : ClientAuthority(file: "\(folder)/client.example.pem", networks: networks)
        return TestCertificates(folder: folder, files: files, loaded: try SMTPCertificates(files, clients: clients))
    }

    /// Puts a certificate and its key into the folder, over those that are there.
    static func selfSigned(_ host: String, in folder: String, days: Int = 2) async throws {
        try await openssl([
            "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-days", "\(days)",
            "-subj",
            "/CN=\(host)", "-addext", "subjectAltName=DNS:\(host)", "-keyout", "\(folder)/\(host).key", "-out",
            "\(folder)/\(host).pem",
        ])
    }

    func remove() { try? FileManager.default.removeItem(atPath: folder) }

    private static func openssl(_ arguments: [String]) async throws {
        let (status, output) = try await Program.run("/usr/bin/openssl", arguments)
        guard status == 0 else { throw Failure(output: output) }
    }
}
