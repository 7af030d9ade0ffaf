import NIOCore
import NIOPosix
import NIOSSL
import Synchronization

/// An IMAP server on loopback that plays scripts, one for each connection in turn: for what no real server does on demand.
///
/// A line of a script is one of these:
/// - `S: text`: it says so; `$` at the beginning is the tag of the last command;
/// - `C: text`: it waits for this command, its tag left out; `...` at the end stands for anything;
/// - `TLS`: TLS begins behind what was said;
/// - `SPLIT`: from here on every octet is sent by itself;
/// - `EVER text`: it says so every 20 milliseconds until the client goes;
/// - `GO`: it waits until the test lets it go on;
/// - `END`: it waits until the client goes, which says nothing but goodbye.
///
/// At the end of its script it hangs up.
package final class ScriptedIMAP: Sendable {
    package let port: Int
    private let state = Mutex(State())

    private struct State {
        var connections = 0
        var ended = 0
        var said: [String] = []
        var deviations: [String] = []
        var isWaved = false
    }

    /// Lets scripts go on that wait for the test.
    package func goOn() { state.withLock { $0.isWaved = true } }

    /// How many connections came.
    package var connections: Int { state.withLock { $0.connections } }
    /// How many scripts were played to their end, or broken off.
    package var ended: Int { state.withLock { $0.ended } }
    /// What clients said, line by line.
    package var said: [String] { state.withLock { $0.said } }

    private init(port: Int) { self.port = port }

    /// Runs the server around the body; fails when a client says something else than the scripts do.
    ///
    /// `isEncrypted`: TLS from the first octet.
    package static func run<Value: Sendable>(
        _ scripts: [String], identity: (certificate: String, key: String), isEncrypted: Bool = true,
        _ body: @Sendable (ScriptedIMAP) async throws -> Value
    ) async throws -> Value {
        let certificates = try NIOSSLCertificate.fromPEMFile(identity.certificate)
        let context = try NIOSSLContext(
            configuration: .makeServerConfiguration(
                certificateChain: certificates.map { .certificate($0) },
                privateKey: .privateKey(NIOSSLPrivateKey(file: identity.key, format: .pem))))
        let listener = try await ServerBootstrap(group: .singletonMultiThreadedEventLoopGroup)
            .childChannelOption(.tcpOption(.tcp_nodelay), value: 1)
            .bind(host: "127.0.0.1", port: 0) { channel in
                channel.eventLoop.makeCompletedFuture {
                    if isEncrypted {
                        try channel.pipeline.syncOperations.addHandler(NIOSSLServerHandler(context: context))
                    }
                    return try NIOAsyncChannel<ByteBuffer, ByteBuffer>(wrappingChannelSynchronously: channel)
                }
            }
        guard let port = listener.channel.localAddress?.port else { throw TestFailure("no port") }
        let server = ScriptedIMAP(port: port)
        return try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask {
                try await listener.executeThenClose { try await server.serve($0, scripts, context) }
            }
            defer { group.cancelAll() }
            let value = try await body(server)
            let deviations = server.state.withLock { $0.deviations }
            guard deviations.isEmpty else { throw TestFailure(deviations.joined(separator: "\n")) }
            return value
        }
    }

    private func serve(
        _ connections: NIOAsyncChannelInboundStream<NIOAsyncChannel<ByteBuffer, ByteBuffer>>, _ scripts: [String],
        _ context: NIOSSLContext
    ) async throws {
        try await withThrowingDiscardingTaskGroup { group in
            var scripts = scripts.makeIterator()
            for try await connection in connections {
                state.withLock { $0.connections += 1 }
                let script = scripts.next()
                group.addTask {
                    try? await connection.executeThenClose { inbound, outbound in
                        guard let script else { return }
                        var play = Play(
                            channel: connection.channel, context: context, inbound: inbound.makeAsyncIterator(),
                            outbound: outbound)
                        let deviation = try await play.run(script, mayGoOn: { self.state.withLock(\.isWaved) }) {
                            line in
                            self.state.withLock { $0.said.append(line) }
                        }
                        self.state.withLock {
                            if let deviation { $0.deviations.append(deviation) }
                            $0.ended += 1
                        }
                    }
                }
            }
        }
    }
}

