import DNS

/// What a domain asks of those who get mail in its name (RFC 7489 section 6.3).
struct DMARCRecord {
    let policy: DMARCVerdict.Policy
    let subdomainPolicy: DMARCVerdict.Policy
    let percent: Int
    let isStrictForDKIM: Bool
    let isStrictForSPF: Bool

    /// `nil` for what is no DMARC record.
    init?(_ text: [UInt8]) {
        guard let tags = TagList(text), tags.names.first == "v", tags["v"] == "DMARC1" else { return nil }
        let policy = tags["p"].flatMap { DMARCVerdict.Policy(rawValue: $0.lowercased()) }
        // Section 6.6.3: without a policy that makes sense, one who wants reports asks for nothing else.
        guard policy != nil || tags["rua"] != nil else { return nil }
        self.policy = policy ?? .none
        subdomainPolicy = tags["sp"].flatMap { DMARCVerdict.Policy(rawValue: $0.lowercased()) } ?? self.policy
        percent = tags.number("pct").map { Int(min($0, 100)) } ?? 100
        isStrictForDKIM = tags["adkim"]?.lowercased() == "s"
        isStrictForSPF = tags["aspf"]?.lowercased() == "s"
    }

    /// The record for mail from a domain: its own, or its organisation's.
    static func find(
        for domain: String, in dns: any DNSLookup
    ) async throws(DNSFailure) -> (record: DMARCRecord, isOwn: Bool)? {
        if let record = try await record(at: domain, dns) { return (record, true) }
        let organisation = PublicSuffixes.organisation(of: domain)
        guard organisation != domain, let record = try await record(at: organisation, dns) else { return nil }
        return (record, false)
    }

    /// The record at a domain; more than one are none (section 6.6.3).
    private static func record(at domain: String, _ dns: any DNSLookup) async throws(DNSFailure) -> DMARCRecord? {
        let records = try await dns.texts(of: "_dmarc.\(domain)").compactMap { DMARCRecord($0) }
        return records.count == 1 ? records[0] : nil
    }
}
