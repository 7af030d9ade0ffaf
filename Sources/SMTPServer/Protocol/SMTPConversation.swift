import NIOCore
import SwiftGlibc

/// The octets of one session: command lines and the messages between them, in whatever pieces they arrive.
///
/// A value without sockets or clock. Octets go in by ``receive(_:)``; ``next(_:content:)`` tells step by step what is to be
/// done about them, so that whoever asks may stop between any two steps.
struct SMTPConversation {
    /// What is to be done next.
    enum Step: Equatable {
        /// Nothing before more octets arrive, or before the message is answered by ``finishMessage(_:)``.
        case wait
        case reply(SMTPReply)
        /// Reply, but not at once.
        case slowReply(SMTPReply)
        /// Expect a message, and reply if there is something to say.
        case beginMessage(SMTPReply?)
        /// A piece of the message may have been handed out.
        case keepMessage
        /// All of the message was handed out; with a fault it must not be kept.
        case endMessage(DataScanner.Fault?)
        /// Find out, and go on with ``SMTPConversation/answer(_:)``.
        case ask(SASLQuestion)
        /// Reply, and begin TLS; then go on with ``SMTPConversation/beginTLS(_:)``.
        case startTLS(SMTPReply)
        /// Reply, and end the session.
        case close([SMTPReply])
    }

    enum State {
        case silent
        case commands
        /// Something was asked.
        case asking
        /// TLS begins; what comes before it is thrown away (CVE-2011-0411).
        case handshaking
        /// A line that is too long; so many octets of it are thrown away.
        case longLine(skipped: Int)
        case message
        case chunk(Chunk)
        case messageEnded
        case closed
    }

    /// Octets of a message that are handed out at once at most.
    static let piece = 128 << 10

    let limits: SMTPLimits
    var session: SMTPSession
    var state = State.silent
    var input = ByteBuffer()
    private var scanner: DataScanner
    /// The message in chunks, while all of them are kept.
    var chunks: ChunkedMessage?
    private var hasRead = false

    init(hostname: String, limits: SMTPLimits, terms: SessionTerms = SessionTerms(), remoteAddress: String) {
        self.limits = limits
        session = SMTPSession(hostname: hostname, limits: limits, terms: terms, remoteAddress: remoteAddress)
        scanner = DataScanner(limits: limits)
    }

    /// Octets that were received and not yet looked at.
    var waiting: Int { input.readableBytes }

    /// Whether a message is on its way, between two of its chunks too.
    var isInMessage: Bool {
        if case .message = state { true } else { chunks != nil }
    }

    /// Whether what arrives now is content, of a refused message too.
    var isReceiving: Bool {
        switch state {
        case .message, .chunk: true
        default: false
        }
    }

    /// Whether the message on its way is too large already.
    var isTooLarge: Bool { scanner.isTooLarge }

    mutating func receive(_ octets: ByteBuffer) {
        guard input.readableBytes > 0 else { return input = octets }
        input.discardReadBytes()
        input.writeImmutableBuffer(octets)
    }

    /// Speaks first, as the server has to; who does not wait for it is no mail server (RFC 5321 section 4.3.1).
    mutating func greet() -> Step {
        guard input.readableBytes == 0 else { return close([.tooEarly]) }
        state = .commands
        return .reply(session.greeting)
    }

    mutating func next(_ admission: Admission, content: (UnsafeRawBufferPointer) -> Void) -> Step {
        if case .chunk(let chunk) = state { return readChunk(chunk, content) }
        guard input.readableBytes > 0 else {
            // An idle session keeps no buffer.
            input = ByteBuffer()
            return .wait
        }
        switch state {
        case .silent: return close([.tooEarly])
        case .commands: return readCommand(admission)
        case .longLine(let skipped): return skipLine(skipped)
        case .message: return readMessage(content)
        case .messageEnded, .asking, .chunk: return .wait
        case .handshaking, .closed:
            input.clear()
            return .wait
        }
    }

    /// The message that ended is kept or refused.
    mutating func finishMessage(_ reply: SMTPReply) -> Step {
        state = .commands
        chunks = nil
        return step(session.finishMessage(reply))
    }

    /// What was asked is known.
    mutating func answer(_ answer: SASLAnswer) -> Step {
        state = .commands
        return step(session.answered(answer))
    }

    /// The handshake is done: it is a new session, which has been greeted if the one in clear text was.
    mutating func beginTLS(_ tls: TLSSession) {
        session = session.encrypted(tls)
        input = ByteBuffer()
        hasRead = false
        if case .handshaking = state { state = .commands }
    }

    // MARK: Commands

    private mutating func readCommand(_ admission: Admission) -> Step {
        if !hasRead, ForeignProtocol.isTLS(input.getInteger(at: input.readerIndex)) { return close([.notSMTP]) }
        hasRead = true
        let limit = session.isAuthenticating ? limits.authenticationLine : limits.commandLine
        guard let length = lineLength(within: limit) else {
            guard input.readableBytes >= limit else { return .wait }
            state = .longLine(skipped: 0)
            return skipLine(0)
        }
        guard let octets = input.readBytes(length: length) else { return .wait }
        // A line that ends with a bare LF keeps it, so that the session sees and refuses it.
        let hasCRLF = length >= 2 && octets[length - 2] == 0x0D
        return step(session.receive(hasCRLF ? octets.dropLast(2) : octets[...], admission))
    }

    private mutating func skipLine(_ skipped: Int) -> Step {
        let left = limits.unendedLine - skipped
        if let length = lineLength(within: left) {
            input.moveReaderIndex(forwardBy: length)
            state = .commands
            return step(session.receiveTooLong())
        }
        guard input.readableBytes < left else { return close([.lineTooLong]) }
        state = .longLine(skipped: skipped + input.readableBytes)
        input.clear()
        return .wait
    }

    /// The length of the line with its LF, if that is among the next so many octets.
    private func lineLength(within limit: Int) -> Int? {
        input.withUnsafeReadableBytes { bytes in
            guard let start = bytes.baseAddress, let end = memchr(start, 0x0A, min(bytes.count, limit)) else {
                return nil
            }
            return start.distance(to: end) + 1
        }
    }

    mutating func step(_ action: SMTPSession.Action) -> Step {
        if session.chunking != .going { chunks = nil }
        switch action {
        case .reply(let reply): return .reply(reply)
        case .slowReply(let reply): return .slowReply(reply)
        case .close(let replies): return close(replies)
        case .startMail(let reply):
            scanner = DataScanner(limits: limits)
            state = .message
            return .beginMessage(reply)
        case .startChunk(let command, let refusal): return beginChunk(command, refusal)
        case .startTLS(let reply):
            state = .handshaking
            input = ByteBuffer()
            return .startTLS(reply)
        case .ask(let question):
            state = .asking
            return .ask(question)
        }
    }

    mutating func close(_ replies: [SMTPReply]) -> Step {
        state = .closed
        input.clear()
        return .close(replies)
    }

    // MARK: Messages

    private mutating func readMessage(_ content: (UnsafeRawBufferPointer) -> Void) -> Step {
        var scanner = scanner
        let (used, isEnd) = input.withUnsafeReadableBytes { bytes in
            scanner.scan(UnsafeRawBufferPointer(rebasing: bytes.prefix(Self.piece)), emit: content)
        }
        self.scanner = scanner
        input.moveReaderIndex(forwardBy: used)
        // First, so that it does not depend on the pieces whether the end was seen.
        if scanner.isHopeless { return close([.tooLarge]) }
        guard isEnd else { return .keepMessage }
        state = .messageEnded
        return .endMessage(scanner.fault)
    }
}
