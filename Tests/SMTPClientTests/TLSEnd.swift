import Foundation
import Glibc

/// A certificate of its own issuing for the given names, and its key.
final class TestCertificate: Sendable {
    static let openssl = "/usr/bin/openssl"
    static var isPossible: Bool { FileManager.default.isExecutableFile(atPath: openssl) }

    let directory: String
    var certificate: String { directory + "/certificate.pem" }
    var key: String { directory + "/key.pem" }

    /// Names as in `DNS:relay.example,IP:127.0.0.1`.
    init(for names: String) throws {
        directory = FileManager.default.temporaryDirectory.path + "/relay-\(UUID().uuidString.prefix(8))"
        try FileManager.default.createDirectory(atPath: directory, withIntermediateDirectories: true)
        let process = Process()
        process.executableURL = URL(fileURLWithPath: Self.openssl)
        process.arguments = [
            "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-days", "2", "-subj",
            "/CN=test", "-addext", "subjectAltName=\(names)", "-keyout", key, "-out", certificate,
        ]
        process.standardError = FileHandle.nullDevice
        try process.run()
        process.waitUntilExit()
    }

    deinit { try? FileManager.default.removeItem(atPath: directory) }
}

/// The server's end of TLS for one connection: the openssl command, which turns its input into records and back.
final class TLSEnd: Sendable {
    private let path: String
    private let process: Process
    /// What the client says, in clear.
    let plain: LoopbackSocket

    init(_ certificate: TestCertificate) throws {
        path = certificate.directory + "/\(UUID().uuidString.prefix(8))"
        var pair: [Int32] = [0, 0]
        guard socketpair(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0, &pair) == 0 else {
            throw LoopbackSocket.Failure(step: "socketpair")
        }
        plain = LoopbackSocket(descriptor: pair[0])
        let far = FileHandle(fileDescriptor: pair[1], closeOnDealloc: true)
        process = Process()
        process.executableURL = URL(fileURLWithPath: TestCertificate.openssl)
        process.arguments = [
            "s_server", "-quiet", "-unix", path, "-naccept", "1", "-cert", certificate.certificate, "-key",
            certificate.key,
        ]
        process.standardInput = far
        process.standardOutput = far
        process.standardError = FileHandle.nullDevice
        try process.run()
        try far.close()
    }

    deinit { if process.isRunning { kill(process.processIdentifier, SIGKILL) } }

    /// Passes everything between the client and openssl until one of them ends.
    func join(_ connection: LoopbackSocket) {
        guard let inner = connect() else { return connection.shutDown() }
        Thread { Self.pass(from: connection, to: inner) }.start()
        Thread { Self.pass(from: inner, to: connection) }.start()
    }

    private static func pass(from source: LoopbackSocket, to destination: LoopbackSocket) {
        while case let octets = source.read(), !octets.isEmpty { destination.write(octets) }
        destination.shutDown()
    }

    /// Connects as soon as openssl listens, within ten seconds.
    private func connect() -> LoopbackSocket? {
        for _ in 0..<1_000 {
            if let socket = LoopbackSocket.connected(path: path) { return socket }
            usleep(10_000)
        }
        return nil
    }
}
