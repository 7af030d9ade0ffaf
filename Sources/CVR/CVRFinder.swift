/// Finds company numbers in text: labelled, prefixed with `DK`, or bare.
///
/// Digits that are plainly something else give no candidate: longer runs (production units, EAN, accounts, CPR),
/// telephone numbers with a country code or a label, dates, amounts, and what stands behind the label of an order, an
/// invoice, a customer or an account. Takes time in proportion to the text.
package enum CVRFinder {
    /// Candidates of one text at most; bare ones alone fill no more than half, so that they cannot hide a labelled one.
    private static let limit = 100

    package static func candidates(in text: String) -> [CVRCandidate] {
        var text = text
        return text.withUTF8 { octets in
            let text = TextOctets(octets)
            // Most texts have no such number, and no word of theirs is to be remembered.
            guard text.holdsLongNumber else { return [] }
            var scan = Scan(text)
            return scan.candidates(limit: limit)
        }
    }
}

/// One pass over a text that remembers the last few words, since they say what a number is.
private struct Scan {
    private let text: TextOctets
    private var words = RecentWords()
    private var index = 0
    /// The label that a list of numbers goes on under: `CVR-nr. 24256790 og 13748136`.
    private var listed: (label: NumberLabel, end: Int)?
    /// Where the last candidate ends.
    private var candidateEnd = 0
    /// Where the last country code `45` ends.
    private var countryCodeEnd: Int?

    init(_ text: TextOctets) { self.text = text }

    mutating func candidates(limit: Int) -> [CVRCandidate] {
        var candidates: [CVRCandidate] = []
        var bareCount = 0
        while index < text.count, candidates.count < limit {
            if text.isDigit(index) {
                guard let candidate = number() else { continue }
                if candidate.label == .bare { bareCount += 1 }
                if candidate.label != .bare || bareCount <= limit / 2 { candidates.append(candidate) }
            } else if let end = text.wordEnd(index) {
                words.append(index..<end)
                index = end
            } else {
                if text[index] == UInt8(ascii: "\n") { words.startLine(at: index + 1) }
                index += text.width(index)
            }
        }
        return candidates
    }

    /// Reads the number at the index and goes behind it.
    private mutating func number() -> CVRCandidate? {
        // Most numbers are too short to be a company's, and nothing is to be kept of them.
        if let run = text.plainRun(index, limit: 8), !text.endsInCountryCode(run.end) {
            index = run.end
            return nil
        }
        let run = DigitRun(in: text, at: index)
        guard run.digits.count >= 8 else {
            if run.isCountryCode(in: text) { countryCodeEnd = run.end }
            index = run.end
            return nil
        }
        let label = label(of: run)
        if label.kind != .bare, let number = run.companyNumber(isPrefixedOnly: label.kind == .prefixed),
            !(label.isShared && OtherNumbers.isAmount(run, in: text, words))
        {
            index = number.end
            listed = (label, number.end)
            return candidate(number.digits, label, end: number.end)
        }
        index = text.end(of: run)
        let isPlain = label.kind == .bare && !run.isLonger && run.hasBareShape
        guard isPlain, !OtherNumbers.holds(run, in: text, words, countryCodeEnd: countryCodeEnd) else { return nil }
        return candidate(run.digits, label, end: run.end)
    }

    private func label(of run: DigitRun) -> NumberLabel {
        let own = NumberLabel(before: run.start, in: text, words)
        guard own.kind == .bare, let listed, listed.label.continues(to: run.start, from: listed.end, in: text) else {
            return own
        }
        var label = listed.label
        label.start = run.start
        return label
    }

    private mutating func candidate(_ digits: [UInt8], _ label: NumberLabel, end: Int) -> CVRCandidate {
        let start = max(label.start, candidateEnd)
        candidateEnd = end
        return CVRCandidate(
            digits: String(decoding: digits, as: UTF8.self), label: label.kind, isSE: label.isSE,
            isGeneral: label.isGeneral, text: text.string(start..<end), offset: start, length: end - start)
    }
}
