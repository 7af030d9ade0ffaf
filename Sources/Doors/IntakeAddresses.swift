import Hosts
import SMTPServer

/// The addresses that mail is taken for.
package struct IntakeAddresses: Sendable {
    private let mailboxes: Set<Mailbox>
    private let domains: Set<String>

    /// An address in the form in which all its spellings are equal (RFC 6532 section 3.1, RFC 5890).
    ///
    /// Swift's strings are equal when they differ only in the normal form of Unicode.
    private struct Mailbox: Hashable {
        var localPart: String
        var domain: String

        init(localPart: some StringProtocol, domain: some StringProtocol) {
            self.localPart = localPart.lowercased()
            self.domain = DomainName.comparable(String(domain))
        }
    }

    /// Those of the configuration.
    ///
    /// `addresses`: such as `leads@fjordtek.example`; mail for `leads+anything@fjordtek.example` is taken too.
    /// `ownDomains`: further domains of ours, where postmaster is reached as well.
    package init(_ addresses: [String], ownDomains: Set<String> = []) {
        let mailboxes: Set<Mailbox> = Set(
            addresses.compactMap { address in
                guard let at = address.lastIndex(of: "@") else { return nil }
                return Mailbox(localPart: address[..<at], domain: address[address.index(after: at)...])
            })
        self.mailboxes = mailboxes
        domains = Set(mailboxes.map(\.domain)).union(ownDomains.map(DomainName.comparable))
    }

    /// `nil` accepts the recipient.
    func refusal(of recipient: MailPath) -> SMTPReply? {
        let whole = Mailbox(localPart: recipient.localPart, domain: recipient.domain)
        let base = Mailbox(localPart: recipient.subaddress.base, domain: recipient.domain)
        let isOurs = domains.contains(whole.domain)
        if whole.localPart == "postmaster", whole.domain.isEmpty || isOurs { return nil }
        if mailboxes.contains(base) || mailboxes.contains(whole) { return nil }
        return isOurs ? .unknownMailbox : .relayDenied
    }
}
