import Mail

/// Properties of a message or of a part of one, as Outlook keeps them (MS-OXPROPS): octets by number and type.
struct PropertyBag {
    /// Types of values (MS-OXCDATA section 2.11.1).
    enum Kind {
        static let integer: UInt16 = 0x0003
        static let object: UInt16 = 0x000D
        static let narrow: UInt16 = 0x001E
        static let wide: UInt16 = 0x001F
        static let time: UInt16 = 0x0040
        static let octets: UInt16 = 0x0102
    }

    private var values: [UInt32: [UInt8]] = [:]

    var isEmpty: Bool { values.isEmpty }

    /// The code page that narrow texts are written in, where the message says it (PidTagMessageCodepage).
    var charset: String {
        let number = integer(0x3FFD) ?? integer(0x3FDE)
        return number.map(CodePage.charset) ?? "windows-1252"
    }

    /// Narrow texts of a part are written as those of its message.
    mutating func inherit(charset message: PropertyBag) {
        guard integer(0x3FFD) == nil, let page = message.octets(0x3FFD, Kind.integer) else { return }
        set(page, 0x3FFD, Kind.integer)
    }

    mutating func set(_ octets: [UInt8], _ number: UInt16, _ kind: UInt16) {
        values[UInt32(number) << 16 | UInt32(kind)] = octets
    }

    func octets(_ number: UInt16, _ kind: UInt16 = Kind.octets) -> [UInt8]? {
        values[UInt32(number) << 16 | UInt32(kind)]
    }

    /// A text, without the NUL at its end; `nil` where it is missing or empty.
    func text(_ number: UInt16, charset: String? = nil) -> String? {
        let text: String
        if let wide = octets(number, Kind.wide) {
            text = String(decoding: Charset.decode(wide[...], label: "utf-16le"), as: UTF8.self)
        } else if let narrow = octets(number, Kind.narrow) {
            text = String(decoding: Charset.decode(narrow[...], label: charset ?? self.charset), as: UTF8.self)
        } else {
            return nil
        }
        // A NUL was made U+FFFD when it was decoded.
        let clean = text.unicodeScalars.reversed().drop { $0 == "\u{FFFD}" || $0 == "\0" }.reversed()
        return clean.isEmpty ? nil : String(String.UnicodeScalarView(clean))
    }

    func integer(_ number: UInt16) -> Int? {
        octets(number, Kind.integer).flatMap { LittleEndian.integer($0[...].prefix(4)) }
    }

    /// Seconds since 1970, of 100 ns since 1601 (MS-DTYP section 2.3.3).
    func time(_ number: UInt16) -> Int? {
        guard let octets = octets(number, Kind.time), octets.count >= 8,
            let ticks = LittleEndian.integer(octets.prefix(8)), ticks > 0
        else { return nil }
        return ticks / 10_000_000 - 11_644_473_600
    }
}

enum LittleEndian {
    /// A number of at most eight octets; `nil` where there are none, or it does not fit.
    static func integer(_ octets: ArraySlice<UInt8>) -> Int? {
        guard (1...8).contains(octets.count) else { return nil }
        let number = octets.reversed().reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
        return Int(exactly: number)
    }
}

/// The charsets that Windows has numbers for.
enum CodePage {
    static func charset(_ number: Int) -> String {
        switch number {
        case 65001: "utf-8"
        case 20127: "us-ascii"
        case 1200: "utf-16le"
        case 1250...1258: "windows-\(number)"
        case 28591...28606: "iso-8859-\(number - 28590)"
        default: "cp\(number)"
        }
    }
}
