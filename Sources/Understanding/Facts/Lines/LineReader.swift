/// Reads the shape of lines, each in one pass over its beginning.
struct LineReader {
    /// Octets of a label at most, and of a value that is not a wrapped sentence.
    static let longest = 60
    private static let longestLabel = 6
    private static let longestQuestion = 10
    private static let longestValue = 8

    let octets: [UInt8]

    func line(_ whole: Range<Int>) -> ShapedLine {
        let trimmed = trimmed(whole)
        guard !trimmed.isEmpty else { return ShapedLine(content: trimmed, shape: .blank) }
        let content = trimmed.dropFirst(mark(trimmed))
        let text = content.isEmpty ? trimmed : content
        var line = ShapedLine(content: text, shape: .prose, isItem: text.lowerBound > trimmed.lowerBound)
        if isNumber(text) {
            line.shape = .number
        } else if let separator = separator(in: text) {
            read(separator, text, into: &line)
        } else if isLabel(withoutSign(text)) {
            line.shape = .label(withoutSign(text))
        } else if isShort(text) {
            line.shape = .short
        }
        return line
    }

    private func read(_ separator: Range<Int>, _ text: Range<Int>, into line: inout ShapedLine) {
        let label = withoutSign(text.lowerBound..<separator.lowerBound)
        let value = separator.upperBound..<text.upperBound
        guard isLabel(label) else {
            line.shape = isShort(text) ? .short : .prose
            return
        }
        if value.isEmpty {
            line.shape = .label(label)
        } else if !goesOn(value), isCapital(label) || line.isItem || isPlain(label, separator, value) {
            line.shape = .field(label: label, value: value)
            line.isDashed = octets[separator].contains { $0 == UInt8(ascii: "-") || $0 == 0xE2 }
            line.columns = octets[text].prefix(400).count { $0 == 0x09 } + 1
        }
    }

    // MARK: Label and value

    /// What stands between a label and its value: a colon, an equals sign, a bar, a tab, two spaces, or a dash before a number.
    private func separator(in text: Range<Int>) -> Range<Int>? {
        for index in text.prefix(Self.longest + 2) where index > text.lowerBound {
            let next = index + 1 < text.upperBound ? octets[index + 1] : 0x20
            switch octets[index] {
            case UInt8(ascii: ":"), UInt8(ascii: "="):
                let isTime = Tokenizer.isDigit(octets[index - 1]) && Tokenizer.isDigit(next)
                if next != UInt8(ascii: "/"), !isTime { return index..<space(behind: index + 1, in: text) }
            case UInt8(ascii: "?") where next == 0x20:
                let value = space(behind: index + 1, in: text)
                if isNumber(value..<text.upperBound) { return index..<value }
            case 0x09: return index..<value(behind: index, in: text)
            case 0x20 where next == 0x20 || next == 0x09: return index..<value(behind: index, in: text)
            case 0x20:
                if let sign = spacedSign(at: index + 1, in: text) { return index..<sign }
            default: break
            }
        }
        return nil
    }

    /// Behind `|` between spaces, or a dash between spaces and before a number.
    private func spacedSign(at index: Int, in text: Range<Int>) -> Int? {
        let rest = octets[index..<text.upperBound]
        if rest.starts(with: "| ".utf8) { return space(behind: index + 1, in: text) }
        let isDash = rest.starts(with: "- ".utf8) || rest.starts(with: "– ".utf8)
        guard isDash, !Tokenizer.isDigit(octets[index - 2]) else { return nil }
        let value = space(behind: index + (octets[index] == UInt8(ascii: "-") ? 1 : 3), in: text)
        return isNumber(value..<text.upperBound) ? value : nil
    }

    /// Behind spaces and the sign that may stand among them: `Antal brugere    : 12`.
    private func value(behind index: Int, in text: Range<Int>) -> Int {
        let start = space(behind: index, in: text)
        let isSign = start < text.upperBound && [UInt8(ascii: ":"), UInt8(ascii: "=")].contains(octets[start])
        return isSign ? space(behind: start + 1, in: text) : start
    }

    private func withoutSign(_ text: Range<Int>) -> Range<Int> {
        var end = text.upperBound
        while end > text.lowerBound,
            [0x20, UInt8(ascii: "?"), UInt8(ascii: ":"), UInt8(ascii: "*")].contains(octets[end - 1])
        {
            end -= 1
        }
        return text.lowerBound..<end
    }

    /// Few words, no sentence among them nor an address.
    private func isLabel(_ text: Range<Int>) -> Bool {
        guard text.count <= Self.longest, !text.isEmpty else { return false }
        let words = words(text)
        // `Hvor mange bilag får I om måneden?` is one as well.
        let isQuestion = text.upperBound < octets.count && octets[text.upperBound] == UInt8(ascii: "?")
        guard words.count <= (isQuestion ? Self.longestQuestion : Self.longestLabel),
            octets[text].contains(where: { $0 | 0x20 >= 0x61 }),
            !octets[text].contains(where: { Self.noLabel.contains($0) })
        else { return false }
        return words.allSatisfy { word in
            octets[word.upperBound - 1] != UInt8(ascii: ".") || isAbbreviated(word)
        } && !goesOn(text)
    }

    /// `pr.`, `CVR-nr.`, `(ca.`.
    private func isAbbreviated(_ word: Range<Int>) -> Bool {
        let last = octets[word.dropLast()].split { $0 == UInt8(ascii: "-") || $0 == UInt8(ascii: "(") }.last
        return last.map { Tokenizer.isAbbreviation(Folding.fold($0)) } ?? false
    }

    private static let noLabel = Set("@!?:=;<>".utf8)

    /// A label in small letters may be what a wrapped sentence goes on with, unless its value is very short.
    private func isPlain(_ label: Range<Int>, _ separator: Range<Int>, _ value: Range<Int>) -> Bool {
        guard words(label).count <= 4 else { return false }
        if startsWithNumber(value) { return words(value).count <= 4 }
        // Spaces stand in the lines of justified prose as well.
        return words(value).count <= 3 && octets[separator].contains { $0 != 0x20 }
    }

    /// Whether the last word asks for more behind it: `Vi ønsker følgende: chatbot og`.
    private func goesOn(_ text: Range<Int>) -> Bool {
        let tail = text.suffix(12)
        return words(tail).last.map { Self.joints.contains(Folding.fold(octets[$0])) } ?? false
    }

    private static let joints: Set = [
        "og", "samt", "eller", "men", "at", "som", "der", "med", "til", "på", "af", "for", "en", "et", "er", "har",
        "vi",
        "and", "or", "but", "that", "which", "with", "to", "of", "the", "a", "an", "is", "are", "we", "have",
    ]

    /// Whether a value is a sentence rather than an entry.
    func isLong(_ value: Range<Int>) -> Bool {
        value.count > Self.longest || words(value).count > Self.longestValue
    }

    private func isShort(_ text: Range<Int>) -> Bool {
        !isLong(text)
            && ![UInt8(ascii: "."), UInt8(ascii: "!"), UInt8(ascii: ",")].contains(octets[text.upperBound - 1])
    }
}
