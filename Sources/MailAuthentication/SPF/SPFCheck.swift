import DNS
import Hosts

/// Checks whether a domain lets a client send in its name (RFC 7208 section 4, `check_host()`).
struct SPFCheck {
    /// Terms that ask DNS, in a check with all it includes (RFC 7208 section 4.6.4).
    static let mostLookups = 10
    /// Look-ups that find nothing.
    static let mostVoidLookups = 2
    /// Names of an `mx`, and of an address.
    static let mostNames = 10

    let dns: any DNSLookup
    let address: IPAddress
    let local: String
    let senderDomain: String
    let helo: String

    private var lookups = 0
    private var voidLookups = 0
    /// Names of the client that its addresses confirm.
    private var confirmedNames: [String]?
    private var term: String?

    private init(_ dns: any DNSLookup, _ address: IPAddress, local: String, domain: String, helo: String) {
        self.dns = dns
        self.address = address
        self.local = local
        senderDomain = domain
        self.helo = helo
    }

    /// The verdict on a client: of its return path's domain, or where that is empty of its name.
    static func verdict(
        on address: IPAddress, helo: String, mailFrom: String, in dns: any DNSLookup
    ) async -> SPFVerdict {
        let identity: SPFVerdict.Identity = mailFrom.isEmpty ? .helo : .mailFrom
        var local = "postmaster"
        var domain = helo
        if !mailFrom.isEmpty {
            let at = mailFrom.lastIndex(of: "@")
            domain = at.map { String(mailFrom[mailFrom.index(after: $0)...]) } ?? ""
            if let at, at > mailFrom.startIndex { local = String(mailFrom[..<at]) }
        }
        if domain.hasSuffix(".") { domain.removeLast() }
        guard let domain = DomainText.name(domain), domain.contains(".") else {
            return SPFVerdict(result: .none, identity: identity, reason: "there is no domain to ask")
        }
        var check = SPFCheck(dns, address, local: local, domain: domain, helo: helo)
        do throws(SPFDefect) {
            let result = try await check.evaluate(domain)
            return SPFVerdict(result: result, domain: domain, identity: identity, reason: check.term)
        } catch {
            return SPFVerdict(result: error.result, domain: domain, identity: identity, reason: error.reason)
        }
    }

    // MARK: Records

    /// The result of a domain's record; the recursion ends since each level counts as a look-up.
    private mutating func evaluate(_ domain: String) async throws(SPFDefect) -> AuthenticationResult {
        guard let record = try await record(of: domain) else { return .none }
        for directive in record.directives where try await matches(directive.mechanism, domain) {
            term = directive.text
            return directive.result
        }
        guard let redirect = record.redirect else {
            term = nil
            return .neutral
        }
        try countLookup()
        let target = try await expand(redirect, domain)
        let result = try await evaluate(target)
        guard result != .none else { throw .permanent("there is no record to redirect to at \(target)") }
        return result
    }

    private func record(of domain: String) async throws(SPFDefect) -> SPFRecord? {
        let texts: [[UInt8]]
        do {
            texts = try await dns.texts(of: domain)
        } catch {
            throw .temporary("\(domain): \(error.reason)")
        }
        let records = texts.filter(SPFRecord.isRecord)
        guard records.count <= 1 else { throw .permanent("\(domain) has \(records.count) SPF records") }
        return try records.first.map { text throws(SPFDefect) in try SPFRecord(text) }
    }

    // MARK: Mechanisms

    private mutating func matches(
        _ mechanism: SPFRecord.Mechanism, _ domain: String
    ) async throws(SPFDefect) -> Bool {
        switch mechanism {
        case .all: return true
        case .network(let octets, let bits): return address.shares(bits, bitsWith: octets)
        case .include(let text): return try await includes(text, domain)
        case .a(let text, let prefixes):
            try countLookup()
            let name = try await target(text, domain)
            return try await hasAddress(name, prefixes.bits(for: address))
        case .mx(let text, let prefixes): return try await exchanges(text, prefixes, domain)
        case .exists(let text):
            try countLookup()
            let name = try await expand(text, domain)
            return try await !addresses(name, isVersion4: true).isEmpty
        case .ptr(let text):
            try countLookup()
            let target = try await target(text, domain).lowercased()
            return try await names().contains { $0.isDomain(within: target) }
        }
    }

    private mutating func includes(_ text: SPFMacroText, _ domain: String) async throws(SPFDefect) -> Bool {
        try countLookup()
        let target = try await expand(text, domain)
        switch try await evaluate(target) {
        case .pass: return true
        case .none: throw .permanent("there is no record to include at \(target)")
        default: return false
        }
    }

