import Cryptography
import DNS

/// Verifies the DKIM signatures of a message (RFC 6376, RFC 8301, RFC 8463).
struct DKIMVerifier {
    /// Signatures looked at; more are left alone, since each costs a look-up that the sender chooses.
    static let mostSignatures = 10
    /// Seconds that clocks may differ by when a signature ends.
    private static let clockDifference: Int64 = 300

    let dns: any DNSLookup

    /// A verdict for each signature, top first.
    func verify(_ message: SignedMessage, at now: Int64) async -> [DKIMVerdict] {
        var hashes = BodyHashes(message.body)
        var verdicts: [DKIMVerdict] = []
        for field in message.fields(named: "dkim-signature").prefix(Self.mostSignatures) {
            verdicts.append(await verdict(field, of: message, &hashes, at: now))
        }
        return verdicts
    }

    private func verdict(
        _ field: SignedMessage.Field, of message: SignedMessage, _ hashes: inout BodyHashes, at now: Int64
    ) async -> DKIMVerdict {
        let tags = TagList(field.value)
        var verdict = DKIMVerdict(
            result: .permerror, domain: tags?["d"]?.lowercased() ?? "", selector: tags?["s"]?.lowercased() ?? "",
            algorithm: tags?["a"]?.lowercased() ?? "", reason: nil, coversBody: true, isTest: false)
        do throws(DKIMDefect) {
            guard let tags else { throw .permanent("the field is no list of tags") }
            if let defect = message.defect { throw .permanent(defect) }
            let signature = try DKIMSignature(tags)
            try Self.checkTime(of: signature, at: now)
            let body = hashes.hash(signature.bodyForm, limit: signature.bodyLength)
            verdict.coversBody = signature.bodyLength.map { $0 == body.length } ?? true
            let key = try await check(signature, field, of: message, body: body)
            verdict.isTest = key.isTest
            verdict.result = .pass
        } catch {
            verdict.result = error.result
            verdict.reason = error.reason
        }
        return verdict
    }

    private static func checkTime(of signature: DKIMSignature, at now: Int64) throws(DKIMDefect) {
        if let end = signature.expiresAt, end + clockDifference < now { throw .failed("the signature expired") }
    }

    /// Finds the key that the signature was made with.
    func check(
        _ signature: DKIMSignature, _ field: SignedMessage.Field, of message: SignedMessage,
        body: (digest: [UInt8], length: Int)
    ) async throws(DKIMDefect) -> DKIMKey {
        if let length = signature.bodyLength, length > body.length {
            throw .failed("l= is more than the body has")
        }
        // Before the key, which costs a look-up: nothing it could say would make this pass.
        guard signature.bodyHash == body.digest else { throw .failed("the body was changed") }
        let keys = try await DKIMKey.find(for: signature.origin, in: dns)
        let header = SignedHeader.octets(
            of: message, names: signature.signedFields, signature.headerForm, signatureField: field.octets)
        let signable = SignedHeader.signable(header, signature.origin.kind)
        guard let key = keys.first(where: { $0.key.verify(signature.signature, of: signable) }) else {
            throw .failed("the signature is not of this header and key")
        }
        return key
    }
}

/// Digests of one body: signatures that want the same share it.
struct BodyHashes {
    private struct Kind: Hashable {
        var form: Canonicalization
        var limit: Int?
    }

    private let body: ArraySlice<UInt8>
    private var known: [Kind: (digest: [UInt8], length: Int)] = [:]

    init(_ body: ArraySlice<UInt8>) { self.body = body }

    mutating func hash(_ form: Canonicalization, limit: Int?) -> (digest: [UInt8], length: Int) {
        let kind = Kind(form: form, limit: limit)
        if let hash = known[kind] { return hash }
        let hash = BodyHash.of(body, form, limit: limit)
        known[kind] = hash
        return hash
    }
}
