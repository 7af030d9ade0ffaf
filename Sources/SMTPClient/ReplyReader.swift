import WireFormat

/// Puts the lines of a reply together (RFC 5321 section 4.2.1).
struct ReplyReader {
    private var text: [UInt8] = []
    private var enhanced: String?

    /// Takes one line, with or without its CRLF; gives back the reply when this was its last line.
    ///
    /// A line that does not start with three digits is skipped: libcurl skips it too.
    mutating func read(_ line: some Collection<UInt8>) -> SMTPReply? {
        let line = line.prefix { $0 != UInt8(ascii: "\r") && $0 != UInt8(ascii: "\n") }
        guard let code = Self.code(of: line) else { return nil }
        let separator = line.dropFirst(3).first
        append(line.dropFirst(4), code: code)
        if separator == UInt8(ascii: "-") { return nil }
        defer { self = ReplyReader() }
        return SMTPReply(code: code, enhanced: enhanced, text: PlainLine.clean(text))
    }

    private static func code(of line: some Collection<UInt8>) -> Int? {
        let digits = line.prefix(3)
        guard digits.count == 3, digits.allSatisfy({ (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }) else {
            return nil
        }
        return digits.reduce(0) { $0 * 10 + Int($1 - UInt8(ascii: "0")) }
    }

    /// Servers repeat the enhanced code on every line; it is kept once, apart from the words.
    private mutating func append(_ words: some Collection<UInt8>, code: Int) {
        let first = words.prefix { $0 != UInt8(ascii: " ") }
        var rest = words.dropFirst(0)
        if let found = Self.enhancedCode(first, code: code) {
            enhanced = enhanced ?? found
            rest = words.dropFirst(first.count + 1)
        }
        guard text.count < PlainLine.limit, !rest.isEmpty else { return }
        if !text.isEmpty { text.append(UInt8(ascii: " ")) }
        text += rest
    }

    /// `class.subject.detail`, its class that of the reply (RFC 2034 section 4).
    private static func enhancedCode(_ word: some Collection<UInt8>, code: Int) -> String? {
        guard word.count <= 9 else { return nil }
        let parts = word.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
        let numbers = parts.compactMap { part in
            part.count <= 3 && part.allSatisfy { $0 >= UInt8(ascii: "0") }
                ? Int(String(decoding: part, as: UTF8.self)) : nil
        }
        guard parts.count == 3, numbers.count == 3, numbers[0] == code / 100 else { return nil }
        return String(decoding: word, as: UTF8.self)
    }
}
