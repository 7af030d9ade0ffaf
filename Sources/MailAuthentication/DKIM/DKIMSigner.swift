package import Cryptography
package import FoundationEssentials

/// Signs outgoing mail (RFC 6376 section 5), header and body relaxed.
package struct DKIMSigner: Sendable {
    package let domain: String
    package let selector: String
    private let key: SigningKey

    /// Fields that are signed once more than they occur, so that nobody can add one to what was signed.
    private static let signedFields = [
        "from", "subject", "to", "cc", "date", "message-id", "reply-to", "in-reply-to", "references", "mime-version",
        "content-type", "auto-submitted",
    ]
    private static let lineLength = 76

    /// A signer with the key of a PEM text.
    package init(domain: String, selector: String, privateKeyPEM: String) throws(KeyFailure) {
        guard let name = DomainText.name(domain), DomainText.isName(selector) else {
            throw KeyFailure(description: "\(selector)._domainkey.\(domain) is no domain name")
        }
        self.domain = name
        self.selector = selector.lowercased()
        key = try SigningKey(pem: privateKeyPEM)
        guard key.publicKey.kind == .ed25519 || (1_024...4_096).contains(key.publicKey.bits) else {
            throw KeyFailure(description: "an RSA key for DKIM has 1024 to 4096 bits, better 2048")
        }
    }

    /// The DKIM-Signature field with its line end, to be put on top of the message.
    package func signature(for message: [UInt8], at date: Date) throws(KeyFailure) -> [UInt8] {
        let message = SignedMessage(message)
        if let defect = message.defect { throw KeyFailure(description: "the mail cannot be signed: \(defect)") }
        guard message.fields(named: "from").count == 1 else {
            throw KeyFailure(description: "the mail cannot be signed: it has not one From field")
        }
        let names = Self.signedFields.flatMap { name in
            [String](repeating: name, count: message.fields(named: name).count + 1)
        }
        let digest = BodyHash.of(message.body, .relaxed).digest
        let field = unsignedField(names: names, bodyHash: digest, at: Int64(date.timeIntervalSince1970))
        let header = SignedHeader.octets(of: message, names: names, .relaxed, signatureField: Array(field.utf8)[...])
        let signature = try key.sign(SignedHeader.signable(header, key.kind))
        return Array((field + Self.folded(Base64.encode(signature)) + "\r\n").utf8)
    }

    /// The field up to and with `b=`.
    private func unsignedField(names: [String], bodyHash: [UInt8], at time: Int64) -> String {
        var field = "DKIM-Signature: v=1; a=\(key.kind.rawValue)-sha256; c=relaxed/relaxed;\r\n"
        field += " d=\(domain); s=\(selector); t=\(time);\r\n"
        field += " h="
        var length = 3
        for (number, name) in names.enumerated() {
            let word = number == names.count - 1 ? "\(name);" : "\(name):"
            if length + word.utf8.count > Self.lineLength {
                field += "\r\n  "
                length = 2
            }
            field += word
            length += word.utf8.count
        }
        return field + "\r\n bh=\(Base64.encode(bodyHash));\r\n b="
    }

    private static func folded(_ text: String) -> String {
        var lines: [Substring] = []
        var rest = text[...]
        while !rest.isEmpty {
            lines.append(rest.prefix(lineLength - 4))
            rest = rest.dropFirst(lineLength - 4)
        }
        return lines.joined(separator: "\r\n  ")
    }
}
