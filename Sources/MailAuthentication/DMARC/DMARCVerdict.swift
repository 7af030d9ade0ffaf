import DNS

/// Whether the domain in From answers for a message (RFC 7489).
package struct DMARCVerdict: Codable, Hashable, Sendable {
    package enum Policy: String, Codable, Hashable, Sendable {
        case none
        case quarantine
        case reject
    }

    package var result: AuthenticationResult
    /// The domain in From, in lower case; `nil` where there is not one address.
    package var domain: String?
    /// What the domain asks for; `nil` without a record.
    package var policy: Policy?
    package var percent: Int?
    /// Domains of signatures that count and are aligned with From; by the relaxed rule where no record says otherwise.
    package var alignedDKIM: [String]
    /// The domain that SPF passed for, if aligned.
    package var alignedSPF: String?
    package var reason: String?
    /// Whether a failure of DNS left something open that could make it pass.
    package var isOpen: Bool
}

extension DMARCVerdict {
    /// The verdict on a message from the verdicts of SPF and DKIM.
    static func on(
        _ message: SignedMessage, spf: SPFVerdict, dkim: [DKIMVerdict], in dns: any DNSLookup
    ) async -> DMARCVerdict {
        var verdict = DMARCVerdict(result: .permerror, alignedDKIM: [], isOpen: false)
        let domain: String
        do throws(DKIMDefect) {
            domain = try AuthorDomain(message).domain
        } catch {
            verdict.reason = error.reason
            return verdict
        }
        verdict.domain = domain
        do throws(DNSFailure) {
            let found = try await DMARCRecord.find(for: domain, in: dns)
            verdict.align(domain, found?.record, spf, dkim)
            if let (record, isOwn) = found { verdict.conclude(record, isOwn: isOwn) } else { verdict.result = .none }
        } catch {
            // Until it is known whether the rule is strict, nothing is aligned but what is the same.
            verdict.align(domain, .strict, spf, dkim)
            verdict.result = .temperror
            verdict.isOpen = true
            verdict.reason = error.reason
        }
        return verdict
    }

    private mutating func align(_ domain: String, _ record: DMARCRecord?, _ spf: SPFVerdict, _ dkim: [DKIMVerdict]) {
        func isAligned(_ other: String, _ isStrict: Bool) -> Bool {
            isStrict ? other == domain : PublicSuffixes.isOne(other, domain)
        }
        let strictDKIM = record?.isStrictForDKIM ?? false
        let strictSPF = record?.isStrictForSPF ?? false
        alignedDKIM = dkim.filter { $0.counts && isAligned($0.domain, strictDKIM) }.map(\.domain)
        if spf.result == .pass, isAligned(spf.domain, strictSPF) { alignedSPF = spf.domain }
        let isDKIMOpen =
            alignedDKIM.isEmpty && dkim.contains { $0.result == .temperror && isAligned($0.domain, strictDKIM) }
        let isSPFOpen =
            alignedSPF == nil && alignedDKIM.isEmpty && spf.result == .temperror && isAligned(spf.domain, strictSPF)
        isOpen = isDKIMOpen || isSPFOpen
    }

    private mutating func conclude(_ record: DMARCRecord, isOwn: Bool) {
        policy = isOwn ? record.policy : record.subdomainPolicy
        percent = record.percent
        if !alignedDKIM.isEmpty || alignedSPF != nil {
            result = .pass
        } else {
            result = isOpen ? .temperror : .fail
        }
    }
}

extension DMARCRecord {
    /// Nothing but the same domain is aligned.
    fileprivate static var strict: DMARCRecord? { DMARCRecord(Array("v=DMARC1; p=none; adkim=s; aspf=s".utf8)) }
}
