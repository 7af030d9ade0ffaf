import Foundation
import Subprocess
import SystemPackage

/// Postfix's smtp-sink as the relay: takes every mail and writes it to a file.
package struct SMTPSink: Sendable {
    package let port: Int
    private let folder: String
    private let behaviour: [String]

    package static let program = "/usr/sbin/smtp-sink"
    package static var isInstalled: Bool { FileManager.default.isExecutableFile(atPath: program) }

    /// `behaviour`: what it does otherwise, in its own words: `["-r", "RCPT"]` puts every recipient off, `["-f", "RCPT"]`
    /// refuses it, `["-q", "."]` hangs up behind the final dot.
    package init(folder: String, port: Int? = nil, behaviour: [String] = []) throws {
        self.folder = folder
        self.behaviour = behaviour
        self.port = try port ?? Repository.freePort()
        try FileManager.default.createDirectory(
            atPath: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o777])
    }

    /// Whether somebody listens on a port of this machine.
    package static func listens(on port: Int) -> Bool {
        let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        defer { close(descriptor) }
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = UInt16(port).bigEndian
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        return withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
            } == 0
        }
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
            arguments: Arguments(
                ["-u", "nobody", "-d", "\(folder)/%s."] + behaviour + ["127.0.0.1:\(port)", "100"]),
            workingDirectory: FilePath(folder), input: .none, output: .discarded, error: .discarded
        ) { execution in
            let pid = execution.processIdentifier.value
            defer { kill(pid, SIGKILL) }
            return try await body(pid)
        }.closureResult
    }

    /// The mails taken so far; a file is made when a mail begins, and filled when it has come.
    package var mails: [String] {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
        return names.sorted().compactMap { name in
            FileManager.default.contents(atPath: "\(folder)/\(name)").map { String(decoding: $0, as: UTF8.self) }
        }
        .filter { !$0.isEmpty }
    }
}
