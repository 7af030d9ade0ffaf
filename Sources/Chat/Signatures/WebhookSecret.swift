package import Cryptography

/// The secret that a sender of webhooks signs with (Standard Webhooks 1.0, `v1`).
package struct WebhookSecret: Hashable, Sendable {
    private static let prefix = "whsec_"
    private static let sizes = 24...64

    /// The key itself.
    package let octets: [UInt8]

    /// A secret as it was stored.
    package init(octets: [UInt8]) { self.octets = octets }

    /// `whsec_` and base64 of 24 to 64 octets; prefix and padding may be missing.
    package init?(text: String) {
        let digits = text.hasPrefix(Self.prefix) ? text.dropFirst(Self.prefix.count) : text[...]
        let padding = String(repeating: "=", count: (4 - digits.utf8.count % 4) % 4)
        guard let octets = Base64.decode(digits + padding), Self.sizes.contains(octets.count) else { return nil }
        self.octets = octets
    }

    /// A new one of 32 random octets.
    package static func make() throws(SecureRandom.Unavailable) -> Self {
        Self(octets: try SecureRandom.bytes(32))
    }

    /// What the sender is given.
    package var text: String { Self.prefix + Base64.encode(octets) }
}

extension WebhookSecret: CustomStringConvertible, CustomDebugStringConvertible {
    /// The prefix alone: a secret that slips into a log gives nothing away.
    package var description: String { "\(Self.prefix)…" }
    package var debugDescription: String { description }
}
