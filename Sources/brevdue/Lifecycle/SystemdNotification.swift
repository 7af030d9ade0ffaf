import Foundation
import ServiceLifecycle

/// Tells systemd that the daemon is ready, alive and stopping (sd_notify(3)); without systemd it does nothing.
struct SystemdNotification: Service {
    private let socket: String?
    /// How often the watchdog wants to hear of us; half of its limit.
    private let interval: Duration?

    init(environment: [String: String] = ProcessInfo.processInfo.environment) {
        socket = environment["NOTIFY_SOCKET"]
        interval = environment["WATCHDOG_USEC"].flatMap { Int64($0) }.map { .microseconds($0 / 2) }
    }

    func run() async throws {
        send("READY=1")
        await cancelWhenGracefulShutdown {
            while !Task.isCancelled {
                try? await Task.sleep(for: interval ?? .seconds(3600))
                if interval != nil { send("WATCHDOG=1") }
            }
        }
        send("STOPPING=1")
    }

    private func send(_ message: String) {
        guard let socket, socket.utf8.count < 107 else { return }
        let descriptor = Glibc.socket(AF_UNIX, Int32(SOCK_DGRAM.rawValue), 0)
        guard descriptor >= 0 else { return }
        defer { close(descriptor) }
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        // A name that begins with @ is an abstract one, which begins with NUL.
        let path = Array(socket.utf8).enumerated().map {
            $0.offset == 0 && $0.element == UInt8(ascii: "@") ? 0 : $0.element
        }
        withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: path) }
        let length = socklen_t(MemoryLayout<sa_family_t>.size + path.count)
        let octets = Array(message.utf8)
        withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                _ = sendto(descriptor, octets, octets.count, Int32(MSG_NOSIGNAL), $0, length)
            }
        }
    }
}
