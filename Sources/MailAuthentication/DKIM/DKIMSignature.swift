import Cryptography

/// A DKIM-Signature field (RFC 6376 section 3.5), or ARC's, which says the same with `i=` for the instance.
struct DKIMSignature {
    let kind: KeyKind
    let algorithm: String
    let domain: String
    let selector: String
    let headerForm: Canonicalization
    let bodyForm: Canonicalization
    /// Names of the signed fields, in lower case.
    let signedFields: [String]
    let bodyHash: [UInt8]
    let signature: [UInt8]
    let bodyLength: Int?
    let signedAt: Int64?
    let expiresAt: Int64?
    /// The domain of `i=`.
    let identityDomain: String

    /// Octets of a domain name's labels at most, and of a signed field list.
    private static let mostSignedFields = 1_000

    /// Reads the tags of a DKIM-Signature field.
    init(_ tags: TagList) throws(DKIMDefect) {
        guard tags["v"] == "1" else { throw .permanent("v= is not 1") }
        try self.init(tags, identity: tags["i"])
    }

    /// Reads what DKIM-Signature and ARC-Message-Signature share.
    init(_ tags: TagList, identity: String?) throws(DKIMDefect) {
        algorithm = tags["a"]?.lowercased() ?? ""
        kind = try Self.kind(algorithm)
        domain = try Self.name(tags, "d")
        selector = try Self.name(tags, "s")
        (headerForm, bodyForm) = try Self.forms(tags["c"])
        guard let fields = tags.parts("h"), fields.count <= Self.mostSignedFields, !fields.contains("") else {
            throw .permanent("h= is missing or unreadable")
        }
        guard fields.contains("from") else { throw .permanent("From is not signed") }
        signedFields = fields
        guard let bodyHash = tags.octets("bh"), bodyHash.count == 32 else {
            throw .permanent("bh= is no SHA-256 digest")
        }
        self.bodyHash = bodyHash
        guard let signature = tags.octets("b"), !signature.isEmpty else { throw .permanent("b= is unreadable") }
        self.signature = signature
        bodyLength = try Self.number(tags, "l").map { Int($0) }
        signedAt = try Self.number(tags, "t")
        expiresAt = try Self.number(tags, "x")
        if let signedAt, let expiresAt, expiresAt < signedAt { throw .permanent("it ends before it begins") }
        identityDomain = try Self.identityDomain(identity, within: domain)
        if let queries = tags.parts("q"), !queries.contains("dns/txt") {
            throw .permanent("the key is not in DNS")
        }
    }

    private static func kind(_ algorithm: String) throws(DKIMDefect) -> KeyKind {
        switch algorithm {
        case "rsa-sha256": return .rsa
        case "ed25519-sha256": return .ed25519
        // RFC 8301 section 3.1: such a signature is no evidence.
        case "rsa-sha1": throw .permanent("rsa-sha1 is not trusted any more")
        default: throw .permanent("the algorithm is unknown")
        }
    }

    private static func name(_ tags: TagList, _ tag: String) throws(DKIMDefect) -> String {
        guard let name = tags[tag]?.lowercased(), DomainText.isName(name) else {
            throw .permanent("\(tag)= is no domain name")
        }
        return name
    }

    private static func number(_ tags: TagList, _ tag: String) throws(DKIMDefect) -> Int64? {
        guard tags[tag] != nil else { return nil }
        guard let number = tags.number(tag) else { throw .permanent("\(tag)= is no number") }
        return number
    }

    private static func forms(_ text: String?) throws(DKIMDefect) -> (Canonicalization, Canonicalization) {
        let parts = (text ?? "simple").lowercased().split(separator: "/", omittingEmptySubsequences: false)
        guard parts.count <= 2, let header = Canonicalization(rawValue: String(parts[0])) else {
            throw .permanent("c= is unknown")
        }
        guard parts.count == 2 else { return (header, .simple) }
        guard let body = Canonicalization(rawValue: String(parts[1])) else { throw .permanent("c= is unknown") }
        return (header, body)
    }

    private static func identityDomain(
        _ identity: String?, within domain: String
    ) throws(DKIMDefect) -> String {
        guard let identity else { return domain }
        guard let at = identity.lastIndex(of: "@") else { throw .permanent("i= is no identity") }
        let own = identity[identity.index(after: at)...].lowercased()
        guard own.isDomain(within: domain) else { throw .permanent("i= is outside d=") }
        return own
    }
}

/// Names of domains as DNS takes them.
enum DomainText {
    /// Whether it is a name of letters, digits, hyphens and underscores, without a dot at the end.
    static func isName(_ text: some StringProtocol) -> Bool {
        let octets = text.utf8
        guard (1...253).contains(octets.count) else { return false }
        return octets.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false).allSatisfy { label in
            (1...63).contains(label.count)
                && label.allSatisfy {
                    Octet.isLetter($0) || Octet.isDigit($0) || $0 == UInt8(ascii: "-") || $0 == UInt8(ascii: "_")
                }
        }
    }
}
