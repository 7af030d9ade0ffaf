/// A bearer token (RFC 6750): 256 random bits behind a prefix that secret scanners can know it by.
///
/// Only its digest is stored: with that much chance in it, a plain hash cannot be turned back.
package struct BearerToken: Hashable, Sendable {
    package static let prefix = "brv_"

    /// What the user is shown, once.
    package let text: String

    /// A token as somebody presents it.
    package init(text: String) { self.text = text }

    /// A new token.
    package static func make() throws(SecureRandom.Unavailable) -> Self {
        Self(text: prefix + Hexadecimal.encode(try SecureRandom.bytes(32)))
    }

    /// What is stored and looked up.
    package var digest: Digest { SHA256.hash(text.utf8) }
}

extension BearerToken: CustomStringConvertible, CustomDebugStringConvertible {
    /// The prefix alone: a token that slips into a log gives nothing away.
    package var description: String { "\(Self.prefix)…" }
    package var debugDescription: String { description }
}
