import Hosts

/// Reads `<path>` and the parameters behind it.
struct PathParser {
    enum Failure: Error { case syntax, tooLong, notUTF8 }

    /// Octets of a path with its brackets (RFC 5321 section 4.5.3.1.3).
    private static let limit = 256

    private let octets: ArraySlice<UInt8>
    private var index: Int

    init(_ octets: ArraySlice<UInt8>) {
        self.octets = octets
        index = octets.startIndex
    }

    /// What stands behind the path.
    var rest: ArraySlice<UInt8> { octets[index...] }

    mutating func path() throws(Failure) -> MailPath {
        // Common clients send a space behind the colon.
        if current == 0x20 { index += 1 }
        let start = index
        guard take(UInt8(ascii: "<")) else { throw .syntax }
        if take(UInt8(ascii: ">")) {
            guard isAtEnd else { throw .syntax }
            return .null
        }
        skipSourceRoute()
        let local = try localPart()
        var domain: [UInt8] = []
        if take(UInt8(ascii: "@")) {
            domain = try self.domain()
        } else if local.map({ $0 | 0x20 }) != Array("postmaster".utf8) {
            throw .syntax
        }
        guard take(UInt8(ascii: ">")), isAtEnd else { throw .syntax }
        guard index - start <= Self.limit else { throw .tooLong }
        guard let localText = String(validating: local, as: UTF8.self),
            let domainText = String(validating: domain, as: UTF8.self)
        else { throw .notUTF8 }
        return MailPath(localPart: localText, domain: domainText.lowercased())
    }

    /// `@one,@two:` in front of an address is accepted and ignored (RFC 5321 appendix C).
    private mutating func skipSourceRoute() {
        guard current == UInt8(ascii: "@"), let colon = octets[index...].firstIndex(of: UInt8(ascii: ":")) else {
            return
        }
        index = colon + 1
    }

    private mutating func localPart() throws(Failure) -> [UInt8] {
        guard current == UInt8(ascii: "\"") else {
            let start = index
            while let octet = current, Self.isAtom(octet) || octet == UInt8(ascii: ".") { index += 1 }
            let local = Array(octets[start..<index])
            guard !local.isEmpty, local.first != UInt8(ascii: "."), local.last != UInt8(ascii: ".") else {
                throw .syntax
            }
            return local
        }
        index += 1
        var local: [UInt8] = []
        while let octet = current, octet != UInt8(ascii: "\"") {
            index += 1
            var value = octet
            if octet == UInt8(ascii: "\\") {
                guard let next = current else { throw .syntax }
                value = next
                index += 1
            }
            local.append(value)
        }
        guard take(UInt8(ascii: "\"")) else { throw .syntax }
        return local
    }

    private mutating func domain() throws(Failure) -> [UInt8] {
        let start = index
        if current == UInt8(ascii: "[") {
            guard let end = octets[index...].firstIndex(of: UInt8(ascii: "]")) else { throw .syntax }
            index = end + 1
            let literal = String(decoding: octets[start...end], as: UTF8.self)
            guard AddressLiteral(literal) != nil else { throw .syntax }
            return Array(octets[start..<index])
        }
        while let octet = current,
            Self.isLetterOrDigit(octet) || octet == UInt8(ascii: "-") || octet == UInt8(ascii: ".") || octet >= 0x80
        {
            index += 1
        }
        let labels = octets[start..<index].split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
        guard
            labels.allSatisfy({
                (1...63).contains($0.count) && $0.first != UInt8(ascii: "-") && $0.last != UInt8(ascii: "-")
            })
        else { throw .syntax }
        return Array(octets[start..<index])
    }

    /// Whether the path ends here: nothing follows, or parameters.
    private var isAtEnd: Bool { index == octets.endIndex || current == 0x20 }

    private var current: UInt8? { index < octets.endIndex ? octets[index] : nil }

    private mutating func take(_ octet: UInt8) -> Bool {
        guard current == octet else { return false }
        index += 1
        return true
    }

    static func isLetterOrDigit(_ octet: UInt8) -> Bool {
        (0x30...0x39).contains(octet) || (0x61...0x7A).contains(octet | 0x20) && octet < 0x80
    }

    private static let specials = Array("!#$%&'*+-/=?^_`{|}~".utf8)

    /// atext of RFC 5322 section 3.2.3 with RFC 6531's UTF-8.
    static func isAtom(_ octet: UInt8) -> Bool {
        isLetterOrDigit(octet) || octet >= 0x80 || specials.contains(octet)
    }
}
