import Foundation
import Synchronization
import TestSupport

/// A UDP port on loopback that takes questions and says nothing, or that there is no such name.
final class SilentPort: Sendable {
    let port: Int
    private let descriptor: Int32
    private let count = Mutex(0)

    init() throws {
        descriptor = socket(AF_INET, Int32(SOCK_DGRAM.rawValue) | Int32(SOCK_NONBLOCK.rawValue), 0)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = inet_addr("127.0.0.1")
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let descriptor = descriptor
        let isBound = withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                bind(descriptor, $0, length) == 0 && getsockname(descriptor, $0, &length) == 0
            }
        }
        guard isBound else { throw TestFailure("no free port") }
        port = Int(UInt16(bigEndian: address.sin_port))
    }

    deinit { close(descriptor) }

    /// Questions so far.
    var heard: Int {
        while take() != nil {}
        return count.withLock { $0 }
    }

    func hasHeard(_ number: Int) -> Bool { heard >= number }

    /// Answers the next question: no such name, for a minute; false when there is none.
    func refuse() throws -> Bool {
        guard var (message, sender) = take() else { return false }
        // The question alone goes back, without what EDNS added after it.
        let end = 12 + (message[12...].firstIndex(of: 0).map { $0 + 5 - 12 } ?? 0)
        message = Array(message[..<end])
        message.replaceSubrange(2..<12, with: [0x81, 0x83, 0, 1, 0, 0, 0, 1, 0, 0])
        // SOA of the root: two root names, then serial, refresh, retry, expire and minimum.
        message += [0, 0, 6, 0, 1, 0, 0, 0, 60, 0, 22, 0, 0]
        message += [UInt8](repeating: 0, count: 19) + [60]
        let size = socklen_t(MemoryLayout<sockaddr_in>.size)
        let octets = message
        let sent = withUnsafePointer(to: &sender) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                sendto(descriptor, octets, octets.count, 0, $0, size)
            }
        }
        return sent == octets.count
    }

    private func take() -> (message: [UInt8], sender: sockaddr_in)? {
        var octets = [UInt8](repeating: 0, count: 1_500)
        var sender = sockaddr_in()
        var size = socklen_t(MemoryLayout<sockaddr_in>.size)
        let length = withUnsafeMutablePointer(to: &sender) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                recvfrom(descriptor, &octets, octets.count, 0, $0, &size)
            }
        }
        guard length > 16 else { return nil }
        count.withLock { $0 += 1 }
        return (Array(octets.prefix(length)), sender)
    }
}
