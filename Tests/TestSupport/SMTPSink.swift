import Foundation
import Subprocess
import SystemPackage

/// Postfix's smtp-sink as the relay: takes every mail and writes it to a file.
package struct SMTPSink: Sendable {
    package let port: Int
    private let folder: String

    package static let program = "/usr/sbin/smtp-sink"
    package static var isInstalled: Bool { FileManager.default.isExecutableFile(atPath: program) }

    package init(folder: String, port: Int? = nil) throws {
        self.folder = folder
        self.port = try port ?? Repository.freePort()
        try FileManager.default.createDirectory(
            atPath: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o777])
    }

    /// Runs the sink around the body.
    @discardableResult
    package func run<Value: Sendable>(_ body: @Sendable () async throws -> Value) async throws -> Value {
        try await runProcess { _ in try await body() }
    }

    /// Runs the sink around the body, which gets the id of its process.
    @discardableResult
    package func runProcess<Value: Sendable>(_ body: @Sendable (Int32) async throws -> Value) async throws -> Value {
        try await Subprocess.run(
            .path(FilePath(Self.program)),
            arguments: ["-u", "nobody", "-d", "\(folder)/%s.", "127.0.0.1:\(port)", "100"],
            workingDirectory: FilePath(folder), input: .none, output: .discarded, error: .discarded
        ) { execution in
            let pid = execution.processIdentifier.value
            defer { kill(pid, SIGKILL) }
            return try await body(pid)
        }.closureResult
    }

    /// The mails taken so far.
    package var mails: [String] {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
        return names.sorted().compactMap { name in
            FileManager.default.contents(atPath: "\(folder)/\(name)").map { String(decoding: $0, as: UTF8.self) }
        }
    }
}
