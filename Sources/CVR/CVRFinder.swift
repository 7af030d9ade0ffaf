/// Finds company numbers in text: labelled, prefixed with `DK`, or bare.
///
/// Digits that are plainly something else give no candidate: longer runs (production units, EAN, accounts), telephone
/// numbers with a country code or a label, dates, CPR numbers, and what stands behind the label of an order, an invoice,
/// a customer or an account. Takes time in proportion to the text.
package enum CVRFinder {
    /// Candidates of one text at most.
    private static let limit = 100

    package static func candidates(in text: String) -> [CVRCandidate] {
        var text = text
        return text.withUTF8 { octets in
            var finder = Scan(octets)
            return finder.run(limit: limit)
        }
    }
}

private struct Scan {
    private let octets: UnsafeBufferPointer<UInt8>
    private var index = 0

    init(_ octets: UnsafeBufferPointer<UInt8>) { self.octets = octets }

    mutating func run(limit: Int) -> [CVRCandidate] {
        var candidates: [CVRCandidate] = []
        while index < octets.count, candidates.count < limit {
            guard isDigit(index) else {
                index += 1
                continue
            }
            let run = digitRun(from: index)
            if let candidate = candidate(run) { candidates.append(candidate) }
            index = run.end
        }
        return candidates
    }

    /// Groups of digits with single separators between them, as far as they go.
    private struct Run {
        var start: Int
        var end: Int
        var digits: [UInt8]
        /// Lengths of the groups between separators.
        var groups: [Int]
    }

    private func digitRun(from start: Int) -> Run {
        var run = Run(start: start, end: start, digits: [], groups: [])
        var position = start
        while true {
            var length = 0
            while isDigit(position), length < 40 {
                run.digits.append(octets[position])
                position += 1
                length += 1
            }
            run.groups.append(length)
            run.end = position
            guard run.digits.count < 40, let next = separatorEnd(position), isDigit(next) else { return run }
            position = next
        }
    }

    /// The octet behind one separator: a space of any kind, `-`, `.`, `,` or `/`.
    private func separatorEnd(_ position: Int) -> Int? {
        guard position < octets.count else { return nil }
        switch octets[position] {
        case 0x20, UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: ","), UInt8(ascii: "/"): return position + 1
        // U+00A0
        case 0xC2 where has([0xC2, 0xA0], at: position): return position + 2
        // U+2009, U+202F
        case 0xE2 where has([0xE2, 0x80, 0x89], at: position) || has([0xE2, 0x80, 0xAF], at: position):
            return position + 3
        default: return nil
        }
    }

    private func candidate(_ run: Run) -> CVRCandidate? {
        let label = LabelBefore.read(octets, before: run.start)
        // A label binds eight digits even where the text goes on with a number behind a separator.
        guard let (end, digits) = firstEight(run, isLabelled: label.kind != .bare) else { return nil }
        if label.kind == .bare {
            guard !isPartOfWord(run.start, end), !label.isOfSomethingElse, !isDate(run), !isCPR(run) else { return nil }
        }
        let start = label.start
        return CVRCandidate(
            digits: String(decoding: digits, as: UTF8.self), label: label.kind,
            text: String(decoding: octets[start..<end], as: UTF8.self), offset: start, length: end - start)
    }

    /// The first eight digits when a group ends with them, and nothing else but a new group follows.
    private func firstEight(_ run: Run, isLabelled: Bool) -> (end: Int, digits: ArraySlice<UInt8>)? {
        guard run.digits.count >= 8 else { return nil }
        if run.digits.count == 8 { return (run.end, run.digits[...]) }
        guard isLabelled else { return nil }
        var sum = 0
        for length in run.groups {
            sum += length
            if sum == 8 { break }
            if sum > 8 { return nil }
        }
        var seen = 0
        var position = run.start
        while position < run.end {
            if isDigit(position) { seen += 1 }
            position += 1
            if seen == 8 { return (position, run.digits.prefix(8)) }
        }
        return nil
    }

    /// Letters or digits that touch the run make it a code, an address or a part of a longer number.
    private func isPartOfWord(_ start: Int, _ end: Int) -> Bool {
        let before = start > 0 ? octets[start - 1] : 0x20
        let after = end < octets.count ? octets[end] : 0x20
        let isWord = { (octet: UInt8) in
            (octet | 0x20 >= UInt8(ascii: "a") && octet | 0x20 <= UInt8(ascii: "z")) || octet >= 0x80
                || octet == UInt8(ascii: "@") || octet == UInt8(ascii: "_") || octet == UInt8(ascii: "#")
        }
        let touches = isWord(before) && !(before == 0xA0 || before == 0xAF || before == 0x89)
        return touches || isWord(after) && after != 0xC2 && after != 0xE2 || before == UInt8(ascii: "+")
            || before == UInt8(ascii: "=")
    }

    /// `2026-01-06`, `20260106`, `06.01.2026`.
    private func isDate(_ run: Run) -> Bool {
        let value = { (range: Range<Int>) in run.digits[range].reduce(0) { $0 * 10 + Int($1) - 0x30 } }
        let isYear = { (year: Int) in (1900...2100).contains(year) }
        let yearFirst = isYear(value(0..<4)) && (1...12).contains(value(4..<6)) && (1...31).contains(value(6..<8))
        let yearLast = (1...31).contains(value(0..<2)) && (1...12).contains(value(2..<4)) && isYear(value(4..<8))
        return (yearFirst && (run.groups == [8] || run.groups == [4, 2, 2])) || (yearLast && run.groups == [2, 2, 4])
    }

    /// `ddmmyy-nnnn` has ten digits and never comes here; the birthday alone with a year does.
    private func isCPR(_ run: Run) -> Bool { run.groups == [6, 4] }

    private func isDigit(_ position: Int) -> Bool {
        position < octets.count && (0x30...0x39).contains(octets[position])
    }

    private func has(_ wanted: [UInt8], at position: Int) -> Bool {
        position + wanted.count <= octets.count && octets[position..<position + wanted.count].elementsEqual(wanted)
    }
}
