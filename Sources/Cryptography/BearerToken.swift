/// A bearer token: 256 random bits behind a prefix that secret scanners can know it by. Only its digest is stored.
package struct BearerToken: Hashable, Sendable {
    /// What the user is shown, once.
    package var text: String

    package static func make() throws -> Self { Self(text: "brv_" + Hexadecimal.encode(try SecureRandom.bytes(32))) }

    package init(text: String) { self.text = text }

    package var digest: Digest { SHA256.hash(text.utf8) }
}
