import DNS
import Hosts

/// An SPF record (RFC 7208 sections 4.5 and 12).
struct SPFRecord {
    /// A mechanism and what it stands for.
    struct Directive {
        var result: AuthenticationResult
        var mechanism: Mechanism
        /// As it is written.
        var text: String
    }

    enum Mechanism {
        case all
        case include(SPFMacroText)
        case a(SPFMacroText?, SPFPrefixes)
        case mx(SPFMacroText?, SPFPrefixes)
        case ptr(SPFMacroText?)
        case network(octets: [UInt8], bits: Int)
        case exists(SPFMacroText)
    }

    private(set) var directives: [Directive] = []
    private(set) var redirect: SPFMacroText?
    private var hasExplanation = false

    /// Octets of a record at most: no honest one comes near.
    private static let longest = 8_192

    /// Whether a TXT record is an SPF record.
    static func isRecord(_ text: [UInt8]) -> Bool {
        text.prefix(6).loweredText == "v=spf1" && (text.count == 6 || text[6] == Octet.space)
    }

    init(_ text: [UInt8]) throws(SPFDefect) {
        guard text.count <= Self.longest else { throw .permanent("the record is too long") }
        guard text.allSatisfy({ $0 >= 0x20 && $0 < 0x7F }) else {
            throw .permanent("the record holds more than printable ASCII")
        }
        for term in text.dropFirst(6).split(separator: Octet.space) {
            try read(term.text)
        }
    }

    private mutating func read(_ term: String) throws(SPFDefect) {
        // A modifier is a name before "="; a mechanism has a colon or a slash first, if anything.
        if let sign = term.firstIndex(where: { $0 == "=" || $0 == ":" || $0 == "/" }), term[sign] == "=" {
            return try readModifier(term[..<sign], term[term.index(after: sign)...], term)
        }
        directives.append(try SPFTermReader(term).directive())
    }

    private mutating func readModifier(
        _ name: Substring, _ value: Substring, _ term: String
    ) throws(SPFDefect) {
        let octets = Array(name.utf8)
        guard let first = octets.first, Octet.isLetter(first),
            octets.allSatisfy({ Octet.isLetter($0) || Octet.isDigit($0) || "-_.".utf8.contains($0) })
        else { throw .permanent("unreadable term: \(term)") }
        switch name.lowercased() {
        case "redirect":
            guard redirect == nil else { throw .permanent("redirect= stands twice") }
            redirect = try SPFMacroText(domain: value, term)
        case "exp":
            // Explanations are not fetched: nobody here would read them.
            guard !hasExplanation else { throw .permanent("exp= stands twice") }
            hasExplanation = true
            _ = try SPFMacroText(domain: value, term)
        default:
            _ = try SPFMacroText(value, term, allowsExplanation: true)
        }
    }
}

/// Bits that addresses are compared by (`dual-cidr-length`).
struct SPFPrefixes: Hashable {
    var version4 = 32
    var version6 = 128

    func bits(for address: IPAddress) -> Int { address.isVersion4 ? version4 : version6 }
}

/// Why a check ends without an answer.
struct SPFDefect: Error {
    var result: AuthenticationResult
    var reason: String

    static func permanent(_ reason: String) -> Self { Self(result: .permerror, reason: reason) }
    static func temporary(_ reason: String) -> Self { Self(result: .temperror, reason: reason) }
}
