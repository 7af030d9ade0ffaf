/// Everything that SPF, DKIM, DMARC and ARC say of a message.
package struct AuthenticationVerdict: Codable, Hashable, Sendable {
    package var spf: SPFVerdict
    /// One of each signature, top first, at most ten.
    package var dkim: [DKIMVerdict]
    package var dmarc: DMARCVerdict
    package var arc: ARCVerdict

    /// The domain in From, in lower case; `nil` where there is not one address.
    package var fromDomain: String? { dmarc.domain }

    /// Whether a failure of DNS left something open: looked at again later, the message may prove more.
    package var isTemporary: Bool { dmarc.isOpen || (arc.result == .temperror && dmarc.result != .pass) }

    /// Whether the message is from this domain and a signature says so that is aligned with From and counts.
    package func dkimAlignedPass(for domain: String) -> Bool {
        fromDomain == domain.lowercased() && !dmarc.alignedDKIM.isEmpty
    }

    /// The text of an Authentication-Results field (RFC 8601), folded.
    package func resultsValue(authservID: String) -> String {
        var parts = [authservID]
        let property = spf.identity == .helo ? "smtp.helo" : "smtp.mailfrom"
        parts.append("spf=\(spf.result.rawValue)" + Self.property(property, spf.domain))
        for signature in dkim {
            parts.append(
                "dkim=\(signature.result.rawValue)" + Self.property("header.d", signature.domain)
                    + Self.property("header.s", signature.selector) + Self.property("header.a", signature.algorithm))
        }
        if dkim.isEmpty { parts.append("dkim=none") }
        parts.append("dmarc=\(dmarc.result.rawValue)" + Self.property("header.from", dmarc.domain ?? ""))
        if arc.result != .none { parts.append("arc=\(arc.result.rawValue)") }
        return parts.joined(separator: ";\r\n ")
    }

    /// A property, unless its value is something that a sender made up.
    private static func property(_ name: String, _ value: String) -> String {
        DomainText.isName(value) ? " \(name)=\(value)" : ""
    }
}
