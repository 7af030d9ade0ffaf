/// UTF-8 that was taken for windows-1252 and made UTF-8 once more: `Ã¦` for `æ`.
///
/// A line is put right only when it is certain: all of it that is more than ASCII takes part, some of it stands within a
/// word, and no such word stands alone in quotation marks, as one does that is spoken about.
enum DoubleEncoding {
    /// The line as it was written, or `nil` where that is not certain.
    static func repaired(_ line: ArraySlice<UInt8>) -> [UInt8]? {
        guard mayOccur(in: line), let octets = once(line), String(validating: octets, as: UTF8.self) != nil,
            standsInWords(octets)
        else { return nil }
        return Repair.octets(octets)
    }

    /// The same for text of one line.
    static func repaired(_ text: String) -> String {
        repaired(Array(text.utf8)[...]).map { String(decoding: $0, as: UTF8.self) } ?? text
    }

    /// Whether a first octet of UTF-8 seems to stand there as a character: `Â` to `Å`, `â`, `ð`.
    private static func mayOccur(in line: ArraySlice<UInt8>) -> Bool {
        var index = line.startIndex
        while let lead = line[index...].firstIndex(of: 0xC3), lead + 1 < line.endIndex {
            if [0x82, 0x83, 0x84, 0x85, 0xA2, 0xB0].contains(line[lead + 1]) { return true }
            index = lead + 2
        }
        return false
    }

    /// One encoding less; `nil` for a line with characters that windows-1252 has not.
    private static func once(_ line: ArraySlice<UInt8>) -> [UInt8]? {
        var octets: [UInt8] = []
        octets.reserveCapacity(line.count)
        for scalar in String(decoding: line, as: UTF8.self).unicodeScalars {
            guard let octet = WindowsOctets.octet(of: scalar) else { return nil }
            // A no-break space that was made a common one on the way.
            let isSpace = octet == 0x20 && octets.last == 0xC2
            octets.append(isSpace ? 0xA0 : octet)
        }
        return octets
    }

    private static func standsInWords(_ octets: [UInt8]) -> Bool {
        var isFound = false
        for word in octets.split(whereSeparator: { $0 <= 0x20 }) {
            guard let first = word.firstIndex(where: { $0 >= 0x80 }) else { continue }
            if isQuoted(word) { return false }
            let others = word.indices.filter { word[$0] < 0x80 && (0x61...0x7A).contains(word[$0] | 0x20) }
            isFound = isFound || !others.isEmpty && (0xC3...0xC5).contains(word[first])
        }
        return isFound
    }

    private static func isQuoted(_ word: ArraySlice<UInt8>) -> Bool {
        let marks: [[UInt8]] = [[0x22], [0x27], Array("“".utf8), Array("”".utf8), Array("»".utf8), Array("«".utf8)]
        return marks.contains { word.starts(with: $0) }
    }
}

/// Windows-1252 the other way round.
enum WindowsOctets {
    private static let table: [Unicode.Scalar: UInt8] = {
        var table: [Unicode.Scalar: UInt8] = [:]
        let text = String(decoding: WesternCharset.windows.text(of: Array(UInt8(0x80)...0xFF)[...]), as: UTF8.self)
        for (index, scalar) in text.unicodeScalars.enumerated() where scalar != "\u{FFFD}" {
            table[scalar] = UInt8(0x80 + index)
        }
        return table
    }()

    /// The octet of a character; controls that the charset leaves open are themselves.
    static func octet(of scalar: Unicode.Scalar) -> UInt8? {
        if scalar.value < 0x80 || (0x80...0x9F).contains(scalar.value) { return UInt8(scalar.value) }
        return table[scalar]
    }
}
