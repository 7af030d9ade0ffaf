import Hosts

/// A mailbox: an optional display name and an address (RFC 5322 section 3.4).
package struct Mailbox: Hashable, Sendable, Codable {
    /// The display name, decoded, without quotes.
    package var name: String?
    /// The addr-spec `local@domain`, the domain in lower case, the local part as written.
    package var address: String

    package init(name: String? = nil, address: String) {
        self.name = name
        self.address = address
    }

    /// What stands before the last `@`.
    package var localPart: Substring { address[..<(address.lastIndex(of: "@") ?? address.endIndex)] }

    /// What stands after the last `@`; empty when there is none.
    package var domain: Substring {
        address.lastIndex(of: "@").map { address[address.index(after: $0)...] } ?? ""
    }

    /// The domain as DNS has it: in lower case and A-labels (RFC 5890); as written where it is no name.
    package var domainName: String { DomainName.ascii(String(domain))?.lowercased() ?? domain.lowercased() }
}
