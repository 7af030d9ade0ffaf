/// Addresses that no person reads (RFC 3834 section 2).
enum RoleAddresses {
    private static let names = ["mailerdaemon", "postmaster", "noreply", "donotreply", "ikkesvar", "svarikke"]

    static func isRole(_ address: String) -> Bool {
        let local = Mailbox(address: address).localPart.lowercased()
        // A plus-address is its mailbox's.
        let base = local.prefix { $0 != "+" }
        let plain = base.filter { $0 != "-" && $0 != "_" && $0 != "." }
        return names.contains(plain) || plain.hasPrefix("noreply") || plain.hasSuffix("noreply")
            || plain.hasPrefix("donotreply")
            || base.hasPrefix("owner-") || base.hasSuffix("-owner") || base.hasSuffix("-request")
            || base.hasPrefix("bounce") || base.hasSuffix("-bounces")
    }
}

extension Mailbox {
    /// Whether no person reads it: a machine sends from there, for whoever uses it.
    package var isUnattended: Bool { RoleAddresses.isRole(address) }
}
