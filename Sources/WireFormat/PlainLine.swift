/// Words from outside as one bounded line that is safe to log and to show.
package enum PlainLine {
    /// Octets at most.
    package static let limit = 2_048

    package static func clean(_ bytes: some Collection<UInt8>) -> String {
        let visible = bytes.prefix(limit).map { $0 < 0x20 || $0 == 0x7F ? UInt8(ascii: " ") : $0 }
        // A character cut in two at the limit becomes U+FFFD, as does what was not UTF-8; C1 controls go as well.
        let text = String(decoding: visible, as: UTF8.self)
        let scalars = text.unicodeScalars.map { (0x80...0x9F).contains($0.value) ? " " : $0 }
        return String(String.UnicodeScalarView(scalars))
    }
}
