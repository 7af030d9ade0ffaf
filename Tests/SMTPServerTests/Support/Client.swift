import NIOCore
import NIOPosix
import NIOSSL
import NIOTLS

/// A client that says and reads just what it is told.
struct Client {
    private var inbound: NIOAsyncChannelInboundStream<ByteBuffer>.AsyncIterator
    private let outbound: NIOAsyncChannelOutboundWriter<ByteBuffer>
    private let channel: any Channel
    private var buffer = ByteBuffer()

    static func connect(to port: Int, _ body: (inout Client) async throws -> Void) async throws {
        let channel = try await ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .connect(host: "127.0.0.1", port: port) { channel in
                channel.eventLoop.makeCompletedFuture {
                    try NIOAsyncChannel<ByteBuffer, ByteBuffer>(wrappingChannelSynchronously: channel)
                }
            }
        try await channel.executeThenClose { inbound, outbound in
            var client = Client(inbound: inbound.makeAsyncIterator(), outbound: outbound, channel: channel.channel)
            try await body(&client)
        }
    }

    /// Begins TLS; the certificate is not looked at.
    ///
    /// Without a word of the server in between the handshake ends later, when something is read.
    func encrypt(as host: String? = nil, _ change: (inout TLSConfiguration) -> Void = { _ in }) async throws {
        var configuration = TLSConfiguration.makeClientConfiguration()
        configuration.certificateVerification = .none
        change(&configuration)
        let context = try NIOSSLContext(configuration: configuration)
        try await channel.eventLoop.submit { [channel] in
            try channel.pipeline.syncOperations.addHandler(
                NIOSSLClientHandler(context: context, serverHostname: host), position: .first)
        }.get()
    }

    /// Certificate that the server showed, once something was read.
    func serverCertificate() async throws -> NIOSSLCertificate? {
        try await channel.nioSSL_peerCertificate().get()
    }

    func send(_ text: String) async throws { try await send(Array(text.utf8)) }

    func send(_ octets: [UInt8]) async throws { try await outbound.write(ByteBuffer(bytes: octets)) }

    /// One line without its end; `nil` at the end of the connection.
    mutating func line() async throws -> String? {
        while true {
            let view = buffer.readableBytesView
            if let end = view.firstIndex(of: 0x0A) {
                // CRLF is one character.
                return buffer.readString(length: end - view.startIndex + 1).map { String($0.dropLast()) }
            }
            guard var more = try await inbound.next(isolation: #isolation) else { return nil }
            buffer.writeBuffer(&more)
        }
    }

    /// One reply, its lines joined.
    mutating func reply() async throws -> String? {
        var lines: [String] = []
        while let line = try await line() {
            lines.append(line)
            if line.dropFirst(3).first != "-" { break }
        }
        return lines.isEmpty ? nil : lines.joined(separator: "\n")
    }

    /// Says it and gives the reply to it.
    mutating func ask(_ text: String) async throws -> String? {
        try await send(text + "\r\n")
        return try await reply()
    }

    /// Takes the greeting and goes as far as the reply to DATA.
    mutating func beginMessage(_ parameters: String = "") async throws -> String? {
        _ = try await reply()
        try await send(
            "EHLO client.example\r\nMAIL FROM:<kunde@example.org>\(parameters)\r\n"
                + "RCPT TO:<leads@fjordtek.example>\r\nDATA\r\n")
        for _ in 0..<3 { _ = try await reply() }
        return try await reply()
    }
}
