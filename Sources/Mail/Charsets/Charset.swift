/// Octets to text by the label they carry, which is often missing and sometimes wrong.
///
/// A wrong label is passed over where the octets prove it: valid UTF-8 of more than ASCII is UTF-8, a NUL in every
/// second octet is UTF-16, and a charset in which a text has symbols within its words is not the one it was written in
/// when another makes Danish of it (``WesternCharset``). Where they prove nothing the label stands.
package enum Charset {
    /// The text as UTF-8 in NFC, whatever the octets hold.
    package static func decode(_ octets: ArraySlice<UInt8>, label: String?) -> [UInt8] {
        Repair.octets(text(octets, CharsetNames.meaning(label)))
    }

    private static func text(_ octets: ArraySlice<UInt8>, _ meaning: CharsetNames.Meaning) -> [UInt8] {
        if let text = UTF16Text.read(octets, meaning) { return text }
        switch meaning {
        case .sevenBit(let name):
            return labelled(octets, name)
        case _ where isASCII(octets):
            return escaped(octets) ?? Array(octets)
        case .several(let name):
            return labelled(octets, name)
        case .single(let name):
            guard !isFalse(meaning, for: octets) else { return Array(octets) }
            return Transcoder(from: name)?.text(of: octets).text ?? western(octets)
        case .western, .utf16:
            return isUTF8(octets) ? Array(octets) : western(octets)
        case .unknown:
            return isUTF8(octets) ? Array(octets) : mixed(octets, otherwise: western)
        case .utf8:
            return isUTF8(octets) ? Array(octets) : mixed(octets) { Array(String(decoding: $0, as: UTF8.self).utf8) }
        }
    }

    /// By the label, unless the octets are no text of that charset but are UTF-8.
    private static func labelled(_ octets: ArraySlice<UInt8>, _ name: String) -> [UInt8] {
        guard let result = Transcoder(from: name)?.text(of: octets) else { return western(octets) }
        return !result.isSound && isUTF8(octets) ? Array(octets) : result.text
    }

    /// Whether UTF-8 stands under the label of another charset.
    ///
    /// Those of DOS and the Macintosh have letters where UTF-8 has its later octets, so that valid UTF-8 proves nothing
    /// unless it would be symbols within words.
    private static func isFalse(_ meaning: CharsetNames.Meaning, for octets: ArraySlice<UInt8>) -> Bool {
        guard isUTF8(octets) else { return false }
        return WesternCharset.all.first { .single($0.name) == meaning }.map { !$0.isPlausible(octets) } ?? true
    }

    /// Windows-1252, unless the octets prove another charset.
    private static func western(_ octets: ArraySlice<UInt8>) -> [UInt8] {
        (WesternCharset.proven(by: octets) ?? .windows).text(of: octets)
    }

    /// Lines of UTF-8 and lines of another charset in one text, such as a footer that a gateway put below a mail.
    ///
    /// A line with valid UTF-8 in it is UTF-8; the others are read by the charset they prove together.
    private static func mixed(_ octets: ArraySlice<UInt8>, otherwise: (ArraySlice<UInt8>) -> [UInt8]) -> [UInt8] {
        let lines = octets.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
        let broken = lines.filter { !isUTF8($0) && !UTF8Sequences.occur(in: $0) }
        let together = Array(broken.joined(separator: [UInt8(ascii: "\n")]))[...]
        let proven = WesternCharset.proven(by: together)
        var text: [UInt8] = []
        text.reserveCapacity(octets.count + octets.count / 8)
        for (number, line) in lines.enumerated() {
            if number > 0 { text.append(UInt8(ascii: "\n")) }
            if isUTF8(line) {
                text += line
            } else if UTF8Sequences.occur(in: line) {
                text += Array(String(decoding: line, as: UTF8.self).utf8)
            } else {
                text += proven?.text(of: line) ?? otherwise(line)
            }
        }
        return text
    }

    /// ISO 2022-JP that no label names: nothing else has its escapes (RFC 1468).
    private static func escaped(_ octets: ArraySlice<UInt8>) -> [UInt8]? {
        guard octets.contains(octets: [0x1B, 0x24]),
            octets.contains(octets: [0x1B, 0x24, 0x42]) || octets.contains(octets: [0x1B, 0x24, 0x40]),
            let result = Transcoder(from: "ISO-2022-JP")?.text(of: octets), result.isSound
        else { return nil }
        return result.text
    }

    private static func isUTF8(_ octets: ArraySlice<UInt8>) -> Bool { String(validating: octets, as: UTF8.self) != nil }

    private static func isASCII(_ octets: ArraySlice<UInt8>) -> Bool {
        octets.withUnsafeBufferPointer { octets in
            var seen: UInt8 = 0
            for octet in octets { seen |= octet }
            return seen < 0x80
        }
    }
}

