/// Where links lead, without what a scanner or a search engine put before it.
enum LinkTargets {
    /// Hosts that send on to another address, and the parameter that names it; another one is a row.
    private static let redirectors: [(host: String, parameter: String)] = [
        ("safelinks.protection.outlook.com", "url"), ("www.google.com/url", "q"), ("www.google.dk/url", "q"),
        ("urldefense.proofpoint.com", "u"), ("l.facebook.com", "u"), ("statics.teams.cdn.office.net", "url"),
    ]

    /// The address that is meant.
    static func unwrapped(_ target: String) -> String {
        guard target.utf8.count <= 4096, let scheme = ["https://", "http://"].first(where: target.hasPrefix),
            let mark = target.firstIndex(of: "?")
        else { return target }
        let place = target[..<mark].dropFirst(scheme.count)
        guard let redirector = redirectors.first(where: { isAt(place, $0.host) }) else { return target }
        let query = target[target.index(after: mark)...]
        let pair = query.split(separator: "&").first { $0.hasPrefix(redirector.parameter + "=") }
        guard let pair, let inner = decoded(pair.dropFirst(redirector.parameter.count + 1)), inner.hasPrefix("http")
        else { return target }
        return inner
    }

    /// Whether a place is one of a host, or of a host below it.
    private static func isAt(_ place: Substring, _ host: String) -> Bool {
        let name = host.contains("/") ? place : place.prefix { $0 != "/" }
        return name == host || name.hasSuffix("." + host)
    }

    /// Percent signs taken off (RFC 3986 section 2.1); `nil` where no text comes of it.
    private static func decoded(_ text: Substring) -> String? {
        var octets: [UInt8] = []
        var rest = text.utf8[...]
        while let octet = rest.popFirst() {
            if octet == UInt8(ascii: "%"), let value = UInt8(String(Substring(rest.prefix(2))), radix: 16),
                rest.count >= 2
            {
                octets.append(value)
                rest = rest.dropFirst(2)
            } else {
                octets.append(octet)
            }
        }
        return String(validating: octets, as: UTF8.self)
    }
}
