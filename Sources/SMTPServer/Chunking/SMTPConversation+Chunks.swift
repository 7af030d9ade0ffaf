import NIOCore

/// Chunks: octets that are counted, not looked at.
extension SMTPConversation {
    mutating func beginChunk(_ command: ChunkCommand, _ refusal: SMTPReply?) -> Step {
        let before = chunks?.size ?? 0
        // Reading on would only cost, whatever would have been said.
        guard command.size <= limits.messageSize * 2 - before else { return close([.tooLarge]) }
        let chunk = Chunk(command, refusal: refusal ?? (before + command.size > limits.messageSize ? .tooLarge : nil))
        state = .chunk(chunk)
        if chunk.refusal != nil { chunks = nil }
        guard chunk.refusal == nil, chunks == nil else { return .keepMessage }
        chunks = ChunkedMessage(limits: limits)
        return .beginMessage(nil)
    }

    mutating func readChunk(_ chunk: Chunk, _ content: (UnsafeRawBufferPointer) -> Void) -> Step {
        guard chunk.remaining > 0 else { return endChunk(chunk) }
        let count = min(chunk.remaining, input.readableBytes, Self.piece)
        guard count > 0 else {
            input = ByteBuffer()
            return .wait
        }
        var chunks = chunks
        input.withUnsafeReadableBytes { bytes in
            chunks?.take(UnsafeRawBufferPointer(rebasing: bytes.prefix(count)), emit: content)
        }
        self.chunks = chunks
        input.moveReaderIndex(forwardBy: count)
        var chunk = chunk
        chunk.remaining -= count
        state = .chunk(chunk)
        return .keepMessage
    }

    private mutating func endChunk(_ chunk: Chunk) -> Step {
        if let chunks, chunk.command.isLast {
            state = .messageEnded
            return .endMessage(chunks.fault)
        }
        state = .commands
        return step(session.finishChunk(chunk))
    }
}
