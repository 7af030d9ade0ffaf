import Cryptography
import DNS

/// A key as its domain publishes it (RFC 6376 section 3.6.1).
struct DKIMKey {
    let key: VerifyingKey
    let isTest: Bool
    /// Whether `i=` may not be a subdomain of `d=` (`t=s`).
    let isStrict: Bool

    /// Keys of a selector that are tried at most; RFC 6376 section 3.6.2.2 allows one.
    private static let mostKeys = 3

    /// Asks for the keys that may have made a signature.
    static func find(for signature: SignatureOrigin, in dns: any DNSLookup) async throws(DKIMDefect) -> [DKIMKey] {
        let texts: [[UInt8]]
        do {
            texts = try await dns.texts(of: "\(signature.selector)._domainkey.\(signature.domain)")
        } catch {
            throw .temporary("the key cannot be looked up: \(error.reason)")
        }
        // Other texts may stand at the name too, under a wildcard for one.
        let records = texts.compactMap { TagList($0) }.filter { $0["p"] != nil }
        guard !records.isEmpty else { throw .permanent("there is no key") }
        var defect = DKIMDefect.permanent("there is no key")
        var keys: [DKIMKey] = []
        for record in records.prefix(mostKeys) {
            do throws(DKIMDefect) {
                keys.append(try DKIMKey(record, for: signature))
            } catch {
                defect = error
            }
        }
        guard !keys.isEmpty else { throw defect }
        return keys
    }

    init(_ record: TagList, for signature: SignatureOrigin) throws(DKIMDefect) {
        if let version = record["v"], version != "DKIM1" || record.names.first != "v" {
            throw .permanent("the key's version is not DKIM1")
        }
        if let hashes = record.parts("h"), !hashes.contains("sha256") {
            throw .permanent("the key is not for SHA-256")
        }
        if let services = record.parts("s"), !services.contains("*"), !services.contains("email") {
            throw .permanent("the key is not for mail")
        }
        guard (record["k"] ?? "rsa").lowercased() == signature.kind.rawValue else {
            throw .permanent("the key is of another kind")
        }
        guard record["p"] != "" else { throw .permanent("the key was revoked") }
        let flags = record.parts("t") ?? []
        isTest = flags.contains("y")
        isStrict = flags.contains("s")
        key = try Self.key(record.octets("p"), signature.kind)
        if isStrict, signature.identityDomain != signature.domain { throw .permanent("i= is not d= itself") }
    }

    private static func key(_ octets: [UInt8]?, _ kind: KeyKind) throws(DKIMDefect) -> VerifyingKey {
        guard let octets, let key = kind == .rsa ? VerifyingKey(rsa: octets) : VerifyingKey(ed25519: octets) else {
            throw .permanent("the key is unreadable")
        }
        // RFC 8301 section 3.2; the upper bound is the most that verifiers must take, and bounds the work.
        if kind == .rsa, !(1_024...4_096).contains(key.bits) {
            throw .permanent("the key has \(key.bits) bits")
        }
        return key
    }
}
