/// A label and its value among the tokens of a text.
struct LabelledField {
    var label: Range<Int>
    var value: Range<Int>
    var list: Int
    var isAlone: Bool
    var isHeading: Bool

    /// From the label's first token to the value's last.
    var tokens: Range<Int> { label.lowerBound..<value.upperBound }
}

/// The fields of a text by their tokens, in its order.
struct LabelledFields {
    private var all: [LabelledField] = []
    /// The list that a sentence is part of.
    private(set) var lists: [Int: Int] = [:]

    init() {}

    init(_ lines: LabelledLines, _ tokens: [Token]) {
        var place = 0
        for field in lines.fields {
            let label = Self.range(field.label, tokens, from: &place)
            let value = Self.range(field.value, tokens, from: &place)
            guard !label.isEmpty, !value.isEmpty else { continue }
            all.append(
                LabelledField(
                    label: label, value: value, list: field.list, isAlone: field.isAlone, isHeading: field.isHeading))
            guard !field.isAlone else { continue }
            for token in tokens[label.lowerBound..<value.upperBound] { lists[token.sentence] = field.list }
        }
    }

    private static func range(_ octets: Range<Int>, _ tokens: [Token], from place: inout Int) -> Range<Int> {
        while place < tokens.count, tokens[place].start < octets.lowerBound { place += 1 }
        let start = place
        while place < tokens.count, tokens[place].start < octets.upperBound { place += 1 }
        return start..<place
    }

    /// The field that a token stands in.
    func field(at token: Int) -> LabelledField? {
        var (low, high) = (0, all.count)
        while low < high {
            let middle = (low + high) / 2
            if all[middle].tokens.upperBound <= token { low = middle + 1 } else { high = middle }
        }
        return low < all.count && all[low].tokens.contains(token) ? all[low] : nil
    }
}

extension LabelledField {
    private static let negatives: Set = [
        "nej", "nej tak", "no", "no thanks", "ingen", "none", "ikke aktuelt", "ikke relevant", "fravalgt", "false",
    ]

    /// Whether all that it says is no: `Support: nej`.
    func isDenied(_ tokens: [Token]) -> Bool {
        value.count <= 2 && Self.negatives.contains(tokens[value].map(\.word).joined(separator: " "))
    }

    private static let counts: Set = ["antal", "antallet"]

    /// Whether its label asks how many: `Antal brugere`, `Hvor mange …`, `Number of users`, `Fakturaer pr. måned`.
    func asksHowMany(_ tokens: [Token], _ octets: [UInt8]) -> Bool {
        label.contains { index in
            let next = index + 1 < label.upperBound ? tokens[index + 1].word : ""
            switch tokens[index].word {
            case "hvor": return next == "mange"
            case "how": return next == "many"
            case "number", "no": return next == "of"
            default:
                return Self.counts.contains(tokens[index].word)
                    || Period.phrase(in: tokens, octets, at: index)?.tokens.upperBound == label.upperBound
            }
        }
    }

    /// Whether a number is what its value begins with: `12`, `ca. 700 stk.`.
    func isBegun(by number: Range<Int>, _ tokens: [Token]) -> Bool {
        let before = value.lowerBound..<max(value.lowerBound, number.lowerBound)
        return value.contains(number.lowerBound) && before.count <= 3
            && tokens[before].allSatisfy { Hedges.opening.contains($0.word) }
    }

    /// The period said behind a number of its value, else in its label.
    func period(_ tokens: [Token], _ octets: [UInt8], behind number: Range<Int>) -> Period? {
        let behind = number.upperBound..<max(number.upperBound, min(value.upperBound, number.upperBound + 8))
        for range in [behind, label] {
            for place in range {
                if let found = Period.phrase(in: tokens, octets, at: place), found.tokens.upperBound <= range.upperBound
                {
                    return found.period
                }
            }
        }
        return nil
    }
}

/// Words before a number that say how sure it is.
enum Hedges {
    static let words: Set = [
        "omkring", "ca", "cirka", "omtrent", "op", "mindst", "højst", "over", "under", "mellem", "knap", "godt", "små",
        "næsten", "around", "about", "approx", "approximately", "roughly", "some", "between", "almost", "nearly",
    ]
    /// Those that a value may begin with: `max. 12`, `fra 10 til 12`.
    static let opening = words.union([
        "min", "max", "maks", "fra", "from", "til", "to", "up", "est", "anslået", "forventet", "estimated", "minimum",
        "maksimum", "maximum", "least", "at", "most",
    ])
}
