/// Cuts what a server sends into responses (RFC 3501 sections 2.2.2 and 4.3), wherever its octets are split.
///
/// The literal of a `BODY[]` is handed on piece by piece and never kept; other literals are part of their response.
struct ResponseFramer {
    struct Limits: Hashable, Sendable {
        /// Octets of a response without the content of a message.
        var response = 64 << 10
        /// Octets of the content of one message that are handed on; more are drained.
        var content = 50 << 20
    }

    enum Piece: Hashable, Sendable {
        case response(RawResponse)
        /// The content of a message begins: this many octets follow, to be dropped when it is not wanted.
        case contentBegins(size: UInt64, wanted: Bool)
        case content(ArraySlice<UInt8>)
        case contentEnds
    }

    private enum State: Hashable {
        case line
        case literal(left: Int)
        case content(left: UInt64, wanted: Bool)
    }

    private let limits: Limits
    private var state = State.line
    private var input: ArraySlice<UInt8> = []
    /// How much of the input holds no line end.
    private var scanned = 0
    private var response = RawResponse()

    init(limits: Limits = Limits()) { self.limits = limits }

    /// Octets that were taken in and not handed on yet.
    var waiting: Int { input.count }

    mutating func append(_ octets: some Sequence<UInt8>) {
        if input.isEmpty {
            input = ArraySlice(Array(octets))
        } else {
            input.append(contentsOf: octets)
        }
    }

    /// Forgets what was read and not handed on: octets in clear before TLS begins (CVE-2020-14093 and its kind).
    mutating func dropWaiting() {
        input = []
        scanned = 0
        response = RawResponse()
    }

    /// The next piece; `nil` until more octets have come.
    mutating func next() throws(ProtocolFault) -> Piece? {
        while true {
            switch state {
            case .line:
                guard let line = try nextLine() else { return nil }
                if let piece = try end(line) { return piece }
            case .literal(let left):
                guard !input.isEmpty else { return nil }
                let part = input.prefix(left)
                response.literals[response.literals.count - 1] += part
                input = input.dropFirst(part.count)
                state = part.count == left ? .line : .literal(left: left - part.count)
            case .content(0, _):
                state = .line
                return .contentEnds
            case .content(let left, let wanted):
                guard !input.isEmpty else { return nil }
                let part = input.prefix(Int(min(left, UInt64(input.count))))
                input = input.dropFirst(part.count)
                state = .content(left: left - UInt64(part.count), wanted: wanted)
                if wanted { return .content(part) }
            }
        }
    }

    /// A line without its end; a lone LF ends one too.
    private mutating func nextLine() throws(ProtocolFault) -> ArraySlice<UInt8>? {
        let limit = limits.response - response.size
        guard let end = input.dropFirst(scanned).firstIndex(of: UInt8(ascii: "\n")) else {
            scanned = input.count
            guard scanned <= limit else { throw .lineTooLong(limit: limits.response) }
            return nil
        }
        scanned = 0
        var line = input[input.startIndex..<end]
        input = input[(end + 1)...]
        if line.last == UInt8(ascii: "\r") { line.removeLast() }
        guard line.count <= limit else { throw .lineTooLong(limit: limits.response) }
        // The mark of a literal in what follows; no server may send it in a line (RFC 3501 section 9, CHAR).
        guard !line.contains(RawResponse.mark) else { throw .grammar("NUL") }
        return line
    }

    /// Takes a line in; gives back what it completes or begins.
    private mutating func end(_ line: ArraySlice<UInt8>) throws(ProtocolFault) -> Piece? {
        guard let (head, size) = Self.announcedLiteral(line), !isText(line) else {
            response.octets += line
            defer { response = RawResponse() }
            return .response(response)
        }
        response.octets += head
        response.octets.append(RawResponse.mark)
        if Self.isContent(head) {
            guard response.content == nil else { throw .unexpectedContent }
            let isWanted = size <= UInt64(limits.content)
            response.content = response.literals.count
            response.literals.append([])
            state = .content(left: size, wanted: isWanted)
            return .contentBegins(size: size, wanted: isWanted)
        }
        let limit = limits.response - response.size
        guard size <= UInt64(max(limit, 0)) else { throw .literalTooLong(size: size, limit: limits.response) }
        response.literals.append([])
        state = size == 0 ? .line : .literal(left: Int(size))
        return nil
    }

    /// Words for people may end like a literal: those of a tagged response, a continuation or a condition.
    private func isText(_ line: ArraySlice<UInt8>) -> Bool {
        guard response.octets.isEmpty else { return false }
        let words = line.split(separator: UInt8(ascii: " "), maxSplits: 2)
        guard words.first.map({ $0.elementsEqual([UInt8(ascii: "*")]) }) ?? false, words.count > 1 else { return true }
        return Condition.Status(octets: words[1]) != nil
    }

    /// What stands before a `{123}` (or `~{123}`, RFC 3516) at the end of a line, and its number.
    private static func announcedLiteral(_ line: ArraySlice<UInt8>) -> (head: ArraySlice<UInt8>, size: UInt64)? {
        guard line.last == UInt8(ascii: "}"), let open = line.lastIndex(of: UInt8(ascii: "{")) else { return nil }
        var digits = line[(open + 1)...].dropLast()
        if digits.last == UInt8(ascii: "+") { digits.removeLast() }
        guard !digits.isEmpty, digits.allSatisfy({ (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }) else {
            return nil
        }
        let size = Digits.number(digits) ?? .max
        var head = line[..<open]
        if head.last == UInt8(ascii: "~") { head.removeLast() }
        return (head, size)
    }

    /// Whether the literal that follows is a whole message.
    private static func isContent(_ head: ArraySlice<UInt8>) -> Bool {
        let tail = head.suffix(7).map { $0 & 0xDF }
        return tail.elementsEqual("BODY[] ".utf8.map { $0 & 0xDF })
    }
}

/// A response before it is read: its octets, with a mark where each literal stood.
struct RawResponse: Hashable, Sendable {
    /// NUL, which no line holds.
    static let mark: UInt8 = 0

    var octets: [UInt8] = []
    /// The literals in their order; that of a message's content is empty, for it was handed on.
    var literals: [[UInt8]] = []
    /// Which of the literals was the content.
    var content: Int?

    var size: Int { literals.reduce(octets.count) { $0 + $1.count } }
}

/// Decimal numbers of the grammar.
enum Digits {
    static func number(_ digits: some Collection<UInt8>) -> UInt64? {
        guard !digits.isEmpty else { return nil }
        var value: UInt64 = 0
        for digit in digits {
            guard (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(digit) else { return nil }
            let (product, isTooLarge) = value.multipliedReportingOverflow(by: 10)
            let (sum, isOver) = product.addingReportingOverflow(UInt64(digit - UInt8(ascii: "0")))
            guard !isTooLarge, !isOver else { return nil }
            value = sum
        }
        return value
    }
}
