import Foundation
import Synchronization

/// A proxy before a PostgreSQL that swallows the answers to commits it is told to: they take place, and whoever asked for
/// them only sees that the connection ends.
package final class CommitProxy: Sendable {
    /// Where clients connect to on the loopback.
    package let port: Int
    private let listener: Int32
    private let server: String
    private let swallows: @Sendable ([String]) -> Bool

    /// Listens on a free port.
    ///
    /// `server`: its socket in the file system. `swallows`: asked at each commit, with the texts of its statements.
    package init(to server: String, swallows: @escaping @Sendable ([String]) -> Bool) throws {
        self.server = server
        self.swallows = swallows
        port = try Repository.freePort()
        listener = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = in_port_t(port).bigEndian
        address.sin_addr.s_addr = inet_addr("127.0.0.1")
        let size = socklen_t(MemoryLayout<sockaddr_in>.size)
        let listener = listener
        let listens = withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { bind(listener, $0, size) == 0 }
        }
        guard listens, listen(listener, 64) == 0 else { throw TestFailure("the proxy cannot listen") }
        Thread { [weak self] in
            while true {
                let client = accept(listener, nil, nil)
                guard client >= 0, let self else { break }
                Relaying(client: client, server: self.server, swallows: self.swallows)?.start()
            }
            close(listener)
        }.start()
    }

    deinit { shutdown(listener, Int32(SHUT_RDWR)) }
}

/// One connection of a client, handed on by two threads.
private final class Relaying: Sendable {
    private let client: Int32
    private let server: Int32
    private let swallows: @Sendable ([String]) -> Bool
    /// Whether the next answer of the server is the one that nobody is to hear.
    private let isSwallowing = Atomic(false)
    private let threadsAtWork = Atomic(2)

    init?(client: Int32, server path: String, swallows: @escaping @Sendable ([String]) -> Bool) {
        self.client = client
        self.swallows = swallows
        server = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0)
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: path.utf8.prefix($0.count - 1)) }
        let size = socklen_t(MemoryLayout<sockaddr_un>.size)
        let server = server
        let isConnected = withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { connect(server, $0, size) == 0 }
        }
        guard isConnected else {
            [client, server].forEach { _ = close($0) }
            return nil
        }
    }

    func start() {
        Thread { self.handOnRequests() }.start()
        Thread { self.handOnAnswers() }.start()
    }

    private func handOnRequests() {
        var points = CommitPoints()
        while let piece = Self.receive(client) {
            if let statements = points.feed(piece), swallows(statements) {
                isSwallowing.store(true, ordering: .sequentiallyConsistent)
            }
            guard Self.send(piece, to: server) else { break }
        }
        end()
    }

    private func handOnAnswers() {
        var readiness = ServerReadiness()
        while let piece = Self.receive(server) {
            let isReady = readiness.feed(piece)
            if isSwallowing.load(ordering: .sequentiallyConsistent) {
                if isReady { break }
            } else {
                guard Self.send(piece, to: client) else { break }
            }
        }
        end()
    }

    private func end() {
        [client, server].forEach { shutdown($0, Int32(SHUT_RDWR)) }
        guard threadsAtWork.subtract(1, ordering: .sequentiallyConsistent).newValue == 0 else { return }
        [client, server].forEach { _ = close($0) }
    }

    private static func receive(_ descriptor: Int32) -> [UInt8]? {
        let piece = [UInt8](unsafeUninitializedCapacity: 65_536) { buffer, count in
            count = max(0, recv(descriptor, buffer.baseAddress, buffer.count, 0))
        }
        return piece.isEmpty ? nil : piece
    }

    private static func send(_ octets: [UInt8], to descriptor: Int32) -> Bool {
        var rest = octets[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes {
                Foundation.send(descriptor, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
            }
            guard count > 0 else { return false }
            rest = rest.dropFirst(count)
        }
        return true
    }
}
