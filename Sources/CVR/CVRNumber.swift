/// A Danish company number: eight digits, the first 1-9, that pass the modulus-11 check.
package struct CVRNumber: Hashable, Comparable, Sendable, Codable, CustomStringConvertible {
    /// The eight digits.
    package let description: String

    /// The number, or `nil` when the text is not eight ASCII digits, begins with 0, or fails the check.
    ///
    /// Weights 2 7 6 5 4 3 2 1; the sum of digit times weight is divisible by 11 (Erhvervsstyrelsen).
    package init?(_ digits: some StringProtocol) {
        let octets = Array(digits.utf8)
        guard octets.count == 8, octets.allSatisfy({ (0x30...0x39).contains($0) }), octets[0] != 0x30 else {
            return nil
        }
        let weights = [2, 7, 6, 5, 4, 3, 2, 1]
        let sum = zip(octets, weights).reduce(0) { $0 + (Int($1.0) - 0x30) * $1.1 }
        guard sum % 11 == 0 else { return nil }
        description = String(digits)
    }

    package init(from decoder: any Decoder) throws {
        let text = try decoder.singleValueContainer().decode(String.self)
        guard let number = Self(text) else {
            throw DecodingError.dataCorrupted(
                .init(
                    codingPath: decoder.codingPath,
                    debugDescription: "not a CVR number: eight digits that pass modulus 11"))
        }
        self = number
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(description)
    }

    package static func < (left: Self, right: Self) -> Bool { left.description < right.description }
}
