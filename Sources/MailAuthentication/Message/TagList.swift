import Cryptography

/// Tags and values as in `v=1; d=example.com` (RFC 6376 section 3.2).
struct TagList {
    /// Tags at most.
    private static let mostTags = 200

    private let values: [String: [UInt8]]
    /// Names in the order that they stand in.
    let names: [String]

    /// `nil` for a list that is malformed or says a tag twice.
    init?(_ octets: some Collection<UInt8>) {
        var values: [String: [UInt8]] = [:]
        var names: [String] = []
        let parts = Array(octets).split(
            separator: Octet.semicolon, maxSplits: Self.mostTags, omittingEmptySubsequences: false)
        for (number, part) in parts.enumerated() {
            let tag = part.trimmed
            if tag.isEmpty, number == parts.count - 1 { break }
            guard let sign = tag.firstIndex(of: UInt8(ascii: "=")), number < Self.mostTags else { return nil }
            let name = tag[..<sign].trimmed
            guard let first = name.first, Octet.isLetter(first),
                name.allSatisfy({ Octet.isLetter($0) || Octet.isDigit($0) || $0 == UInt8(ascii: "_") })
            else { return nil }
            let value = Array(tag[(sign + 1)...].trimmed)
            guard values.updateValue(value, forKey: name.text) == nil else { return nil }
            names.append(name.text)
        }
        guard !names.isEmpty else { return nil }
        self.values = values
        self.names = names
    }

    /// The value without white space around it.
    subscript(name: String) -> String? { values[name]?.text }

    /// The value without any white space.
    func dense(_ name: String) -> String? { values[name].map { $0.filter { !Octet.isWhite($0) }.text } }

    /// The value as base64 with white space anywhere.
    func octets(_ name: String) -> [UInt8]? { dense(name).flatMap { Base64.decode($0) } }

    /// The value as a number of at most 18 digits.
    func number(_ name: String) -> Int64? {
        guard let value = values[name], (1...18).contains(value.count), value.allSatisfy(Octet.isDigit) else {
            return nil
        }
        return Int64(value.text)
    }

    /// The parts of a value between colons, in lower case and without white space around them.
    func parts(_ name: String) -> [String]? {
        values[name]?.split(separator: Octet.colon, omittingEmptySubsequences: false).map { $0.trimmed.loweredText }
    }
}
