import Cryptography
import DNS

/// Validates the chain of those who handed a message on (RFC 8617 section 5.2).
struct ARCVerifier {
    let dns: any DNSLookup

    func verify(_ message: SignedMessage) async -> ARCVerdict {
        do throws(DKIMDefect) {
            let sets = try ARCSet.chain(of: message)
            guard let newest = sets.last else { return ARCVerdict(result: .none) }
            if let defect = message.defect { throw .failed(defect) }
            try await checkMessage(newest, message)
            for count in (1...sets.count).reversed() { try await checkSeal(of: sets[..<count]) }
            return ARCVerdict(result: .pass, sealers: sets.map(\.sealer))
        } catch {
            // A chain knows no permanent errors: what is not valid failed.
            return ARCVerdict(result: error.result == .temperror ? .temperror : .fail, reason: error.reason)
        }
    }

    /// Only the newest signature has to hold: a forwarder may change the message, and signs it as it leaves.
    private func checkMessage(_ set: ARCSet, _ message: SignedMessage) async throws(DKIMDefect) {
        guard let tags = TagList(set.messageSignature.value) else { throw .failed("a signature is unreadable") }
        let signature = try DKIMSignature(tags, identity: nil)
        guard !signature.signedFields.contains("arc-seal") else { throw .failed("a signature covers a seal") }
        let body = BodyHash.of(message.body, signature.bodyForm, limit: signature.bodyLength)
        guard signature.bodyLength ?? body.length == body.length else {
            throw .failed("l= leaves some of the body out")
        }
        _ = try await DKIMVerifier(dns: dns).check(signature, set.messageSignature, of: message, body: body)
    }

    /// A seal is over all sets up to its own.
    private func checkSeal(of sets: ArraySlice<ARCSet>) async throws(DKIMDefect) {
        guard let set = sets.last, let tags = TagList(set.seal.value), tags["h"] == nil,
            let signature = tags.octets("b")
        else { throw .failed("a seal is unreadable") }
        guard tags["cv"]?.lowercased() == (set.instance == 1 ? "none" : "pass") else {
            throw .failed("seal \(set.instance) does not say that the chain held")
        }
        let origin = try SignatureOrigin(tags)
        var octets: [UInt8] = []
        for other in sets {
            octets += Canonicalization.relaxed.header(other.results.octets)
            octets += Canonicalization.relaxed.header(other.messageSignature.octets)
            let isOwn = other.instance == set.instance
            let seal = isOwn ? SignedHeader.withoutSignature(other.seal.octets) : other.seal.octets
            let form = Canonicalization.relaxed.header(seal)
            octets += isOwn ? form.dropLast(2) : form[...]
        }
        let signable = SignedHeader.signable(octets, origin.kind)
        let keys = try await DKIMKey.find(for: origin, in: dns)
        guard keys.contains(where: { $0.key.verify(signature, of: signable) }) else {
            throw .failed("seal \(set.instance) is not of this chain")
        }
    }
}
