import NIOCore

/// Who is at the other end of a connection.
struct Peer: Hashable, Sendable {
    /// In text; that of IPv4 in its own form also where it came by IPv6.
    let address: String
    /// What limits are counted by: one customer of a provider has a whole /64 of IPv6.
    let site: String
    /// Exempt from limits of connections.
    let isTrusted: Bool

    init(_ socket: SocketAddress?, trusted networks: [Network]) {
        let text = socket?.ipAddress ?? "unknown"
        let prefix = "::ffff:"
        let isMapped = text.lowercased().hasPrefix(prefix) && text.contains(".")
        address = isMapped ? String(text.dropFirst(prefix.count)) : text
        let octets = AddressLiteral.octets(address) ?? []
        site = octets.count == 16 ? octets.prefix(8).map { String($0, radix: 16) }.joined(separator: ":") : address
        let known = address
        isTrusted = networks.contains { $0.contains(known) }
    }
}
