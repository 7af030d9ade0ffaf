package import Cryptography

/// A key of ours as DNS has to publish it (RFC 6376 section 3.6.1, RFC 8463 section 4).
package struct DKIMRecord: Hashable, Sendable {
    /// Where the record stands.
    package let name: String
    /// What it says, whole.
    package let value: String

    /// The record of a private key.
    package init(domain: String, selector: String, key: SigningKey) {
        name = "\(selector)._domainkey.\(domain)"
        value = "v=DKIM1; k=\(key.kind.rawValue); p=\(Base64.encode(key.publicKey.octets))"
    }

    /// The value in pieces that a TXT record can hold: 255 octets each (RFC 1035 section 3.3.14).
    package var strings: [String] {
        var strings: [String] = []
        var rest = value[...]
        while !rest.isEmpty {
            strings.append(String(rest.prefix(255)))
            rest = rest.dropFirst(255)
        }
        return strings
    }

    /// The line of a zone file.
    package var zoneLine: String { "\(name). IN TXT ( \(strings.map { "\"\($0)\"" }.joined(separator: " ")) )" }
}
