import Foundation

/// A TCP connection on loopback for what no proper client would send; every wait on it ends after ten seconds.
package final class Wire: Sendable {
    private let descriptor: Int32

    package init(port: Int) throws {
        descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        var patience = timeval(tv_sec: 10, tv_usec: 0)
        for option in [SO_RCVTIMEO, SO_SNDTIMEO] {
            setsockopt(descriptor, SOL_SOCKET, option, &patience, socklen_t(MemoryLayout<timeval>.size))
        }
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = in_port_t(port).bigEndian
        address.sin_addr.s_addr = inet_addr("127.0.0.1")
        let size = socklen_t(MemoryLayout<sockaddr_in>.size)
        let isConnected = withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { connect(descriptor, $0, size) == 0 }
        }
        guard isConnected else { throw TestFailure("nobody listens at port \(port)") }
    }

    deinit { close(descriptor) }

    /// Sends, and tells whether the peer took all of it.
    @discardableResult
    package func send(_ text: String) -> Bool {
        var rest = Array(text.utf8)[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes {
                Foundation.send(descriptor, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
            }
            guard count > 0 else { return false }
            rest = rest.dropFirst(count)
        }
        return true
    }

    /// Reads until the text holds what is asked for, or the peer ends, or nothing comes any more.
    package func read(until isEnough: (String) -> Bool) -> String {
        var octets: [UInt8] = []
        while !isEnough(String(decoding: octets, as: UTF8.self)) {
            let piece = [UInt8](unsafeUninitializedCapacity: 65_536) { buffer, count in
                count = max(0, recv(descriptor, buffer.baseAddress, buffer.count, 0))
            }
            if piece.isEmpty { break }
            octets += piece
        }
        return String(decoding: octets, as: UTF8.self)
    }

    /// Says one SMTP command and gives back the last line of its reply.
    package func command(_ line: String) -> String {
        send(line + "\r\n")
        return reply()
    }

    /// The last line of the next reply (RFC 5321 section 4.2.1).
    package func reply() -> String {
        let text = read { text in
            text.hasSuffix("\r\n")
                && text.split(separator: "\r\n").last.map { $0.count > 3 && $0.dropFirst(3).first == " " } == true
        }
        return text.split(separator: "\r\n").last.map(String.init) ?? ""
    }
}
