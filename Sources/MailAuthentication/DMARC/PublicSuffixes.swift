import CPSL

/// Which part of a domain is one registrant's (RFC 7489 section 3.2), by the list of public suffixes.
enum PublicSuffixes {
    private static let list = SuffixList()

    /// The organisational domain of a domain in lower case; the domain itself where it is a public suffix.
    static func organisation(of domain: String) -> String {
        guard let pointer = list.pointer, let found = psl_registrable_domain(pointer, domain) else { return domain }
        return String(cString: found)
    }

    /// Whether two domains are of one organisation.
    static func isOne(_ left: String, _ right: String) -> Bool {
        left == right || organisation(of: left) == organisation(of: right)
    }
}

/// Owns the list: the system's where that is newer than the one in libpsl.
///
/// Sendable because libpsl only reads a list once it is made.
private final class SuffixList: @unchecked Sendable {
    let pointer = psl_latest(nil)

    deinit { psl_free(pointer) }
}
