import FoundationEssentials

/// Base64 (RFC 4648 section 4), with padding.
package enum Base64 {
    package static func encode(_ bytes: [UInt8]) -> String { Data(bytes).base64EncodedString() }

    /// The octets, or `nil` where anything but well-formed base64 is there, white space included.
    package static func decode(_ text: some StringProtocol) -> [UInt8]? {
        Data(base64Encoded: String(text)).map { [UInt8]($0) }
    }
}

/// Base64 for URLs and file names (RFC 4648 section 5), without padding.
package enum Base64URL {
    package static func encode(_ bytes: [UInt8]) -> String {
        let characters = Base64.encode(bytes).utf8.lazy.filter { $0 != UInt8(ascii: "=") }
        return String(decoding: characters.map(urlCharacter), as: UTF8.self)
    }

    /// The octets, or `nil` where anything but the alphabet is there, padding included.
    package static func decode(_ text: some StringProtocol) -> [UInt8]? {
        guard !text.utf8.contains(where: { notOfURLs.contains($0) }) else { return nil }
        let padding = String(repeating: "=", count: (4 - text.utf8.count % 4) % 4)
        return Base64.decode(String(decoding: text.utf8.map(character), as: UTF8.self) + padding)
    }

    private static let notOfURLs = Array("+/=".utf8)

    private static func urlCharacter(_ character: UInt8) -> UInt8 {
        switch character {
        case UInt8(ascii: "+"): UInt8(ascii: "-")
        case UInt8(ascii: "/"): UInt8(ascii: "_")
        default: character
        }
    }

    private static func character(_ urlCharacter: UInt8) -> UInt8 {
        switch urlCharacter {
        case UInt8(ascii: "-"): UInt8(ascii: "+")
        case UInt8(ascii: "_"): UInt8(ascii: "/")
        default: urlCharacter
        }
    }
}
