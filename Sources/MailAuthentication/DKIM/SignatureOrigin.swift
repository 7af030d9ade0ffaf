import Cryptography

/// Where the key of a signature is to be found, and what it has to be.
struct SignatureOrigin {
    let kind: KeyKind
    /// In lower case and A-labels, as the selector.
    let domain: String
    let selector: String
    /// The domain of `i=`, at or below the signing one.
    let identityDomain: String
}

extension SignatureOrigin {
    /// Reads the tags that every kind of signature has.
    init(_ tags: TagList, identity: String? = nil) throws(DKIMDefect) {
        kind = try Self.kind(tags["a"]?.lowercased() ?? "")
        domain = try Self.name(tags, "d")
        selector = try Self.name(tags, "s")
        identityDomain = try Self.identityDomain(identity, within: domain)
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
        guard let name = tags[tag].flatMap(DomainText.name) else {
            throw .permanent("\(tag)= is no domain name")
        }
        return name
    }

    private static func identityDomain(
        _ identity: String?, within domain: String
    ) throws(DKIMDefect) -> String {
        guard let identity else { return domain }
        guard let at = identity.lastIndex(of: "@") else { throw .permanent("i= is no identity") }
        guard let own = DomainText.name(String(identity[identity.index(after: at)...])), own.isDomain(within: domain)
        else { throw .permanent("i= is outside d=") }
        return own
    }
}
