import Glibc

/// The end of a TCP connection on loopback; reading gives up after 30 seconds.
final class LoopbackSocket: Sendable {
    struct Failure: Error { var step: String }

    let descriptor: Int32

    init(descriptor: Int32) { self.descriptor = descriptor }

    deinit { close(descriptor) }

    /// Listens on a free port.
    static func listening() throws(Failure) -> (LoopbackSocket, port: UInt16) {
        let socket = LoopbackSocket(descriptor: Glibc.socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0))
        var address = loopback(port: 0)
        var size = socklen_t(MemoryLayout<sockaddr_in>.size)
        guard withGeneric(&address, { bind(socket.descriptor, $0, size) }) == 0, listen(socket.descriptor, 16) == 0,
            withGeneric(&address, { getsockname(socket.descriptor, $0, &size) }) == 0
        else { throw Failure(step: "listen") }
        return (socket, UInt16(bigEndian: address.sin_port))
    }

    /// Connects to a port; `nil` while nobody listens.
    static func connected(port: UInt16) -> LoopbackSocket? {
        let socket = LoopbackSocket(descriptor: Glibc.socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0))
        var address = loopback(port: port)
        let size = socklen_t(MemoryLayout<sockaddr_in>.size)
        return withGeneric(&address) { connect(socket.descriptor, $0, size) } == 0 ? socket : nil
    }

    /// Connects to a socket in the file system; `nil` while nobody listens.
    static func connected(path: String) -> LoopbackSocket? {
        let socket = LoopbackSocket(descriptor: Glibc.socket(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0))
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: path.utf8.prefix($0.count - 1)) }
        let size = socklen_t(MemoryLayout<sockaddr_un>.size)
        return withGeneric(&address) { connect(socket.descriptor, $0, size) } == 0 ? socket : nil
    }

    private static func loopback(port: UInt16) -> sockaddr_in {
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = port.bigEndian
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        return address
    }

    /// Lends an address in the form that the socket calls take.
    private static func withGeneric<Address>(
        _ address: inout Address, _ body: (UnsafeMutablePointer<sockaddr>) -> Int32
    ) -> Int32 {
        withUnsafeMutablePointer(to: &address) { $0.withMemoryRebound(to: sockaddr.self, capacity: 1, body) }
    }

    /// The next connection; `nil` once the listener was shut down.
    func accept() -> LoopbackSocket? {
        let connection = Glibc.accept(descriptor, nil, nil)
        guard connection >= 0 else { return nil }
        var patience = timeval(tv_sec: 30, tv_usec: 0)
        setsockopt(connection, SOL_SOCKET, SO_RCVTIMEO, &patience, socklen_t(MemoryLayout<timeval>.size))
        return LoopbackSocket(descriptor: connection)
    }

    /// Wakes whoever waits in `accept` or `read`.
    func shutDown() { shutdown(descriptor, Int32(SHUT_RDWR)) }

    /// Writes and tells whether the peer still listens.
    @discardableResult
    func write(_ text: String) -> Bool { write(Array(text.utf8)) }

    @discardableResult
    func write(_ octets: [UInt8]) -> Bool {
        send(descriptor, octets, octets.count, Int32(MSG_NOSIGNAL)) == octets.count
    }

    /// At most 64 KiB; empty at the end.
    func read() -> [UInt8] {
        [UInt8](unsafeUninitializedCapacity: 65_536) { buffer, count in
            count = max(0, recv(descriptor, buffer.baseAddress, buffer.count, 0))
        }
    }
}

/// Takes lines and mail contents out of what a socket reads.
struct LineReader {
    private let socket: LoopbackSocket
    private var buffer: [UInt8] = []

    init(_ socket: LoopbackSocket) { self.socket = socket }

    /// The next line without its CRLF; `nil` at the end.
    mutating func line() -> String? {
        take(upTo: Array("\r\n".utf8)).map { String(decoding: $0, as: UTF8.self) }
    }

    /// A content up to its final dot, its last CRLF included; `nil` when the connection ended before.
    mutating func content() -> [UInt8]? {
        take(upTo: Array("\r\n.\r\n".utf8)).map { $0 + Array("\r\n".utf8) }
    }

    private mutating func take(upTo mark: [UInt8]) -> [UInt8]? {
        var searched = 0
        while true {
            if let end = position(of: mark, from: searched) {
                defer { buffer.removeFirst(end + mark.count) }
                return Array(buffer[..<end])
            }
            searched = max(0, buffer.count - mark.count + 1)
            let more = socket.read()
            if more.isEmpty { return nil }
            buffer += more
        }
    }

    private func position(of mark: [UInt8], from start: Int) -> Int? {
        guard buffer.count >= start + mark.count else { return nil }
        return (start...buffer.count - mark.count).first { buffer[$0..<$0 + mark.count].elementsEqual(mark) }
    }
}
