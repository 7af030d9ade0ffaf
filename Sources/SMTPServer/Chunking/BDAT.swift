/// How far a message in chunks has come.
enum Chunking: Equatable {
    case none
    /// At least one chunk is kept, and more are to come.
    case going
    /// A chunk was refused; so are the others up to the last.
    case failed
}

/// BDAT (RFC 3030).
extension SMTPSession {
    mutating func chunk(_ rest: ArraySlice<UInt8>) -> Action {
        guard let command = ChunkCommand(rest) else { return .close([.badChunkSize]) }
        return .startChunk(command, refusal: refusalOfChunk)
    }

    private var refusalOfChunk: SMTPReply? {
        if terms.requiresTLS, !info.isEncrypted { return .needsTLS }
        guard isExtended, chunking != .failed else { return .badSequence }
        return refusalOfContent
    }

    /// A chunk that is not the last of a message that will be taken has been read.
    mutating func finishChunk(_ chunk: Chunk) -> Action {
        guard let refusal = chunk.refusal else {
            chunking = .going
            return answer(.chunkOk(chunk.command.size))
        }
        if chunk.command.isLast { reset() } else if envelope != nil { chunking = .failed }
        return answer(refusal)
    }
}
