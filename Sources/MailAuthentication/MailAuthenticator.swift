package import DNS
package import FoundationEssentials
package import Hosts

/// Finds out who answers for a message: SPF, DKIM, DMARC and ARC.
///
/// Never fails: what cannot be found out is in the verdict. However many questions a message raises, they have half a
/// minute together.
package struct MailAuthenticator: Sendable {
    /// Who brought the message.
    package struct Client: Sendable {
        package var address: IPAddress
        package var helo: String
        /// The return path without angle brackets; empty for `<>`.
        package var mailFrom: String

        package init(address: IPAddress, helo: String, mailFrom: String) {
            self.address = address
            self.helo = helo
            self.mailFrom = mailFrom
        }
    }

    private let dns: any DNSLookup
    private let limit: Duration

    package init(dns: any DNSLookup, limit: Duration = .seconds(30)) {
        self.dns = dns
        self.limit = limit
    }

    /// The verdict on a message as it was received; SPF is `none` where no client brought it over SMTP.
    package func verify(_ message: [UInt8], client: Client?, at date: Date) async -> AuthenticationVerdict {
        let dns = HurriedLookup(base: dns, end: .now + limit)
        let signed = SignedMessage(message)
        let now = Int64(date.timeIntervalSince1970)
        async let spf = Self.spf(client, dns)
        let dkim = await DKIMVerifier(dns: dns).verify(signed, at: now)
        let dmarc = await DMARCVerdict.on(signed, spf: await spf, dkim: dkim, in: dns)
        let arc = await ARCVerifier(dns: dns).verify(signed)
        return AuthenticationVerdict(spf: await spf, dkim: dkim, dmarc: dmarc, arc: arc)
    }

    private static func spf(_ client: Client?, _ dns: any DNSLookup) async -> SPFVerdict {
        guard let client else { return SPFVerdict(result: .none, reason: "the message did not come over SMTP") }
        return await SPFCheck.verdict(
            on: client.address, helo: client.helo, mailFrom: client.mailFrom, in: dns)
    }
}

/// Asks as long as there is time.
private struct HurriedLookup: DNSLookup {
    let base: any DNSLookup
    let end: ContinuousClock.Instant

    func records(_ type: DNSRecordType, of name: String) async throws(DNSFailure) -> [DNSRecord] {
        guard ContinuousClock.now < end else { throw DNSFailure(reason: "too many slow DNS look-ups") }
        return try await base.records(type, of: name)
    }
}
