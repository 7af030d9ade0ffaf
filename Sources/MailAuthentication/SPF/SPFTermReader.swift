import DNS
import Hosts

/// Reads one directive (RFC 7208 section 12, `directive`).
struct SPFTermReader {
    private let term: String
    private let result: AuthenticationResult
    private let name: String
    /// What follows the colon; `nil` without one.
    private var argument: Substring?
    /// What follows the name from the slash on, where there is no colon.
    private var prefixes: Substring

    init(_ term: String) {
        self.term = term
        let qualifiers: [Character: AuthenticationResult] = ["+": .pass, "-": .fail, "~": .softfail, "?": .neutral]
        let qualifier = term.first.flatMap { qualifiers[$0] }
        result = qualifier ?? .pass
        let rest = qualifier == nil ? term[...] : term.dropFirst()
        let end = rest.firstIndex { $0 == ":" || $0 == "/" } ?? rest.endIndex
        name = rest[..<end].lowercased()
        prefixes = rest[end...]
        if prefixes.first == ":" {
            argument = prefixes.dropFirst()
            prefixes = ""
        }
    }

    func directive() throws(SPFDefect) -> SPFRecord.Directive {
        SPFRecord.Directive(result: result, mechanism: try mechanism(), text: term)
    }

    private func mechanism() throws(SPFDefect) -> SPFRecord.Mechanism {
        switch name {
        case "all":
            guard argument == nil, prefixes.isEmpty else { throw unreadable }
            return .all
        case "include":
            return .include(try requiredDomain())
        case "exists":
            return .exists(try requiredDomain())
        case "a":
            let (domain, prefixes) = try domainAndPrefixes()
            return .a(domain, prefixes)
        case "mx":
            let (domain, prefixes) = try domainAndPrefixes()
            return .mx(domain, prefixes)
        case "ptr":
            guard prefixes.isEmpty else { throw unreadable }
            guard let argument else { return .ptr(nil) }
            return .ptr(try SPFMacroText(domain: argument, term))
        case "ip4":
            return try network(octets: 4)
        case "ip6":
            return try network(octets: 16)
        default:
            throw unreadable
        }
    }

    private var unreadable: SPFDefect { .permanent("unreadable term: \(term)") }

    private func requiredDomain() throws(SPFDefect) -> SPFMacroText {
        guard let argument, prefixes.isEmpty else { throw unreadable }
        return try SPFMacroText(domain: argument, term)
    }

    private func network(octets count: Int) throws(SPFDefect) -> SPFRecord.Mechanism {
        guard let argument else { throw unreadable }
        let parts = argument.split(separator: "/", omittingEmptySubsequences: false)
        guard parts.count <= 2, let octets = IPAddress.octets(of: parts[0]), octets.count == count else {
            throw unreadable
        }
        let bits = parts.count == 2 ? try bits(parts[1], most: count * 8) : count * 8
        return .network(octets: octets, bits: bits)
    }

    private func domainAndPrefixes() throws(SPFDefect) -> (SPFMacroText?, SPFPrefixes) {
        var text = argument ?? prefixes
        var prefixes = SPFPrefixes()
        // The lengths stand at the end; a slash before them belongs to the domain.
        if let (head, digits) = Self.cut(text, at: "//") {
            prefixes.version6 = try bits(digits, most: 128)
            text = head
        }
        if let (head, digits) = Self.cut(text, at: "/") {
            prefixes.version4 = try bits(digits, most: 32)
            text = head
        }
        guard argument != nil else {
            guard text.isEmpty else { throw unreadable }
            return (nil, prefixes)
        }
        return (try SPFMacroText(domain: text, term), prefixes)
    }

    /// The text before the mark and the digits behind it, if it ends so.
    private static func cut(_ text: Substring, at mark: String) -> (Substring, Substring)? {
        let digits = text.utf8.reversed().prefix { Octet.isDigit($0) }.count
        let head = text.dropLast(digits)
        guard digits > 0, head.hasSuffix(mark) else { return nil }
        return (head.dropLast(mark.count), text.suffix(digits))
    }

    private func bits(_ text: Substring, most: Int) throws(SPFDefect) -> Int {
        guard (1...3).contains(text.utf8.count), text.utf8.allSatisfy(Octet.isDigit), let bits = Int(text),
            bits <= most, text.utf8.count == 1 || text.first != "0"
        else { throw unreadable }
        return bits
    }
}
