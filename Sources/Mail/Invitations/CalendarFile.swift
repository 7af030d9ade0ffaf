/// The lines of an iCalendar file (RFC 5545 section 3.1), unfolded and within bounds.
///
/// The reader is our own, as ten properties are all that is wanted: libical, which Debian has, reads whole calendars, is
/// written in C for files that are trusted, and has a record of overreads and endless loops on those that are not.
struct CalendarFile {
    /// A property: `NAME;PARAMETER=value:value`.
    struct Line {
        var name: String
        var parameters: [String: String]
        var value: String
    }

    /// A `BEGIN:…` to its `END:…`, without what is nested in it.
    struct Component {
        var name: String
        /// Number of the component that it stands in.
        var parent: Int?
        var lines: [Line] = []

        func first(_ name: String) -> Line? { lines.first { $0.name == name } }

        /// The text of a property, on one line.
        func text(_ name: String) -> String? {
            first(name).map { CalendarText.line($0.value) }.flatMap { $0.isEmpty ? nil : $0 }
        }
    }

    private static let octetLimit = 256 << 10
    private static let lineLimit = 5000
    private static let componentLimit = 500
    private static let depthLimit = 8
    /// Octets of an unfolded line; descriptions are longer, and not read.
    private static let longest = 4096

    private(set) var components: [Component] = []

    init(_ octets: [UInt8]) {
        var open: [Int] = []
        for line in Self.unfolded(octets) {
            guard let line = Line(line) else { continue }
            switch line.name {
            case "BEGIN":
                guard components.count < Self.componentLimit, open.count < Self.depthLimit else { return }
                components.append(Component(name: line.value.uppercased(), parent: open.last))
                open.append(components.count - 1)
            case "END": _ = open.popLast()
            default: if let current = open.last { components[current].lines.append(line) }
            }
        }
    }

    /// A line that begins with white space goes on the line before.
    private static func unfolded(_ octets: [UInt8]) -> [[UInt8]] {
        var lines: [[UInt8]] = []
        for line in octets.prefix(octetLimit).split(whereSeparator: { $0 == 0x0A || $0 == 0x0D }) {
            if line.first == 0x20 || line.first == 0x09 {
                guard let last = lines.indices.last, lines[last].count < longest else { continue }
                lines[last] += line.dropFirst().prefix(longest)
            } else {
                guard lines.count < lineLimit else { break }
                lines.append(Array(line.prefix(longest)))
            }
        }
        return lines
    }
}

extension CalendarFile.Line {
    /// Parameters of a line that are looked at.
    private static let parameterLimit = 30

    fileprivate init?(_ line: [UInt8]) {
        var pieces: [ArraySlice<UInt8>] = []
        var start = 0
        var isQuoted = false
        for (index, octet) in line.enumerated() {
            if octet == UInt8(ascii: "\"") { isQuoted.toggle() }
            guard !isQuoted, octet == UInt8(ascii: ";") || octet == UInt8(ascii: ":") else { continue }
            if pieces.count < Self.parameterLimit { pieces.append(line[start..<index]) }
            start = index + 1
            if octet == UInt8(ascii: ":") { break }
        }
        guard let name = pieces.first, !name.isEmpty else { return nil }
        self.name = name.trimmingSpaces.string.uppercased()
        value = line[start...].string
        parameters = [:]
        for piece in pieces.dropFirst() {
            let pair = piece.split(separator: UInt8(ascii: "="), maxSplits: 1, omittingEmptySubsequences: false)
            guard pair.count == 2 else { continue }
            parameters[pair[0].string.uppercased()] = pair[1].trimming("\"").string
        }
    }
}

/// Escaped text of a property (RFC 5545 section 3.3.11).
enum CalendarText {
    static func line(_ text: String) -> String {
        var octets: [UInt8] = []
        var isEscaped = false
        for octet in text.utf8 {
            if isEscaped {
                octets.append(octet | 0x20 == UInt8(ascii: "n") ? 0x20 : octet)
                isEscaped = false
            } else if octet == UInt8(ascii: "\\") {
                isEscaped = true
            } else {
                octets.append(octet)
            }
        }
        return DoubleEncoding.repaired(Repair.line(String(decoding: octets, as: UTF8.self)))
    }
}
