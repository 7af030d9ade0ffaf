/// A DKIM-Signature field (RFC 6376 section 3.5), or ARC's, which says the same with `i=` for the instance.
struct DKIMSignature {
    let origin: SignatureOrigin
    let headerForm: Canonicalization
    let bodyForm: Canonicalization
    /// Names of the signed fields, in lower case.
    let signedFields: [String]
    let bodyHash: [UInt8]
    let signature: [UInt8]
    let bodyLength: Int?
    let expiresAt: Int64?

    /// Names in `h=` at most.
    private static let mostSignedFields = 1_000

    /// Reads the tags of a DKIM-Signature field.
    init(_ tags: TagList) throws(DKIMDefect) {
        guard tags["v"] == "1" else { throw .permanent("v= is not 1") }
        try self.init(tags, identity: tags["i"])
    }

    /// Reads what DKIM-Signature and ARC-Message-Signature share.
    init(_ tags: TagList, identity: String?) throws(DKIMDefect) {
        origin = try SignatureOrigin(tags, identity: identity)
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
        expiresAt = try Self.number(tags, "x")
        if let start = try Self.number(tags, "t"), let expiresAt, expiresAt < start {
            throw .permanent("it ends before it begins")
        }
        if let queries = tags.parts("q"), !queries.contains("dns/txt") {
            throw .permanent("the key is not in DNS")
        }
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
}