/// Sequences of several octets that are valid UTF-8.
enum UTF8Sequences {
    static func occur(in octets: ArraySlice<UInt8>) -> Bool {
        var index = octets.startIndex
        while index < octets.endIndex {
            let length: Int
            switch octets[index] {
            case 0xC2...0xDF: length = 2
            case 0xE0...0xEF: length = 3
            case 0xF0...0xF4: length = 4
            default: length = 0
            }
            if length > 0, index + length <= octets.endIndex,
                String(validating: octets[index..<(index + length)], as: UTF8.self) != nil
            {
                return true
            }
            index += 1
        }
        return false
    }
}

/// UTF-16, whether a label says so or not (RFC 2781).
enum UTF16Text {
    private enum Order { case little, big }

    /// The text, or `nil` where the octets are no UTF-16.
    static func read(_ octets: ArraySlice<UInt8>, _ meaning: CharsetNames.Meaning) -> [UInt8]? {
        guard let order = order(of: octets, meaning) else { return nil }
        var units: [UInt16] = []
        units.reserveCapacity(octets.count / 2)
        var index = octets.startIndex
        while index + 1 < octets.endIndex {
            let (first, second) = (UInt16(octets[index]), UInt16(octets[index + 1]))
            units.append(order == .big ? first << 8 | second : second << 8 | first)
            index += 2
        }
        return Array(String(decoding: units, as: UTF16.self).utf8)
    }

    private static func order(of octets: ArraySlice<UInt8>, _ meaning: CharsetNames.Meaning) -> Order? {
        guard octets.count >= 2 else { return nil }
        let isLabelled = if case .utf16 = meaning { true } else { false }
        let zeros = zeros(in: octets.prefix(4096))
        let hasZero = zeros.even + zeros.odd > 0
        guard hasZero || isLabelled else { return nil }
        if octets.starts(with: [0xFF, 0xFE]) { return .little }
        if octets.starts(with: [0xFE, 0xFF]) { return .big }
        let pairs = min(octets.count, 4096) / 2
        if zeros.even == 0, zeros.odd == pairs, pairs > 1 { return .little }
        if zeros.odd == 0, zeros.even == pairs, pairs > 1 { return .big }
        // Text without a NUL has neither a space nor a line end in UTF-16.
        guard isLabelled, hasZero || String(validating: octets, as: UTF8.self) == nil else { return nil }
        // Without a mark the order is the one that the label names, or the one in which spaces and line ends are some.
        switch meaning {
        case .utf16("UTF-16LE"): return .little
        case .utf16("UTF-16BE"): return .big
        default: return zeros.odd > zeros.even ? .little : .big
        }
    }

    /// How many first and second octets of pairs are zero.
    private static func zeros(in octets: ArraySlice<UInt8>) -> (even: Int, odd: Int) {
        var zeros = (even: 0, odd: 0)
        for (number, octet) in octets.enumerated() where octet == 0 {
            if number % 2 == 0 { zeros.even += 1 } else { zeros.odd += 1 }
        }
        return zeros
    }
}
