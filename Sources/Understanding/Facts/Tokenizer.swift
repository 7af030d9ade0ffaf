/// Takes text apart into tokens, sentences and clauses, in one pass over its octets.
struct Tokenizer {
    /// Tokens of one text at most; far more than anybody reads.
    private static let limit = 50_000
    /// Words of one sentence at most, so that what looks around a word stays bounded.
    private static let sentenceLimit = 200
    /// Octets of a mail address or URL at most.
    private static let addressLimit = 320

    /// What stands behind one of these is another statement than what stands before it.
    private static let contrasts: Set = ["men", "but", "however", "derimod", "hvorimod", "whereas"]
    private static let greetings: Set = ["hej", "kære", "goddag", "hi", "hello", "dear"]
    private static let abbreviations: Set = [
        "ca", "kr", "t", "mio", "mia", "nr", "tlf", "inkl", "ekskl", "fx", "pr", "stk", "md", "approx", "no", "incl",
        "excl", "jf", "d", "kl", "eks", "bl", "evt", "osv", "min", "maks", "max", "e.g", "i.e",
    ]
    /// Those that often end a sentence as well: `… 8.000 kr. Er I forsikret?`.
    private static let units: Set = ["kr", "stk", "md", "osv"]

    private let octets: [UInt8]
    /// Lines that are a sentence each, and how many of their beginnings and of themselves are behind.
    private let lines: LabelledLines
    private var started = 0
    private var passed = 0
    private var tokens: [Token] = []
    private var sentence = 0
    private var clause = 0
    private var index = 0
    private var lineStart = 0
    private var sentenceStart = 0

    static func tokens(of octets: [UInt8]) -> [Token] { tokens(of: octets, LabelledLines(octets)) }

    static func tokens(of octets: [UInt8], _ lines: LabelledLines) -> [Token] {
        var tokenizer = Tokenizer(octets: octets, lines: lines)
        tokenizer.run()
        return tokenizer.tokens
    }

    private init(octets: [UInt8], lines: LabelledLines) {
        self.octets = octets
        self.lines = lines
    }

    private mutating func run() {
        while index < octets.count, tokens.count < Self.limit {
            startLine()
            if startsRun, let end = addressEnd() {
                add(Token(start: index, end: end, word: "", sentence: sentence, clause: clause))
            } else if Self.isDigit(octets[index]) {
                readNumber()
            } else if letter(at: index) > 0 {
                readWord()
            } else {
                readSign()
            }
        }
        Clauses.separate(&tokens)
    }

    private mutating func add(_ token: Token) {
        tokens.append(token)
        index = token.end
        if tokens.count - sentenceStart >= Self.sentenceLimit { endSentence() }
    }

    /// Ends the sentence before a line that is one of its own.
    private mutating func startLine() {
        guard started < lines.starts.count, lines.starts[started] <= index else { return }
        while started < lines.starts.count, lines.starts[started] <= index { started += 1 }
        if tokens.count > sentenceStart { endSentence() }
    }

    /// Whether the place lies between a label and its value, where nothing ends a sentence.
    private mutating func isWithinLine() -> Bool {
        while passed < lines.fields.count, lines.fields[passed].value.lowerBound <= index { passed += 1 }
        guard passed < lines.fields.count, !lines.fields[passed].isAlone else { return false }
        return lines.fields[passed].label.upperBound <= index
    }

    private mutating func endSentence() {
        sentence += 1
        clause += 1
        sentenceStart = tokens.count
    }

    // MARK: Words

    private mutating func readWord() {
        let start = index
        while index < octets.count {
            let length = letter(at: index)
            if length > 0 { index += length } else if let joint = joint(at: index) { index += joint } else { break }
        }
        let word = Folding.fold(octets[start..<index])
        if Self.contrasts.contains(word) { endSentence() }
        add(Token(start: start, end: index, word: word, sentence: sentence, clause: clause))
    }

    /// Octets of a hyphen or an apostrophe between letters.
    private func joint(at index: Int) -> Int? {
        let octet = octets[index]
        let length =
            octet == 0xE2 && index + 2 < octets.count && octets[index + 1] == 0x80 && octets[index + 2] == 0x99
            ? 3 : 1
        guard length == 3 || octet == UInt8(ascii: "-") || octet == UInt8(ascii: "'"), index + length < octets.count,
            letter(at: index + length) > 0
        else { return nil }
        return length
    }

