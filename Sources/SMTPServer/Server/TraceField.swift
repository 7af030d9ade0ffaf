package import FoundationEssentials

/// The trace field of a message (RFC 5321 section 4.4), kept beside its octets.
package enum TraceField {
    /// One field without its line end.
    ///
    /// It names no recipient, since that could be a blind copy, and what the peer said of itself cannot break out of
    /// its place.
    package static func make(session: SessionInfo, hostname: String, id: String, at instant: Date) -> String {
        let name = clean(session.heloName)
        let literal = session.remoteAddress.contains(":") ? "IPv6:" + session.remoteAddress : session.remoteAddress
        return "Received: from \(name.isEmpty ? "unknown" : name) ([\(literal)])"
            + " by \(hostname) with \(session.with)\(session.tls.map { " (\($0.version))" } ?? "") id \(id); \(date(instant))"
    }

    /// What a domain name or an address literal may hold, and nothing else.
    private static func clean(_ text: String) -> String {
        let octets = text.utf8.lazy.filter { PathParser.isLetterOrDigit($0) || "-._:[]".utf8.contains($0) }
        return String(decoding: octets.prefix(255), as: UTF8.self)
    }

    /// RFC 5322 section 3.3, in UTC.
    private static func date(_ instant: Date) -> String {
        let calendar = Calendar(identifier: .gregorian)
        let parts = calendar.dateComponents(in: .gmt, from: instant)
        let days = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"]
        let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
        let two = { (number: Int?) in String(100 + (number ?? 0)).dropFirst() }
        return
            "\(days[(parts.weekday ?? 1) - 1]), \(parts.day ?? 1) \(months[(parts.month ?? 1) - 1]) \(parts.year ?? 1970) "
            + "\(two(parts.hour)):\(two(parts.minute)):\(two(parts.second)) +0000"
    }
}
