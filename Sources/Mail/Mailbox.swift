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

    /// The domain as DNS has it: in lower case and A-labels (RFC 5890); as written, in lower case, where it is no name.
    package var domainName: String { DomainName.comparable(String(domain)) }

    /// The address as an envelope has it: its domain as DNS has it, the local part as written.
    package var envelopeAddress: String { domain.isEmpty ? address : "\(localPart)@\(domainName)" }

    /// The form in which all spellings of the address are equal; nothing else decides whether two addresses are one.
    package var comparable: String { envelopeAddress.lowercased() }

    /// The form for comparison, and those in which the address may have been noted as it was written, in lower case.
    package var spellings: Set<String> {
        guard !domain.isEmpty else { return [comparable] }
        return Set(DomainName.spellings(String(domain)).map { "\(localPart)@\($0)".lowercased() })
    }
}