    /// Octets of the letter or digit at a place; 0 where there is none.
    private func letter(at index: Int) -> Int {
        let octet = octets[index]
        switch octet {
        case 0x30...0x39, 0x41...0x5A, 0x61...0x7A: return 1
        case 0xC2: return octets[index + 1] == 0xAD ? 2 : 0
        case 0xC3: return octets[index + 1] == 0x97 || octets[index + 1] == 0xB7 ? 0 : 2
        case 0xC4...0xDF: return 2
        // General punctuation, currency signs and symbols, byte-order mark; then pictures beyond the first plane.
        case 0xE2, 0xEF: return 0
        case 0xE0...0xEE: return 3
        default: return 0
        }
    }

    // MARK: Numbers

    private mutating func readNumber() {
        if isListMarker {
            endSentence()
            while index < octets.count, Self.isDigit(octets[index]) { index += 1 }
            index += 1
            return
        }
        let date = WrittenDate.read(octets, at: index)
        let end = max(date?.end ?? 0, numberEnd())
        let isDate = date.map { $0.end == end } ?? false
        let number = isDate && date?.date.isCertain == true ? nil : Numbers.read(octets[index..<end])
        if let number, octets[end...].starts(with: [0xC2, 0xBD]) {
            // `2½`.
            return add(
                Token(
                    start: index, end: end + 2, word: "", thousandths: number + 500, sentence: sentence, clause: clause)
            )
        }
        add(
            Token(
                start: index, end: end, word: Folding.fold(octets[index..<end]), thousandths: number,
                date: isDate ? date?.date : nil, sentence: sentence, clause: clause))
    }

    /// Digits, the points between their groups, and a space before exactly three digits.
    private func numberEnd() -> Int {
        var end = index
        var isFirstGroup = true
        while end < octets.count {
            if Self.isDigit(octets[end]) {
                end += 1
            } else if octets[end] == UInt8(ascii: ".") || octets[end] == UInt8(ascii: ","), end + 1 < octets.count,
                Self.isDigit(octets[end + 1])
            {
                end += 1
                isFirstGroup = false
            } else if let space = groupingSpace(at: end), !isFirstGroup || end - index <= 3 {
                end += space + 3
                isFirstGroup = false
            } else {
                break
            }
        }
        return end
    }

    private static let groupingSpaces: [[UInt8]] = [[0x20], [0xC2, 0xA0], [0xE2, 0x80, 0xAF]]

    /// Octets of a plain, no-break or narrow no-break space that groups digits.
    private func groupingSpace(at place: Int) -> Int? {
        guard let space = Self.groupingSpaces.first(where: { octets[place...].starts(with: $0) })?.count else {
            return nil
        }
        let digits = octets[min(place + space, octets.count)...].prefix(4).prefix { Self.isDigit($0) }
        return digits.count == 3 ? space : nil
    }

    /// `1.` or `2)` at the start of a line, unless a month follows.
    private var isListMarker: Bool {
        guard index - lineStart <= 8, octets[lineStart..<index].allSatisfy({ $0 == 0x20 }) else { return false }
        let digits = octets[index...].prefix(3).prefix { Self.isDigit($0) }.count
        let sign = index + digits
        guard digits < 3, sign + 1 < octets.count, octets[sign + 1] == 0x20 else { return false }
        if octets[sign] == UInt8(ascii: ")") { return true }
        return octets[sign] == UInt8(ascii: ".") && !Months.begin(octets[(sign + 2)...])
    }

    // MARK: Signs

    private mutating func readSign() {
        let octet = octets[index]
        switch octet {
        case UInt8(ascii: "%"), UInt8(ascii: "$"):
            let word = octet == UInt8(ascii: "%") ? "%" : "$"
            return add(Token(start: index, end: index + 1, word: word, sentence: sentence, clause: clause))
        case 0xE2 where octets[index...].starts(with: [0xE2, 0x82, 0xAC]):
            return add(Token(start: index, end: index + 3, word: "€", sentence: sentence, clause: clause))
        case UInt8(ascii: "."), UInt8(ascii: "!"), UInt8(ascii: "?"):
            if octet != UInt8(ascii: ".") || pointEndsSentence, !isWithinLine() { endSentence() }
        case UInt8(ascii: ","), UInt8(ascii: ";"), UInt8(ascii: "("), UInt8(ascii: ")"): clause += 1
        case 0x0A:
            if endsParagraph, !isWithinLine() { endSentence() }
            lineStart = index + 1
        default: break
        }
        index += 1
    }