    private mutating func exchanges(
        _ text: SPFMacroText?, _ prefixes: SPFPrefixes, _ domain: String
    ) async throws(SPFDefect) -> Bool {
        try countLookup()
        let name = try await target(text, domain)
        let hosts: [String]
        do {
            hosts = try await dns.exchangers(of: name)
        } catch {
            throw .temporary("\(name): \(error.reason)")
        }
        if hosts.isEmpty { try countVoid() }
        guard hosts.count <= Self.mostNames else { throw .permanent("\(name) has more than 10 MX records") }
        for host in hosts where !host.isEmpty {
            if try await hasAddress(host, prefixes.bits(for: address)) { return true }
        }
        return false
    }

    private mutating func hasAddress(_ name: String, _ bits: Int) async throws(SPFDefect) -> Bool {
        try await addresses(name, isVersion4: address.isVersion4).contains {
            address.shares(bits, bitsWith: $0.octets)
        }
    }

    private mutating func addresses(
        _ name: String, isVersion4: Bool
    ) async throws(SPFDefect) -> [IPAddress] {
        let found: [IPAddress]
        do {
            found = try await dns.addresses(of: name, isVersion4: isVersion4)
        } catch {
            throw .temporary("\(name): \(error.reason)")
        }
        if found.isEmpty { try countVoid() }
        return found
    }

    /// Names of the client, confirmed by their addresses (RFC 7208 section 5.5); a failure of DNS confirms none.
    private mutating func names() async throws(SPFDefect) -> [String] {
        if let confirmedNames { return confirmedNames }
        var confirmed: [String] = []
        let claimed = (try? await dns.names(of: address)) ?? []
        if claimed.isEmpty { try countVoid() }
        for name in claimed.prefix(Self.mostNames) {
            let own = (try? await dns.addresses(of: name, isVersion4: address.isVersion4)) ?? []
            if own.contains(address) { confirmed.append(name.lowercased()) }
        }
        confirmedNames = confirmed
        return confirmed
    }

    // MARK: Limits

    private mutating func countLookup() throws(SPFDefect) {
        lookups += 1
        guard lookups <= Self.mostLookups else { throw .permanent("more than 10 DNS look-ups") }
    }

    private mutating func countVoid() throws(SPFDefect) {
        voidLookups += 1
        guard voidLookups <= Self.mostVoidLookups else {
            throw .permanent("more than 2 DNS look-ups found nothing")
        }
    }

    // MARK: Macros

    private mutating func target(_ text: SPFMacroText?, _ domain: String) async throws(SPFDefect) -> String {
        guard let text else { return domain }
        return try await expand(text, domain)
    }

    private mutating func expand(_ text: SPFMacroText, _ domain: String) async throws(SPFDefect) -> String {
        var name = ""
        for part in text.parts {
            switch part {
            case .literal(let literal): name += literal
            case .macro(let macro): name += macro.transform(try await value(macro.letter, domain))
            }
        }
        if name.hasSuffix(".") { name.removeLast() }
        // RFC 7208 section 7.3: a name too long loses labels from the left.
        guard name.utf8.count > 253 else { return name }
        let end = name.utf8.suffix(254)
        return end.firstIndex(of: UInt8(ascii: ".")).map { end[$0...].dropFirst().text } ?? ""
    }

    private mutating func value(_ letter: Character, _ domain: String) async throws(SPFDefect) -> String {
        switch letter {
        case "s": return "\(local)@\(senderDomain)"
        case "l": return local
        case "o": return senderDomain
        case "d": return domain
        case "i": return address.isVersion4 ? address.description : address.nibbles
        case "p": return try await bestName(domain)
        case "v": return address.isVersion4 ? "in-addr" : "ip6"
        default: return helo
        }
    }

    private mutating func bestName(_ domain: String) async throws(SPFDefect) -> String {
        let names = try await names()
        let domain = domain.lowercased()
        return names.first { $0 == domain } ?? names.first { $0.isDomain(within: domain) } ?? names.first ?? "unknown"
    }
}

extension IPAddress {
    /// Half octets in hexadecimal between dots, as `%{i}` of IPv6 is written (RFC 7208 section 7.3).
    fileprivate var nibbles: String {
        octets.flatMap { [$0 >> 4, $0 & 0x0F] }.map { String($0, radix: 16) }.joined(separator: ".")
    }
}
