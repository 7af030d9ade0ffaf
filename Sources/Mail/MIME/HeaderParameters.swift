/// The parameters of a header field such as Content-Disposition, as they are found (RFC 2045 section 5.1, RFC 2231).
///
/// Of the two forms of a name that one field may have, `filename*` says what `filename` could not (RFC 6266 section 4.3).
struct HeaderParameters {
    /// Parts of a continued value that are put together, and parameters that are looked at.
    private static let limit = 200
    /// Octets of a value.
    private static let valueLimit = 4096

    private struct Segment {
        var number: Int
        var isExtended: Bool
        var value: [UInt8]
    }

    private var plain: [String: [UInt8]] = [:]
    private var extended: [String: [UInt8]] = [:]
    private var segments: [String: [Segment]] = [:]

    init(_ field: [UInt8]) {
        // Unfolded (RFC 5322 section 2.2.3).
        var rest = field.filter { $0 != 0x0D && $0 != 0x0A }[...].drop { $0 != UInt8(ascii: ";") }
        var count = 0
        while let first = rest.first, count < Self.limit {
            count += 1
            if first == UInt8(ascii: ";") {
                rest = rest.dropFirst()
                continue
            }
            let name = rest.prefix { $0 != UInt8(ascii: "=") && $0 != UInt8(ascii: ";") }
            rest = rest[name.endIndex...]
            guard rest.first == UInt8(ascii: "=") else { continue }
            rest = rest.dropFirst()
            let value = Self.value(&rest)
            add(Folding.text(name.trimmingSpaces), value)
        }
    }

    /// The value of a parameter, whichever forms it came in.
    func text(_ name: String) -> String? {
        if let value = extended[name] { return Self.decoded(value) }
        if let parts = segments[name], parts.contains(where: { $0.number == 0 }) { return Self.joined(parts) }
        return plain[name].map(FileNames.plain)
    }

    /// A quoted string, or what stands up to the next semicolon.
    private static func value(_ rest: inout ArraySlice<UInt8>) -> [UInt8] {
        rest = rest.drop { $0 <= 0x20 }
        guard rest.first == UInt8(ascii: "\"") else {
            let value = rest.prefix { $0 != UInt8(ascii: ";") }
            rest = rest[value.endIndex...]
            return Array(value.prefix(valueLimit).trimmingSpaces)
        }
        rest = rest.dropFirst()
        var value: [UInt8] = []
        while let octet = rest.popFirst(), octet != UInt8(ascii: "\"") {
            // A backslash quotes a quotation mark or itself; before anything else it is one, as in a path.
            let isQuoting = octet == UInt8(ascii: "\\") && [0x22, 0x5C].contains(rest.first ?? 0)
            let literal = isQuoting ? rest.popFirst() ?? octet : octet
            if value.count < valueLimit { value.append(literal) }
        }
        return value
    }

    private mutating func add(_ name: String, _ value: [UInt8]) {
        let parts = name.split(separator: "*", omittingEmptySubsequences: false)
        let isExtended = parts.count > 1 && parts.last == ""
        let base = String(parts[0])
        if parts.count > 1, let number = Int(parts[1]), number >= 0 {
            segments[base, default: []].append(Segment(number: number, isExtended: isExtended, value: value))
        } else if isExtended {
            if extended[base] == nil { extended[base] = value }
        } else if plain[base] == nil {
            plain[base] = value
        }
    }

    /// `charset'language'text` with percent signs (RFC 2231 section 4).
    private static func decoded(_ value: [UInt8]) -> String {
        let parts = value.split(separator: 0x27, maxSplits: 2, omittingEmptySubsequences: false)
        let text = (parts.count == 3 ? parts[2] : value[...]).trimming("\"")
        return FileNames.decoded(unescaped(text), charset: parts.count == 3 ? parts[0].string : nil)
    }

    /// Continuations in the order of their numbers (section 3); the first names the charset of all that are extended.
    private static func joined(_ parts: [Segment]) -> String {
        let ordered = parts.sorted { $0.number < $1.number }
        var octets: [UInt8] = []
        var charset: String?
        var expected = 0
        for part in ordered where part.number == expected {
            expected += 1
            guard part.isExtended else {
                octets += part.value
                continue
            }
            let pieces = part.value.split(separator: 0x27, maxSplits: 2, omittingEmptySubsequences: false)
            let isFirst = part.number == 0 && pieces.count == 3
            if isFirst { charset = pieces[0].string }
            octets += unescaped(isFirst ? pieces[2] : part.value[...])
        }
        return charset == nil ? FileNames.plain(octets) : FileNames.decoded(octets, charset: charset)
    }

    private static func unescaped(_ text: ArraySlice<UInt8>) -> [UInt8] {
        var octets: [UInt8] = []
        var index = text.startIndex
        while index < text.endIndex {
            if text[index] == UInt8(ascii: "%"), index + 2 < text.endIndex,
                let value = UInt8(text[(index + 1)...(index + 2)].string, radix: 16)
            {
                octets.append(value)
                index += 3
            } else {
                octets.append(text[index])
                index += 1
            }
        }
        return octets
    }
}

/// Names of attached files (RFC 2231, and RFC 2047 where it should not be).
enum FileNames {
    /// Characters of a name; file systems take no longer ones.
    private static let limit = 255

    /// The name that the fields of a part give it.
    static func of(disposition: [UInt8]?, type: [UInt8]?) -> String? {
        let fields = [(disposition, "filename"), (type, "name")]
        let name = fields.lazy.compactMap { field, name in field.flatMap { HeaderParameters($0).text(name) } }.first
        return name.flatMap { $0.isEmpty ? nil : $0 }
    }

    /// A name as it stands, or in encoded words.
    static func plain(_ octets: [UInt8]) -> String {
        let text = octets.contains(UInt8(ascii: "=")) ? EncodedWord.decode(octets) : nil
        return tidied(text ?? String(decoding: Charset.decode(octets[...], label: nil), as: UTF8.self))
    }

    static func decoded(_ octets: [UInt8], charset: String?) -> String {
        tidied(String(decoding: Charset.decode(octets[...], label: charset), as: UTF8.self))
    }

    /// On one line, without the folders of the sender's disk and without marks that turn the direction of writing, which
    /// make `exe.fdp` of `pdf.exe`.
    private static func tidied(_ name: String) -> String {
        var name = DoubleEncoding.repaired(Repair.line(name))
        let isPath =
            name.dropFirst().hasPrefix(":\\") || name.hasPrefix("/") || name.hasPrefix("\\") || name.hasPrefix("..")
        if isPath, let last = name.split(whereSeparator: { $0 == "/" || $0 == "\\" }).last { name = String(last) }
        name.unicodeScalars.removeAll { (0x202A...0x202E).contains($0.value) || (0x2066...0x2069).contains($0.value) }
        return String(name.prefix(limit))
    }
}
