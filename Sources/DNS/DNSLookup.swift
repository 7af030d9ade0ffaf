package import Hosts

/// Types of records that can be asked for (RFC 1035 section 3.2.2, RFC 3596).
package enum DNSRecordType: UInt16, Hashable, Sendable {
    case a = 1
    case ptr = 12
    case mx = 15
    case txt = 16
    case aaaa = 28
}

/// What a record says.
package enum DNSRecord: Hashable, Sendable {
    /// Of A and AAAA.
    case address(IPAddress)
    /// Of MX.
    case exchanger(preference: UInt16, host: String)
    /// Of PTR.
    case name(String)
    /// Of TXT: its strings joined, octets as they are.
    case text([UInt8])
}

/// No answer for now: the same question may have one later.
package struct DNSFailure: Error, Hashable, Sendable, CustomStringConvertible {
    package var reason: String

    package init(reason: String) { self.reason = reason }

    package var description: String { reason }
}

/// Asks the domain name system.
package protocol DNSLookup: Sendable {
    /// The records of a type at a name; none when the name or the type is not there.
    func records(_ type: DNSRecordType, of name: String) async throws(DNSFailure) -> [DNSRecord]
}

extension DNSLookup {
    package func texts(of name: String) async throws(DNSFailure) -> [[UInt8]] {
        try await records(.txt, of: name).compactMap { if case .text(let octets) = $0 { octets } else { nil } }
    }

    /// Addresses of one version.
    package func addresses(of name: String, isVersion4: Bool) async throws(DNSFailure) -> [IPAddress] {
        try await records(isVersion4 ? .a : .aaaa, of: name).compactMap {
            if case .address(let address) = $0 { address } else { nil }
        }
    }

    /// Hosts that take a domain's mail, the most preferred first.
    package func exchangers(of name: String) async throws(DNSFailure) -> [String] {
        let found: [(UInt16, String)] = try await records(.mx, of: name).compactMap {
            if case .exchanger(let preference, let host) = $0 { (preference, host) } else { nil }
        }
        return found.sorted { $0 < $1 }.map(\.1)
    }

    /// Names of an address.
    package func names(of address: IPAddress) async throws(DNSFailure) -> [String] {
        try await records(.ptr, of: address.reverseName).compactMap {
            if case .name(let name) = $0 { name } else { nil }
        }
    }
}
