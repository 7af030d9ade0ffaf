/// What a relay said in answer to EHLO, as far as it matters here; it holds for the connection.
struct RelayOffer: Hashable, Sendable {
    /// Whether it said what it offers at all: after HELO nobody knows.
    private(set) var isKnown = false
    /// Whether it does as it is asked about reports (DSN, RFC 3461).
    private(set) var reports = false
    /// Whether it takes addresses beyond ASCII (SMTPUTF8, RFC 6531).
    private(set) var utf8 = false

    /// A line of the answer came in.
    mutating func read(_ line: some Collection<UInt8>) {
        guard line.starts(with: Array("250".utf8)) else { return }
        isKnown = true
        let word = String(decoding: line.dropFirst(4).prefix { $0 > 0x20 }, as: UTF8.self).uppercased()
        reports = reports || word == "DSN"
        utf8 = utf8 || word == "SMTPUTF8"
    }
}
