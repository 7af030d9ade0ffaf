import Foundation
import Hosts
import NIOCore
import NIOEmbedded

@testable import SMTPServer

/// One connection without a socket.
final class Line {
    static let extendedMessage = "EHLO x\r\nMAIL FROM:<>\r\nRCPT TO:<leads@fjordtek.example>\r\n"
    static let message = "HELO x\r\nMAIL FROM:<>\r\nRCPT TO:<leads@fjordtek.example>\r\nDATA\r\n"

    /// Counts how often the handler asks for more.
    private final class Reads: ChannelOutboundHandler {
        typealias OutboundIn = ByteBuffer
        var count = 0

        func read(context: ChannelHandlerContext) {
            count += 1
            context.read()
        }
    }

    let channel: EmbeddedChannel
    private let spoolFolder = RunningServer.newSpoolFolder()
    private let loop = EmbeddedEventLoop()
    private let counter = Reads()
    private(set) var heardLines: [String] = []

    /// `listener`: the port, if it matters; with certificates there is TLS, and somebody knows the passwords.
    init(
        isTrusted: Bool = false, refusal: SMTPReply? = nil, listener: SMTPListener = SMTPListener(address: ""),
        certificates: SMTPCertificates? = nil, _ change: (inout SMTPLimits) -> Void = { _ in }
    ) throws {
        var limits = SMTPLimits()
        change(&limits)
        let peer = Peer(
            try SocketAddress(ipAddress: "192.0.2.7", port: 2000),
            trusted: isTrusted ? [Network("192.0.2.0/24")].compactMap { $0 } : [])
        let core = SMTPServer.Core(
            SMTPServerConfiguration(listen: [], hostname: Play.hostname, limits: limits), Inbox(),
            try Spool(folder: spoolFolder), certificates: certificates,
            authenticator: certificates.map { _ in Keeper() })
        let handler = SMTPHandler(
            server: core, terms: core.currentTerms, listener: listener, peer: peer, refusal: refusal)
        channel = EmbeddedChannel(handlers: [counter, handler], loop: loop)
        channel.connect(to: try SocketAddress(ipAddress: "192.0.2.1", port: 25), promise: nil)
    }

    deinit { try? FileManager.default.removeItem(atPath: spoolFolder) }

    static func greeted(_ change: (inout SMTPLimits) -> Void = { _ in }) throws -> Line {
        let line = try Line(isTrusted: false, change)
        line.pass(.milliseconds(10))
        return line
    }

    var reads: Int { counter.count }
    var isOpen: Bool { channel.isActive }

    /// Whether the peer takes what is written to it.
    var isWritable: Bool {
        get { channel.isWritable }
        set {
            channel.isWritable = newValue
            channel.pipeline.fireChannelWritabilityChanged()
        }
    }

    /// All that was said so far.
    var said: [String] {
        while let buffer = try? channel.readOutbound(as: ByteBuffer.self) {
            heardLines += String(buffer: buffer).split(separator: "\r\n").map(String.init)
        }
        return heardLines
    }

    /// Has the session believe that TLS was agreed on.
    func encrypt() throws {
        let handler = try channel.pipeline.syncOperations.handler(type: SMTPHandler.self)
        handler.conversation.beginTLS(TLSSession(version: "TLSv1.3"))
    }

    func pass(_ time: TimeAmount) { loop.advanceTime(by: time) }

    func hear(_ text: String) throws { try hear(Array(text.utf8)) }

    func hear(_ octets: [UInt8]) throws {
        try channel.writeInbound(ByteBuffer(bytes: octets))
        channel.pipeline.read()
    }

    func ask(_ event: SMTPHandler.Event) { channel.pipeline.fireUserInboundEventTriggered(event) }
}
