/// Knows other protocols by the first line they send: a browser made to talk to this port must not get far (ALPACA).
enum ForeignProtocol {
    private static let verbs = [
        "GET ", "POST ", "PUT ", "HEAD ", "OPTIONS ", "CONNECT ", "DELETE ", "PATCH ", "TRACE ", "PRI ",
    ].map { Array($0.utf8) }

    /// A handshake record of TLS or SSL; it need not hold a line end.
    static func isTLS(_ octet: UInt8?) -> Bool { octet == 0x16 || octet == 0x80 }

    /// Whether the line is a request of HTTP, or looks like the field of a mail header: a word with a colon.
    static func opens(_ line: ArraySlice<UInt8>) -> Bool {
        if isTLS(line.first) || verbs.contains(where: line.starts) { return true }
        let word = line.prefix { $0 != 0x20 && $0 != UInt8(ascii: ":") }
        return !word.isEmpty && word.endIndex < line.endIndex && line[word.endIndex] == UInt8(ascii: ":")
    }
}
