import Foundation
import Subprocess
import SystemPackage

/// An authority of a test's own that issues certificates, for two days unless told otherwise.
package struct TLSAuthority: Sendable {
    private static let openssl = FilePath("/usr/bin/openssl")

    private let folder: String
    /// The file that trusts it.
    package var certificate: String { folder + "/ca.crt" }

    /// Its files stand in the folder, which is made.
    package init(folder: String) async throws {
        self.folder = folder
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        try await Self.request(
            ["-days", "2", "-subj", "/CN=Test authority", "-keyout", folder + "/ca.key", "-out", folder + "/ca.crt"])
    }

    /// A certificate for a host name; gives back its file and that of its key.
    package func issue(for host: String, days: Int = 2) async throws -> (certificate: String, key: String) {
        let file = "\(folder)/\(host)"
        try await Self.request([
            "-days", "\(days)", "-CA", folder + "/ca.crt", "-CAkey", folder + "/ca.key", "-subj", "/CN=\(host)",
            "-addext", "subjectAltName=DNS:\(host)", "-addext", "basicConstraints=critical,CA:FALSE",
            "-keyout", file + ".key", "-out", file + ".crt",
        ])
        return (file + ".crt", file + ".key")
    }

    /// A certificate whose time is over; what asks for one only knows days to come, so the authority's own tool is used.
    package func issueExpired(for host: String) async throws -> (certificate: String, key: String) {
        let (file, index) = ("\(folder)/\(host)-expired", folder + "/index.txt")
        try Data().write(to: URL(filePath: index))
        try """
        [ca]
        default_ca = authority
        [authority]
        database = \(index)
        new_certs_dir = \(folder)
        rand_serial = yes
        default_md = sha256
        policy = policy
        [policy]
        commonName = supplied
        [names]
        subjectAltName = DNS:\(host)
        """.write(toFile: file + ".cnf", atomically: true, encoding: .utf8)
        try await Self.run([
            "req", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-subj", "/CN=\(host)", "-keyout",
            file + ".key", "-out", file + ".csr",
        ])
        try await Self.run([
            "ca", "-batch", "-notext", "-config", file + ".cnf", "-cert", certificate, "-keyfile", folder + "/ca.key",
            "-in", file + ".csr", "-out", file + ".crt", "-startdate", "20250101000000Z", "-enddate",
            "20250201000000Z", "-extensions", "names",
        ])
        return (file + ".crt", file + ".key")
    }

    private static func request(_ arguments: [String]) async throws {
        try await run(["req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes"] + arguments)
    }

    private static func run(_ arguments: [String]) async throws {
        let result = try await Subprocess.run(
            .path(openssl), arguments: Arguments(arguments), output: .discarded, error: .string(limit: 65_536))
        guard result.terminationStatus.isSuccess else { throw TestFailure("openssl: \(result.standardError)") }
    }
}
