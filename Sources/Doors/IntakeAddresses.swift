import Hosts
import Mail
import SMTPServer

/// The addresses that mail is taken for.
package struct IntakeAddresses: Sendable {
    /// In the form for comparison; Swift's strings are equal when they differ only in the normal form of Unicode.
    private let mailboxes: Set<String>
    private let domains: Set<String>

    /// Those of the configuration.
    ///
    /// `addresses`: such as `leads@fjordtek.example`; mail for `leads+anything@fjordtek.example` is taken too.
    /// `ownDomains`: further domains of ours, where postmaster is reached as well.
    package init(_ addresses: [String], ownDomains: Set<String> = []) {
        let mailboxes = addresses.filter { $0.contains("@") }.map { Mailbox(address: $0) }
        self.mailboxes = Set(mailboxes.map(\.comparable))
        domains = Set(mailboxes.map(\.domainName)).union(ownDomains.map(DomainName.comparable))
    }

    /// `nil` accepts the recipient.
    func refusal(of recipient: MailPath) -> SMTPReply? {
        let whole = Mailbox(address: "\(recipient.localPart)@\(recipient.domain)")
        let base = Mailbox(address: "\(recipient.subaddress.base)@\(recipient.domain)")
        let isOurs = domains.contains(whole.domainName)
        if whole.localPart.lowercased() == "postmaster", whole.domain.isEmpty || isOurs { return nil }
        if mailboxes.contains(base.comparable) || mailboxes.contains(whole.comparable) { return nil }
        return isOurs ? .unknownMailbox : .relayDenied
    }
}
