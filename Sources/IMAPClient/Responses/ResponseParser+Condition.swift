import WireFormat

/// `OK`, `NO` and their kind with what a program may read in them (RFC 3501 section 7.1).
extension ResponseParser {
    /// `nil`, with nothing taken, when none stands here.
    mutating func condition() throws(ProtocolFault) -> Condition? {
        let word = rest.prefix { $0 != UInt8(ascii: " ") }
        guard let status = Condition.Status(octets: word) else { return nil }
        position += word.count
        _ = take(" ")
        let code = code()
        return Condition(status: status, code: code, text: PlainLine.clean(rest))
    }

    /// A code that cannot be read is words like any other.
    private mutating func code() -> Condition.Code? {
        let start = position
        guard take("["), let end = rest.firstIndex(of: UInt8(ascii: "]")) else { return nil }
        var inner = self
        let code = inner.codeValue()
        if case .permanentFlags = code {
            // A flag may hold a bracket.
            position = inner.position
            if take("]") { _ = take(" ") }
            return code
        }
        position = end + 1
        _ = take(" ")
        if code == nil { position = start }
        return code
    }

    private mutating func codeValue() -> Condition.Code? {
        guard let name = try? codeName().uppercased() else { return nil }
        let hasValue = take(" ")
        switch name {
        case "UIDVALIDITY" where hasValue: return number32().map(Condition.Code.uidValidity)
        case "UIDNEXT" where hasValue: return number32().map(Condition.Code.uidNext)
        case "PERMANENTFLAGS" where hasValue: return (try? flagList()).map(Condition.Code.permanentFlags)
        case "CAPABILITY" where hasValue:
            let list = rest.prefix { $0 != UInt8(ascii: "]") }
            return .capability(Set(Self.split(list).map { $0.uppercased() }))
        case "READ-ONLY": return .readOnly
        case "READ-WRITE": return .readWrite
        case "TRYCREATE": return .tryCreate
        case "ALERT": return .alert
        default: return .other(name)
        }
    }

    private mutating func codeName() throws(ProtocolFault) -> String {
        let word = rest.prefix { $0 > 0x20 && $0 < 0x7F && $0 != UInt8(ascii: "]") }
        guard !word.isEmpty else { throw fault }
        position += word.count
        return String(decoding: word, as: UTF8.self)
    }
}
