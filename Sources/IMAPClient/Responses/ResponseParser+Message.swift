/// What a FETCH response tells of one message (RFC 3501 section 7.4.2).
extension ResponseParser {
    mutating func message(_ sequence: UInt32) throws(ProtocolFault) -> FetchedMessage {
        var message = FetchedMessage(sequence: sequence)
        try expect("(")
        while !take(")") {
            _ = take(" ")
            if take(")") { break }
            let name = try attributeName().uppercased()
            try expect(" ")
            switch name {
            case "UID":
                guard let uid = number32(), uid > 0 else { throw fault }
                message.uid = uid
            case "RFC822.SIZE":
                guard let size = takeNumber() else { throw fault }
                message.size = size
            case "FLAGS": message.flags = try flagList()
            case "INTERNALDATE": message.internalDate = String(decoding: try string(), as: UTF8.self)
            case "BODY[]": message.content = try content()
            default: try skip(depth: 0)
            }
        }
        return message
    }

    private mutating func content() throws(ProtocolFault) -> FetchedMessage.Content {
        let isStreamed = rest.first == RawResponse.mark && raw.content == nextLiteral
        guard let octets = try nilString() else { return .none }
        return isStreamed ? .streamed : .octets(octets)
    }

    /// A name up to its space; what stands in brackets belongs to it, spaces included.
    private mutating func attributeName() throws(ProtocolFault) -> String {
        var depth = 0
        let word = rest.prefix { octet in
            if octet == UInt8(ascii: "[") { depth += 1 }
            if octet == UInt8(ascii: "]") { depth -= 1 }
            return octet > 0x1F && (depth > 0 || octet != UInt8(ascii: " ") && octet != UInt8(ascii: ")"))
        }
        guard !word.isEmpty, word.count < 512 else { throw fault }
        position += word.count
        return String(decoding: word, as: UTF8.self)
    }

    /// Passes over a value of any kind.
    private mutating func skip(depth: Int) throws(ProtocolFault) {
        guard depth < Self.depthLimit else { throw .nestedTooDeep(limit: Self.depthLimit) }
        switch rest.first {
        case UInt8(ascii: "\""), RawResponse.mark: _ = try string()
        case UInt8(ascii: "("):
            position += 1
            while !take(")") {
                if take(" ") { continue }
                try skip(depth: depth + 1)
            }
        default:
            let word = rest.prefix {
                $0 > 0x20 && $0 != UInt8(ascii: "(") && $0 != UInt8(ascii: ")") && $0 != UInt8(ascii: "\"")
            }
            guard !word.isEmpty else { throw fault }
            position += word.count
        }
    }
}
