import Hosts
import NIOCore

/// Who is at the other end of a connection.
struct Peer: Hashable, Sendable {
    /// In text; that of IPv4 in its own form also where it came by IPv6.
    let address: String
    /// What limits are counted by: one customer of a provider has a whole /64 of IPv6.
    let site: String
    /// The neighbourhood of the site, of which there is less than of sites: a /24 of IPv4, a /48 of IPv6.
    let network: String
    /// Exempt from limits of connections.
    let isTrusted: Bool

    init(_ socket: SocketAddress?, trusted networks: [Network]) {
        self.init(address: socket?.ipAddress ?? "unknown", trusted: networks)
    }

    init(address text: String, trusted networks: [Network]) {
        let known = IPAddress(text)
        let octets = known?.octets ?? []
        address = known?.description ?? text
        let isLong = octets.count == 16
        site = isLong ? Self.key(octets.prefix(8)) : address
        network = isLong ? Self.key(octets.prefix(6)) : Self.key(octets.prefix(3))
        isTrusted = networks.contains { $0.contains(text) }
    }

    /// What rates are counted by: the network has four times the share of a site.
    func shares(of limit: Int) -> [(key: String, limit: Int)] {
        [(site, limit), ("net " + network, limit.multipliedReportingOverflow(by: 4).overflow ? .max : limit * 4)]
    }

    private static func key(_ octets: ArraySlice<UInt8>) -> String {
        octets.map { String($0, radix: 16) }.joined(separator: ":")
    }
}
