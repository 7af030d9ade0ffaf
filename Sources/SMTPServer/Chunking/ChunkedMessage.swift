/// A message that arrives in chunks: octets as they are, with no rule about dots or line ends.
struct ChunkedMessage {
    private let limits: SMTPLimits
    private(set) var size = 0
    private(set) var fault: DataScanner.Fault?
    private var received = ReceivedCounter()

    init(limits: SMTPLimits) { self.limits = limits }

    /// Takes a piece of the message, and hands it on unless the message is to be refused at its end.
    mutating func take(_ piece: UnsafeRawBufferPointer, emit: (UnsafeRawBufferPointer) -> Void) {
        size += piece.count
        received.scan(piece)
        if received.count > limits.receivedFields { fault = .mailLoop }
        if fault == nil { emit(piece) }
    }
}

/// A chunk on its way.
struct Chunk {
    let command: ChunkCommand
    var remaining: Int
    /// Its octets are read all the same, and thrown away, before this is said (RFC 3030 section 2).
    let refusal: SMTPReply?

    init(_ command: ChunkCommand, refusal: SMTPReply?) {
        self.command = command
        remaining = command.size
        self.refusal = refusal
    }
}
