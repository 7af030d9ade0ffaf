/// A password of one mail program: 150 random bits in letters and digits that cannot be mistaken for each other.
package struct AppPassword: Sendable {
    /// Crockford's base32 in lower case: no i, l, o or u.
    private static let alphabet = Array("0123456789abcdefghjkmnpqrstvwxyz".utf8)
    private static let groups = (count: 5, length: 6)

    /// What the user is shown, once: such as `k3m9w2-x8q4zt-…`, five groups of six; the hyphens belong to it.
    package let text: String

    /// A new one.
    package static func make() throws(SecureRandom.Unavailable) -> Self {
        // 256 is a multiple of 32, so the remainder is as even as the octets.
        let octets = try SecureRandom.bytes(groups.count * groups.length).map { alphabet[Int($0) % alphabet.count] }
        let parts = stride(from: 0, to: octets.count, by: groups.length).map {
            String(decoding: octets[$0..<$0 + groups.length], as: UTF8.self)
        }
        return Self(text: parts.joined(separator: "-"))
    }
}

extension AppPassword: CustomStringConvertible, CustomDebugStringConvertible {
    /// Nothing of it: a password that slips into a log gives nothing away.
    package var description: String { "app password" }
    package var debugDescription: String { description }
}
