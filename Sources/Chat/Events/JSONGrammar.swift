/// Checks the grammar of a body (RFC 8259) and its bounds before anything is made of it.
///
/// The decoder behind it is more lenient, reads strings only where they are asked for, and knows no bounds. One pass, no
/// deeper than the bound: what a body costs is known whatever it is.
struct JSONGrammar {
    /// Objects and arrays within each other.
    private static let depth = 32
    /// Values of the whole body.
    private static let values = 400_000

    private let octets: [UInt8]
    private var index = 0
    private var values = 0
    /// The closing signs of the objects and arrays that are open.
    private var open: [UInt8] = []

    static func check(_ octets: [UInt8]) throws(EventFault) {
        guard String(validating: octets, as: UTF8.self) != nil else { throw .notJSON("it is not UTF-8") }
        var grammar = JSONGrammar(octets: octets)
        try grammar.text()
    }

    private init(octets: [UInt8]) { self.octets = octets }

    private mutating func text() throws(EventFault) {
        try value()
        while let closing = open.last {
            if next(is: closing) {
                open.removeLast()
            } else if next(is: UInt8(ascii: ",")) {
                try member(of: closing)
            } else {
                throw fault("a comma or a closing bracket")
            }
        }
        skipSpace()
        guard index == octets.count else { throw fault("the end") }
    }

    /// A value up to its end, or up to the first member of the first object or array in it that has any.
    private mutating func value() throws(EventFault) {
        skipSpace()
        values += 1
        guard values <= Self.values else { throw .notJSON("more than \(Self.values) values") }
        switch peek {
        case UInt8(ascii: "{"): try enter(UInt8(ascii: "}"))
        case UInt8(ascii: "["): try enter(UInt8(ascii: "]"))
        case UInt8(ascii: "\""): try string()
        case UInt8(ascii: "t"): try word("true")
        case UInt8(ascii: "f"): try word("false")
        case UInt8(ascii: "n"): try word("null")
        default: try number()
        }
    }

    private mutating func enter(_ closing: UInt8) throws(EventFault) {
        index += 1
        open.append(closing)
        guard open.count <= Self.depth else {
            throw .notJSON("more than \(Self.depth) objects and arrays within each other")
        }
        if next(is: closing) {
            open.removeLast()
        } else {
            try member(of: closing)
        }
    }

    private mutating func member(of closing: UInt8) throws(EventFault) {
        if closing == UInt8(ascii: "}") {
            skipSpace()
            try string()
            guard next(is: UInt8(ascii: ":")) else { throw fault("a colon") }
        }
        try value()
    }

    private mutating func string() throws(EventFault) {
        guard peek == UInt8(ascii: "\"") else { throw fault("a string") }
        index += 1
        while let octet = peek, octet != UInt8(ascii: "\"") {
            guard octet >= 0x20 else { throw fault("no control character") }
            index += 1
            if octet == UInt8(ascii: "\\") { try escape() }
        }
        guard peek != nil else { throw fault("the end of a string") }
        index += 1
    }

    private mutating func escape() throws(EventFault) {
        guard let sign = peek, "\"\\/bfnrtu".utf8.contains(sign) else { throw fault("an escape") }
        index += 1
        guard sign == UInt8(ascii: "u") else { return }
        let unit = try fourDigits()
        guard (0xD800...0xDFFF).contains(unit) else { return }
        guard unit < 0xDC00, octets[index...].starts(with: [UInt8(ascii: "\\"), UInt8(ascii: "u")]) else {
            throw fault("a whole surrogate pair")
        }
        index += 2
        guard (0xDC00...0xDFFF).contains(try fourDigits()) else { throw fault("a whole surrogate pair") }
    }

    private mutating func fourDigits() throws(EventFault) -> Int {
        let digits = octets[index...].prefix(4)
        guard digits.count == 4, digits.allSatisfy({ Self.isHexadecimal($0) }),
            let unit = Int(String(decoding: digits, as: UTF8.self), radix: 16)
        else { throw fault("four hexadecimal digits") }
        index += 4
        return unit
    }

    private mutating func number() throws(EventFault) {
        if peek == UInt8(ascii: "-") { index += 1 }
        let isZero = peek == UInt8(ascii: "0")
        let count = digits()
        guard count == 1 || count > 1 && !isZero else { throw fault("a value") }
        if peek == UInt8(ascii: ".") {
            index += 1
            guard digits() > 0 else { throw fault("a digit") }
        }
        if peek == UInt8(ascii: "e") || peek == UInt8(ascii: "E") {
            index += 1
            if peek == UInt8(ascii: "+") || peek == UInt8(ascii: "-") { index += 1 }
            guard digits() > 0 else { throw fault("a digit") }
        }
    }

    private mutating func word(_ word: String) throws(EventFault) {
        guard octets[index...].starts(with: word.utf8) else { throw fault("a value") }
        index += word.utf8.count
    }

    // MARK: Octets

    private var peek: UInt8? { index < octets.count ? octets[index] : nil }

    /// Goes behind white space and the sign, if that is what comes.
    private mutating func next(is sign: UInt8) -> Bool {
        skipSpace()
        guard peek == sign else { return false }
        index += 1
        return true
    }

    private mutating func skipSpace() {
        while let octet = peek, octet == 0x20 || octet == 0x0A || octet == 0x0D || octet == 0x09 { index += 1 }
    }

    private mutating func digits() -> Int {
        let start = index
        while index < octets.count, isDigit(at: index) { index += 1 }
        return index - start
    }

    private func isDigit(at place: Int) -> Bool { (0x30...0x39).contains(octets[place]) }

    private static func isHexadecimal(_ octet: UInt8) -> Bool {
        (0x30...0x39).contains(octet) || (0x61...0x66).contains(octet | 0x20)
    }

    private func fault(_ expected: String) -> EventFault { .notJSON("octet \(index): expected \(expected)") }
}
