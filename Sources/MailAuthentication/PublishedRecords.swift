package import DNS

/// What a domain says of its own mail in DNS, for whoever keeps the domain.
package struct PublishedRecords: Sendable {
    /// SPF records as they are written; one is right.
    package let spf: [String]
    /// What is wrong with the only SPF record.
    package let spfDefect: String?
    /// What DMARC asks for; `nil` without a record.
    package let policy: DMARCVerdict.Policy?

    /// Asks for the records of a domain; DMARC also at its organisation.
    package init(of domain: String, in dns: any DNSLookup) async throws(DNSFailure) {
        let records = try await dns.texts(of: domain).filter(SPFRecord.isRecord)
        spf = records.map(\.text)
        spfDefect = records.count == 1 ? Self.defect(of: records[0]) : nil
        let found = try await DMARCRecord.find(for: domain, in: dns)
        policy = found.map { $0.isOwn ? $0.record.policy : $0.record.subdomainPolicy }
    }

    private static func defect(of record: [UInt8]) -> String? {
        do throws(SPFDefect) {
            _ = try SPFRecord(record)
            return nil
        } catch {
            return error.reason
        }
    }
}
