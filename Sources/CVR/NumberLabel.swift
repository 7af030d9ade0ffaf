/// What the words before a number say of it.
struct NumberLabel {
    private(set) var kind: CVRCandidate.Label
    /// Where the label starts; the digits themselves when there is none.
    var start: Int
    /// Whether it is `SE-nr.` and not `CVR/SE-nr.`.
    private(set) var isSE = false
    /// Whether it is one of other countries as well: `Company no.`.
    private(set) var isGeneral = false
    /// Whether the label also stands before amounts: `VAT: 24.256.790`.
    private(set) var isShared = false
    /// Whether it announces several: `CVR-numre`.
    private(set) var isPlural = false

    init(before digits: Int, in text: TextOctets, _ words: RecentWords) {
        (kind, start) = (.bare, digits)
        var words = Array(words.nearestFirst)
        guard let nearest = words.first, text.isLabelGap(nearest.upperBound..<digits) else { return }
        let name = text.lowercased(nearest)
        if name == Self.register, nearest.upperBound + 1 == digits, text[digits - 1] == UInt8(ascii: "/") {
            (kind, start) = (.labelled, text.addressStart(before: nearest.lowerBound))
            return
        }
        if name == Self.country {
            readPrefix(nearest, digits: digits, in: text)
            words.removeFirst()
            guard let before = words.first, text.isLabelGap(before.upperBound..<nearest.lowerBound) else { return }
            if kind == .prefixed, OtherNumbers.isName(before: nearest.lowerBound, in: text, words[...]) {
                (kind, start) = (.bare, digits)
            }
        }
        if Self.fillers.contains(text.lowercased(words[0])), words.count > 1 {
            let filler = words.removeFirst()
            guard text.isLabelGap(words[0].upperBound..<filler.lowerBound) else { return }
        }
        read(words, in: text)
        if isTableHead(words, before: digits, in: text) { (kind, start) = (.bare, digits) }
    }

    /// `Tlf  CVR` above `10405033  24256790`: in the head of a table the nearest label is not the number's.
    private func isTableHead(_ words: [Range<Int>], before digits: Int, in text: TextOctets) -> Bool {
        guard kind == .labelled, text.holdsLineEnd(words[0].upperBound..<digits) else { return false }
        return words.contains { word in
            word.upperBound <= start && OtherNumbers.isSomethingElse(text.lowercased(word))
                && !text.holdsLineEnd(word.upperBound..<start)
                && !(word.upperBound..<start).contains { text.isDigit($0) }
        }
    }

    /// `DK` right before the digits; in `www.firma.dk 24256790` it is the end of an address.
    private mutating func readPrefix(_ word: Range<Int>, digits: Int, in text: TextOctets) {
        let joins: [UInt8] = [".", "@", "-", "_", "/"].map { UInt8(ascii: $0) }
        let isPartOfAddress = joins.contains(text[word.lowerBound - 1])
        let isCapital = text[word.lowerBound] == UInt8(ascii: "D")
        let isAdjacent = word.upperBound == digits || isCapital && text.separatorEnd(word.upperBound) == digits
        guard isAdjacent, !isPartOfAddress else { return }
        (kind, start) = (.prefixed, word.lowerBound)
    }

    /// The longest label that the nearest words make.
    private mutating func read(_ words: [Range<Int>], in text: TextOctets) {
        var name: [UInt8] = []
        var next = words[0].upperBound
        for (count, word) in words.prefix(Self.longest).enumerated() {
            guard count == 0 || text.isGap(word.upperBound..<next, of: Self.joins, atMost: 4) else { return }
            next = word.lowerBound
            name = text.lowercased(word) + name
            guard let meaning = Self.labels[name] else { continue }
            let before = words.dropFirst(count + 1).first.map(text.lowercased) ?? []
            guard !(meaning == .shared && Self.amountWords.contains(before)) else { continue }
            (kind, start) = (.labelled, word.lowerBound)
            isSE = meaning == .se && before != Array("cvr".utf8)
            isShared = meaning == .shared
            isGeneral = meaning == .general
            isPlural = meaning == .plural
        }
    }

    /// Whether a list of numbers under this label goes on from the end of one to the start of another.
    func continues(to start: Int, from end: Int, in text: TextOctets) -> Bool {
        guard (1...12).contains(start - end), kind == .labelled else { return false }
        let gap = text.string(end..<start).lowercased().filter { !$0.isWhitespace }
        return ["og", "and", "&", "+", "/", "eller", "or", "samt"].contains(gap)
            || isPlural && [",", ",og", ",and", ""].contains(gap)
    }
}