/// One connection and its script.
private struct Play {
    let channel: any Channel
    let context: NIOSSLContext
    var inbound: NIOAsyncChannelInboundStream<ByteBuffer>.AsyncIterator
    let outbound: NIOAsyncChannelOutboundWriter<ByteBuffer>
    private var input: [UInt8] = []
    private var output: [UInt8] = []
    private var tag = ""
    private var isSplit = false

    init(
        channel: any Channel, context: NIOSSLContext, inbound: NIOAsyncChannelInboundStream<ByteBuffer>.AsyncIterator,
        outbound: NIOAsyncChannelOutboundWriter<ByteBuffer>
    ) {
        self.channel = channel
        self.context = context
        self.inbound = inbound
        self.outbound = outbound
    }

    /// Gives back how the client deviated from the script.
    mutating func run(_ script: String, mayGoOn: () -> Bool, _ hear: (String) -> Void) async throws -> String? {
        for line in script.split(separator: "\n") {
            if line.hasPrefix("S: ") {
                let text = line.dropFirst(3)
                output += Array(((text.hasPrefix("$ ") ? "\(tag)\(text.dropFirst())" : String(text)) + "\r\n").utf8)
                continue
            }
            if line == "TLS" {
                try await beginTLS()
                continue
            }
            try await flush()
            if line.hasPrefix("C: ") {
                guard let said = try await nextLine() else { return "the client went; expected: \(line)" }
                hear(said)
                let expected = line.dropFirst(3)
                let isRight =
                    expected.hasSuffix("...") ? said.hasPrefix(expected.dropLast(3)) : said.elementsEqual(expected)
                guard isRight else { return "the client said \(said); expected: \(line)" }
            } else if line.hasPrefix("EVER ") {
                while (try? await outbound.write(ByteBuffer(string: line.dropFirst(5) + "\r\n"))) != nil {
                    try await Task.sleep(for: .milliseconds(20))
                }
            } else if line == "GO" {
                while !mayGoOn() { try await Task.sleep(for: .milliseconds(10)) }
            } else if line == "SPLIT" {
                isSplit = true
            } else if line == "END" {
                while let said = try await nextLine() {
                    hear(said)
                    guard ["LOGOUT", "DONE"].contains(said) else { return "the client said \(said); expected its end" }
                }
            } else {
                return "not a line of a script: \(line)"
            }
        }
        try await flush()
        return nil
    }

    private mutating func flush() async throws {
        defer { output = [] }
        guard isSplit else {
            if !output.isEmpty { try await outbound.write(ByteBuffer(bytes: output)) }
            return
        }
        for octet in output { try await outbound.write(ByteBuffer(bytes: [octet])) }
    }

    /// What was said goes out in clear in the same turn of the loop, before anything of the handshake can come in.
    private mutating func beginTLS() async throws {
        let clear = ByteBuffer(bytes: output)
        output = []
        try await channel.eventLoop.submit { [channel, context] in
            channel.writeAndFlush(clear, promise: nil)
            try channel.pipeline.syncOperations.addHandler(NIOSSLServerHandler(context: context), position: .first)
        }.get()
    }

    /// The next line without its end and its tag, which is kept; `nil` when the client went.
    private mutating func nextLine() async throws -> String? {
        while true {
            if let end = input.firstIndex(of: UInt8(ascii: "\n")) {
                let line = String(decoding: input[..<end], as: UTF8.self).trimmingSuffix { $0.isNewline }
                input.removeFirst(end + 1)
                let words = line.split(separator: " ", maxSplits: 1, omittingEmptySubsequences: false)
                guard words.count == 2, words[0].hasPrefix("a"), Int(words[0].dropFirst()) != nil else { return line }
                tag = String(words[0])
                return String(words[1])
            }
            guard let more = try? await inbound.next(isolation: #isolation) else { return nil }
            input += more.readableBytesView
        }
    }
}

extension String {
    fileprivate func trimmingSuffix(while isCut: (Character) -> Bool) -> String {
        var text = self[...]
        while let last = text.last, isCut(last) { text.removeLast() }
        return String(text)
    }
}
