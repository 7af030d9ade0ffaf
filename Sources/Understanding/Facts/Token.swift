/// A word, a number or a sign in a text, and where it stands.
struct Token: Sendable {
    /// In UTF-8 octets.
    var start: Int
    var end: Int
    /// In lower case.
    var word: String
    /// The number in thousandths, when it is one.
    var thousandths: Int?
    var sentence: Int
    var clause: Int
}

/// Takes text apart into tokens, sentences and clauses, in one pass.
enum Tokenizer {
    /// Tokens of one text at most; far more than anybody reads.
    private static let limit = 50_000

    private static let contrasts: Set = ["men", "but", "however", "derimod"]

    static func tokens(of text: String, language: String?) -> [Token] {
        let octets = Array(text.utf8)
        var tokens: [Token] = []
        var sentence = 0
        var clause = 0
        var index = 0
        while index < octets.count, tokens.count < limit {
            let octet = octets[index]
            if isWord(octet) {
                let end = wordEnd(octets, from: index)
                var next = token(octets, index..<end, sentence, clause, language)
                if contrasts.contains(next.word) {
                    // What stands behind a "but" is another statement than what stands before it.
                    sentence += 1
                    clause += 1
                    (next.sentence, next.clause) = (sentence, clause)
                }
                tokens.append(next)
                index = end
                continue
            }
            switch octet {
            case UInt8(ascii: "%"):
                tokens.append(Token(start: index, end: index + 1, word: "%", sentence: sentence, clause: clause))
            case UInt8(ascii: "."), UInt8(ascii: "!"), UInt8(ascii: "?"):
                if endsSentence(octets, at: index, after: tokens.last) {
                    sentence += 1
                    clause += 1
                }
            case UInt8(ascii: ","), UInt8(ascii: ";"), UInt8(ascii: "("), UInt8(ascii: ")"): clause += 1
            case 0x0A where index + 1 < octets.count && startsParagraph(octets, at: index + 1):
                sentence += 1
                clause += 1
            default: break
            }
            index += 1
        }
        return tokens
    }

    private static func token(
        _ octets: [UInt8], _ range: Range<Int>, _ sentence: Int, _ clause: Int, _ language: String?
    ) -> Token {
        let word = String(decoding: octets[range].map(lower), as: UTF8.self).lowercasedBeyondASCII
        let number = Numbers.read(octets[range]) ?? Numbers.words(in: language)[word].map { $0 * 1000 }
        return Token(
            start: range.lowerBound, end: range.upperBound, word: word, thousandths: number, sentence: sentence,
            clause: clause)
    }

    /// Letters and digits; within a number also the points between its groups.
    private static func wordEnd(_ octets: [UInt8], from start: Int) -> Int {
        var index = start
        let isNumber = isDigit(octets[start])
        while index < octets.count {
            if isWord(octets[index]) {
                if isNumber != isDigit(octets[index]), isNumber { break }
                index += 1
            } else if isNumber, index + 1 < octets.count, isDigit(octets[index + 1]),
                octets[index] == UInt8(ascii: ".") || octets[index] == UInt8(ascii: ",")
            {
                index += 1
            } else if !isNumber, octets[index] == UInt8(ascii: "-"), index + 1 < octets.count, isWord(octets[index + 1])
            {
                index += 1
            } else {
                break
            }
        }
        return index
    }

    /// A point behind `ca.`, `kr.` or a day is none; a sentence goes on in small letters.
    private static func endsSentence(_ octets: [UInt8], at index: Int, after token: Token?) -> Bool {
        guard octets[index] == UInt8(ascii: ".") else { return true }
        guard let token, token.end == index else { return true }
        if token.thousandths != nil && token.word.utf8.count <= 2 { return false }
        if [
            "ca", "kr", "mio", "mia", "nr", "tlf", "inkl", "ekskl", "fx", "pr", "stk", "md", "approx", "no", "incl",
            "excl", "jf", "d", "kl", "eks", "bl", "evt", "osv",
        ].contains(token.word) {
            return false
        }
        let next = index + 1 < octets.count ? octets[index + 1] : 0x20
        return next == 0x20 || next == 0x0A || next == 0xC2
    }

    /// A blank line, or a list item.
    private static func startsParagraph(_ octets: [UInt8], at index: Int) -> Bool {
        [0x0A, UInt8(ascii: "-"), UInt8(ascii: "*")].contains(octets[index])
    }

    static func isDigit(_ octet: UInt8) -> Bool { (0x30...0x39).contains(octet) }

    private static func isWord(_ octet: UInt8) -> Bool {
        isDigit(octet) || (octet | 0x20 >= UInt8(ascii: "a") && octet | 0x20 <= UInt8(ascii: "z")) || octet >= 0x80
    }

    private static func lower(_ octet: UInt8) -> UInt8 {
        (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(octet) ? octet | 0x20 : octet
    }
}

extension String {
    /// ASCII letters are small already; the rest only where there is any.
    fileprivate var lowercasedBeyondASCII: String { utf8.contains { $0 >= 0x80 } ? lowercased() : self }
}

/// Numbers as Danes and English people write them.
enum Numbers {
    /// Beyond it a number is no quantity of ours.
    private static let limit = 1_000_000_000

    /// `900`, `3.500`, `3,500`, `2,5`, `1.234.567,50` in thousandths.
    ///
    /// A separator followed by three digits groups.
    static func read(_ octets: ArraySlice<UInt8>) -> Int? {
        guard octets.first.map(Tokenizer.isDigit) ?? false, octets.count <= 20 else { return nil }
        var whole = 0
        var fraction = 0
        var fractionDigits = 0
        var groups = octets.split(omittingEmptySubsequences: false) {
            $0 == UInt8(ascii: ".") || $0 == UInt8(ascii: ",")
        }
        guard groups.allSatisfy({ $0.allSatisfy(Tokenizer.isDigit) }) else { return nil }
        if groups.count > 1, let last = groups.last, last.count != 3 {
            guard last.count < 3 else { return nil }
            groups.removeLast()
            for digit in last { (fraction, fractionDigits) = (fraction * 10 + Int(digit) - 0x30, fractionDigits + 1) }
        }
        guard groups.dropFirst().allSatisfy({ $0.count == 3 }) else { return nil }
        for digit in groups.joined() {
            whole = whole * 10 + Int(digit) - 0x30
            guard whole < limit else { return nil }
        }
        return whole * 1000 + fraction * [1000, 100, 10, 1][fractionDigits]
    }

    static func words(in language: String?) -> [String: Int] { language == "en" ? english : danish }

    private static let danish = [
        "to": 2, "tre": 3, "fire": 4, "fem": 5, "seks": 6, "syv": 7, "otte": 8, "ni": 9, "ti": 10, "elleve": 11,
        "tolv": 12,
        "tretten": 13, "fjorten": 14, "femten": 15, "seksten": 16, "sytten": 17, "atten": 18, "nitten": 19, "tyve": 20,
        "femogtyve": 25, "tredive": 30, "fyrre": 40, "halvtreds": 50, "tres": 60, "halvfjerds": 70, "firs": 80,
        "halvfems": 90,
        "hundrede": 100, "tusind": 1000,
    ]
    private static let english = [
        "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10,
        "eleven": 11,
        "twelve": 12, "thirteen": 13, "fourteen": 14, "fifteen": 15, "sixteen": 16, "seventeen": 17, "eighteen": 18,
        "nineteen": 19, "twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "hundred": 100,
        "thousand": 1000,
    ]
}
