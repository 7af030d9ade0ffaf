import SMTPServer

/// The addresses that mail is taken for.
package struct IntakeAddresses: Sendable {
    private let addresses: Set<String>
    private let domains: Set<String>

    /// - Parameter addresses: such as `leads@fjordtek.example`; mail for `leads+anything@fjordtek.example` is taken too.
    package init(_ addresses: [String]) {
        self.addresses = Set(addresses.map { $0.lowercased() })
        domains = Set(addresses.compactMap { $0.lowercased().split(separator: "@").last.map(String.init) })
    }

    /// `nil` accepts the recipient.
    func refusal(of recipient: MailPath) -> SMTPReply? {
        let local = recipient.localPart.lowercased()
        if local == "postmaster", recipient.domain.isEmpty || domains.contains(recipient.domain) { return nil }
        let base = recipient.subaddress.base.lowercased()
        if addresses.contains("\(base)@\(recipient.domain)") || addresses.contains("\(local)@\(recipient.domain)") {
            return nil
        }
        return domains.contains(recipient.domain) ? .unknownMailbox : .relayDenied
    }
}
