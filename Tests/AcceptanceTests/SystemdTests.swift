import Foundation
import Subprocess
import Synchronization
import SystemPackage
import TestSupport
import Testing

@Suite("The systemd unit")
struct SystemdTests {
    private static let program = "/usr/bin/systemd-analyze"

    @Test(
        "is accepted by systemd-analyze verify",
        .enabled(if: FileManager.default.isExecutableFile(atPath: program), "systemd is not installed"))
    func verified() async throws {
        let folder = try Repository.temporaryFolder("unit")
        defer { try? FileManager.default.removeItem(atPath: folder) }
        // The unit names where the program will be installed; verify wants it to be there.
        let unit = try String(contentsOfFile: Repository.root + "/systemd/brevdue.service", encoding: .utf8)
        let path = folder + "/brevdue.service"
        try unit.replacing("/usr/local/bin/brevdue", with: Repository.executable)
            .write(toFile: path, atomically: true, encoding: .utf8)
        let result = try await Subprocess.run(
            .path(FilePath(Self.program)), arguments: ["verify", path], output: .discarded,
            error: .string(limit: 64 << 10))
        #expect(result.terminationStatus.isSuccess)
        #expect(result.standardError.isEmpty, "\(result.standardError)")
    }

    @Test("readiness and the end are told to systemd", .timeLimit(.minutes(1)))
    func notified() async throws {
        let folder = try Repository.temporaryFolder("notify")
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let socket = try DatagramSocket(path: folder + "/notify")
        let daemon = try TestDaemon(
            directory: folder, extra: ["NOTIFY_SOCKET": folder + "/notify", "WATCHDOG_USEC": "400000"])
        try await daemon.run { _ in
            try await until("it is ready and alive") {
                let messages = socket.messages
                return messages.contains("READY=1") && messages.contains("WATCHDOG=1")
            }
        }
        #expect(socket.messages.last == "STOPPING=1")
    }
}

/// The other end of NOTIFY_SOCKET.
private final class DatagramSocket: Sendable {
    private let descriptor: Int32
    private let received = Mutex<[String]>([])

    init(path: String) throws {
        descriptor = socket(AF_UNIX, Int32(SOCK_DGRAM.rawValue) | Int32(SOCK_NONBLOCK.rawValue), 0)
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: Array(path.utf8)) }
        let length = socklen_t(MemoryLayout<sockaddr_un>.size)
        let bound = withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { bind(descriptor, $0, length) }
        }
        guard bound == 0 else { throw TestFailure("no socket at \(path)") }
    }

    deinit { close(descriptor) }

    /// All messages so far.
    var messages: [String] {
        var buffer = [UInt8](repeating: 0, count: 256)
        while case let count = recv(descriptor, &buffer, buffer.count, 0), count > 0 {
            received.withLock { $0.append(String(decoding: buffer.prefix(count), as: UTF8.self)) }
        }
        return received.withLock { $0 }
    }
}
