package import Hosts
package import Mail
package import MailAuthentication
package import Records

/// Whose word on a sender is believed, and what follows from it; pure.
package struct TrustPolicy: Sendable {
    /// Relays in front of us, whose results are believed.
    package struct Upstream: Sendable {
        package var networks: [Network]
        /// What they write their results under (RFC 8601 section 2.5).
        package var authservID: String
        /// Whether they have to show a client certificate too.
        package var needsCertificate: Bool

        package init(networks: [Network], authservID: String, needsCertificate: Bool) {
            self.networks = networks
            self.authservID = authservID
            self.needsCertificate = needsCertificate
        }
    }

    private let own: OwnPeople
    private let upstream: Upstream?
    /// Domains whose seal on a forwarded mail is believed (RFC 8617), as DNS has them.
    private let forwarders: Set<String>

    package init(own: OwnPeople, upstream: Upstream?, forwarders: [String]) {
        self.own = own
        self.upstream = upstream
        self.forwarders = Set(forwarders.map(DomainName.comparable))
    }

    /// Whether a failure of DNS left something open that could prove more.
    func isOpen(_ verdict: AuthenticationVerdict) -> Bool {
        verdict.dmarc.isOpen || verdict.arc.result == .temperror && !forwarders.isEmpty
            || verdict.dkim.contains { $0.result == .temperror && $0.domain == verdict.fromDomain }
    }

    /// Whether somebody wants to be taken for one of our own people.
    func isClaimed(_ letter: Letter) -> Bool { letter.from.contains(where: own.includes) }

    /// Whether a relay in front of us brought it.
    ///
    /// What it says of itself then says nothing of the sender: SPF would judge the relay, which may well send for us.
    package func isBehindRelay(_ envelope: ArrivalEnvelope) -> Bool {
        guard let upstream, let address = envelope.remoteAddress else { return false }
        return upstream.networks.contains { $0.contains(address) }
    }

    /// Whether that relay is believed: without the certificate that is asked of it, it is not.
    package func isFromUpstream(_ envelope: ArrivalEnvelope) -> Bool {
        isBehindRelay(envelope) && (upstream?.needsCertificate == false || envelope.clientCertificate != nil)
    }

    /// The id whose results in a mail are believed, if any.
    package func believedID(of envelope: ArrivalEnvelope) -> String? {
        isFromUpstream(envelope) ? upstream?.authservID : envelope.mailbox?.authservID
    }

    /// How far a mail is believed.
    ///
    /// `results`: those under the id that is believed, the topmost first. Only the topmost counts: whoever vouches removes
    /// what others wrote under its name (RFC 8601 section 5), and what stands further down may be older than it.
    package func trust(
        _ letter: Letter, _ verdict: AuthenticationVerdict, _ results: [AuthenticationResults]
    ) -> (trust: SenderTrust, reason: String) {
        guard letter.from.count == 1, let from = letter.from.first, own.includes(from) else {
            return (.none, "From is nobody of our own people")
        }
        // Two readers of one From that see two domains see two authors.
        guard let domain = verdict.fromDomain, domain == from.domainName else {
            return (.none, "From is not one address that everybody reads alike")
        }
        if verdict.dmarc.result == .pass, verdict.dkimAlignedPass(for: domain) {
            return (.commands, "DMARC passes for \(domain) by a signature")
        }
        if let finding = vouched(domain, results.first) { return finding }
        if verdict.dmarc.result == .pass { return (.people, "DMARC passes for \(domain) by SPF alone") }
        if let sealer = sealer(of: verdict.arc, domain) {
            return (.people, "\(sealer) forwarded it and says that DMARC passed for \(domain)")
        }
        return (.none, "DMARC gives \(verdict.dmarc.result.rawValue) for \(domain)")
    }

    /// Whether somebody outside is who their From says, so that an automatic mail to them reaches no stranger.
    ///
    /// As DMARC asks for it, also where their domain publishes no record: SPF or a signature must pass for the domain of
    /// From, or a relay in front of us says that DMARC passed.
    func provesAuthor(
        of letter: Letter, _ verdict: AuthenticationVerdict, _ results: [AuthenticationResults]
    ) -> Bool {
        guard letter.from.count == 1, let domain = verdict.fromDomain,
            letter.from.first?.domainName == domain
        else { return false }
        if vouched(domain, results.first) != nil { return true }
        return !verdict.dmarc.alignedDKIM.isEmpty || verdict.dmarc.alignedSPF != nil
    }

    private func vouched(
        _ domain: String, _ results: AuthenticationResults?
    ) -> (trust: SenderTrust, reason: String)? {
        guard let results,
            results.findings.contains(where: {
                $0.method == "dmarc" && $0.result == "pass"
                    && $0.properties["header.from"].map(DomainName.comparable) == domain
            })
        else { return nil }
        let isSigned = results.findings.contains {
            $0.method == "dkim" && $0.result == "pass" && $0.properties["header.d"].map(DomainName.comparable) == domain
        }
        return (isSigned ? .commands : .people, "\(results.authservID) says that DMARC passes for \(domain)")
    }

    /// The forwarder that brought it, when we know it and it vouches; what it says of earlier ones is its own affair.
    private func sealer(of chain: ARCVerdict, _ domain: String) -> String? {
        guard chain.result == .pass, let last = chain.sealers.last,
            forwarders.contains(DomainName.comparable(last.domain)),
            last.dmarc == "pass", last.fromDomain.map(DomainName.comparable) == domain
        else { return nil }
        return last.domain
    }
}
