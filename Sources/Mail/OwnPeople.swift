import Hosts

/// Who counts as one of our own people by address alone.
///
/// An address proves nothing about who sent a mail; that is for the doors. Reading uses it to tell our side of a
/// conversation from the customer's.
package struct OwnPeople: Hashable, Sendable, Codable {
    /// Our mail domains, as DNS has them.
    package var domains: Set<String>
    /// Addresses of our staff, in the form for comparison; empty when everybody in the domains is.
    package var addresses: Set<String>

    package init(domains: Set<String> = [], addresses: Set<String> = []) {
        self.domains = Set(domains.map(DomainName.comparable))
        self.addresses = Set(addresses.map { Mailbox(address: $0).comparable })
    }

    /// Whether nothing is known of our side: then whatever looks like a forward is unwrapped, whoever sent it.
    package var isUnknown: Bool { domains.isEmpty && addresses.isEmpty }

    /// Whether the address is one of ours.
    package func includes(_ mailbox: Mailbox) -> Bool {
        addresses.isEmpty ? domains.contains(mailbox.domainName) : addresses.contains(mailbox.comparable)
    }

    /// Whether the address lies in one of our domains, staff or not (intake and role addresses too).
    package func owns(_ mailbox: Mailbox) -> Bool {
        domains.contains(mailbox.domainName) || addresses.contains(mailbox.comparable)
    }
}