// MARK: Tables

extension NumberLabel {
    private enum Meaning { case company, general, se, shared, plural }

    private static let country = Array("dk".utf8)
    /// As in `https://datacvr.virk.dk/enhed/virksomhed/24256790`.
    private static let register = Array("virksomhed".utf8)
    /// Words between a label and its number.
    private static let fillers = Set(["er", "lyder", "is", "ny", "nyt", "new"].map { Array($0.utf8) })
    /// Before `VAT` they make it an amount or a rate.
    private static let amountWords = Set(
        ["excl", "incl", "ex", "inc", "excluding", "including", "plus", "without", "with", "and", "no", "before", "of"]
            .map { Array($0.utf8) })
    /// What may stand between the words of one label.
    private static let joins: [UInt8] = [" ", ".", "-", "/", ":", "_"].map { UInt8(ascii: $0) }
    private static let longest = 5

    /// Labels in lower case without what separates their words.
    private static let labels: [[UInt8]: Meaning] = {
        let tables: [(Meaning, [String])] = [
            (
                .company,
                [
                    "cvr", "cvrnr", "cvrnrer", "cvrno", "cvrnummer", "cvrnummeret", "cvrnumber", "cvrid", "cvrkode",
                    "cvrregnr", "momsnr", "momsno", "momsnummer", "momsnummeret", "momsid", "momsregnr",
                    "momsregnummer",
                    "momsregistreringsnr", "momsregistreringsnummer", "momsregistrering", "vatno", "vatnr", "vatid",
                    "vatidno", "vatnumber", "vatnummer", "vatregno", "vatregnr", "vatregnumber", "vatregistration",
                    "vatregistrationno", "vatregistrationnumber", "vatidentificationnumber", "vatidentificationno",
                    "vatcode", "taxid", "taxno", "taxnumber", "taxregno", "ustid", "ustidnr", "orgnr", "orgno",
                    "orgnumber", "orgnummer", "organisationsnr", "organisationsnummer", "organisationno",
                    "organisationnumber", "organizationno", "organizationnumber", "organisasjonsnummer",
                    "virksomhedsnr", "virksomhedsnummer",
                ]
            ),
            (
                .general,
                [
                    "companyno", "companynumber", "companyregno", "companyregnr", "companyregistrationno",
                    "companyregistrationnumber", "businessregno", "businessregistrationno",
                    "businessregistrationnumber", "businessno",
                ]
            ),
            (.se, ["senr", "seno", "senummer", "senumber"]),
            (.shared, ["vat"]),
            (.plural, ["cvrnumre", "cvrnumrene", "cvrnumbers", "cvrnos", "vatnumbers", "vatnos", "momsnumre"]),
        ]
        return Dictionary(
            tables.flatMap { meaning, names in names.map { (Array($0.utf8), meaning) } }, uniquingKeysWith: { $1 })
    }()
}

extension TextOctets {
    private static let labelGap: [UInt8] = [
        ":", ".", ",", "#", "-", "=", "(", ")", "[", "]", "/", "_", "*", "|", "\"", "'",
    ].map { UInt8(ascii: $0) }

    /// Whether a line ends in the range.
    func holdsLineEnd(_ range: Range<Int>) -> Bool { range.contains { self[$0] == 0x0A } }

    /// What may stand between a label and its number: also the end of a line, where a table or a fold puts one.
    func isLabelGap(_ range: Range<Int>) -> Bool { isGap(range, of: Self.labelGap, atMost: 16, lineEnds: 1) }

    /// Where the web address that holds the index begins, at most 120 octets before it.
    func addressStart(before index: Int) -> Int {
        var start = index
        while start > 0, index - start < 120, !isSpaceOrBracket(start - 1) { start -= 1 }
        // Never in the middle of a character.
        while start < index, self[start] & 0xC0 == 0x80 { start += 1 }
        return start
    }

    private func isSpaceOrBracket(_ index: Int) -> Bool {
        let octet = self[index]
        return octet <= 0x20 || octet == UInt8(ascii: "<") || octet == UInt8(ascii: "(") || octet == UInt8(ascii: "\"")
            || octet == UInt8(ascii: "[")
    }
}