    /// A point behind `ca.`, `kr.` or a day does not, nor one within a word.
    private var pointEndsSentence: Bool {
        guard index + 1 < octets.count else { return true }
        let next = octets[index + 1]
        guard next == 0x20 || next == 0x0A || next == 0xC2 else { return false }
        guard let last = tokens.last, last.end == index else { return true }
        let following = octets[(index + 1)...].drop { $0 == 0x20 || $0 == 0x0A }
        if Self.abbreviations.contains(last.word) { return Self.units.contains(last.word) && Self.isCapital(following) }
        guard last.thousandths != nil || last.date != nil, last.word.utf8.count <= 5 else { return true }
        return !Months.begin(following) && Self.isCapital(following)
    }

    /// Whether a capital letter begins it, in ASCII or among `ÆØÅ` and their like.
    private static func isCapital(_ text: ArraySlice<UInt8>) -> Bool {
        guard let first = text.first else { return false }
        if (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(first) { return true }
        return first == 0xC3 && text.dropFirst().first.map { $0 < 0x9F } ?? false
    }

    static func isAbbreviation(_ word: String) -> Bool { abbreviations.contains(word) }

    /// A blank line, a list item, or the end of a greeting.
    private var endsParagraph: Bool {
        guard index + 1 < octets.count else { return true }
        let next = octets[index + 1]
        if next == 0x0A || next == UInt8(ascii: "-") || next == UInt8(ascii: "*") { return true }
        if octets[(index + 1)...].starts(with: [0xE2, 0x80, 0xA2]) { return true }
        let line = tokens.suffix(6).drop { $0.start < lineStart }
        return line.count <= 4 && line.first.map { Self.greetings.contains($0.word) } ?? false
    }

    // MARK: Addresses

    private var startsRun: Bool {
        guard letter(at: index) > 0, index > 0 else { return index == 0 }
        return octets[index - 1] <= 0x20 || [UInt8(ascii: "<"), UInt8(ascii: "(")].contains(octets[index - 1])
    }

    /// End of the mail address or URL that starts here.
    private func addressEnd() -> Int? {
        var end = index
        var isAddress = octets[index...].starts(with: "www.".utf8)
        while end < octets.count, octets[end] > 0x20, end - index < Self.addressLimit {
            let isScheme = octets[end] == UInt8(ascii: ":") && octets[end...].starts(with: "://".utf8)
            if octets[end] == UInt8(ascii: "@") || isScheme { isAddress = true }
            end += 1
        }
        guard isAddress else { return nil }
        while end > index + 1, letter(at: end - 1) == 0, octets[end - 1] < 0x80 { end -= 1 }
        return end
    }

    static func isDigit(_ octet: UInt8) -> Bool { (0x30...0x39).contains(octet) }
}

/// Divides a clause where `og` or `and` begins another statement: `… en chatbot og vil gerne …`.
enum Clauses {
    private static let conjunctions: Set = ["og", "and", "så", "so", "samt"]
    private static let starters: Set = [
        "vi", "jeg", "de", "i", "det", "den", "der", "vil", "skal", "kan", "har", "ønsker", "leder", "søger", "we",
        "they",
        "it", "would", "want", "need", "can", "have", "are", "is", "please",
    ]
    /// `kun`, `blot`, `only`: what follows is set against what went before.
    private static let restrictions: Set = ["kun", "blot", "bare", "only", "just"]

    static func separate(_ tokens: inout [Token]) {
        var added = 0
        for index in tokens.indices {
            let word = tokens[index].word
            let next = index + 1 < tokens.count ? tokens[index + 1].word : ""
            if conjunctions.contains(word) && starters.contains(next) || restrictions.contains(word) { added += 1 }
            tokens[index].clause += added
        }
    }
}
