/// Hides CPR numbers, which are a person's and nobody else's to repeat.
///
/// `DDMMYY-XXXX` whose first six digits are a day (CPR-kontoret, "Personnummeret i CPR-systemet"), with a hyphen, or without
/// one where a word such as `CPR` says what it is or modulus 11 holds and nothing says otherwise.
package enum PersonalNumbers {
    /// The text with the last four digits as `x`, one for one, so that every other octet keeps its place.
    ///
    /// Takes time in proportion to the text; a text without such a number comes back as it is.
    package static func hidden(in text: String) -> String {
        var text = text
        let serials = text.withUTF8 { PersonalNumberScan(TextOctets($0)).serials() }
        guard !serials.isEmpty else { return text }
        var octets = Array(text.utf8)
        for index in serials.joined() {
            if (0x30...0x39).contains(octets[index]) { octets[index] = UInt8(ascii: "x") }
            // U+FF58, as wide as the digit that it stands for.
            if octets[index] == 0xEF, octets[index + 1] == 0xBC { octets[(index + 1)...(index + 2)] = [0xBD, 0x98] }
        }
        return String(decoding: octets, as: UTF8.self)
    }
}

/// One pass over the digits of a text.
private struct PersonalNumberScan {
    private let text: TextOctets

    init(_ text: TextOctets) { self.text = text }

    /// Where the last four digits of each number stand.
    func serials() -> [Range<Int>] {
        var serials: [Range<Int>] = []
        var index = 0
        while true {
            index = text.nextDigit(from: index)
            guard index < text.count else { return serials }
            guard let digit = text.digit(index) else {
                index += 1
                continue
            }
            // Most numbers are too short, and no day with the rest behind a hyphen.
            if let run = text.plainRun(index, limit: 10), !isDayApart(run) {
                index = run.end
                continue
            }
            guard !text.isDigitBefore(index) else {
                index = digit.end
                continue
            }
            let run = DigitRun(in: text, at: index)
            serials += self.serials(in: run)
            // What was cut off is read again from as far before its end as the groups of a number reach.
            index =
                run.isLonger && run.groups.count > 1
                ? run.groups[max(1, run.groups.count - Self.mostGroups)].start : run.end
        }
    }

    private func serials(in run: DigitRun) -> [Range<Int>] {
        var serials = wholeNumbers(run)
        var first = 0
        for (place, group) in run.groups.enumerated() {
            let next = place + 1
            if next < run.groups.count, run.groups[next].length == 4, isHyphen(behind: group),
                isDate(run, before: next, digits: first + group.length), !isJoined(run, behind: next)
            {
                serials.append(run.groups[next].start..<run.groups[next].end)
            }
            first += group.length
        }
        if let apart = serialApart(from: run) { serials.append(apart) }
        return serials
    }

    /// Whether a number may end with a day, as long as one and with a hyphen somewhere behind it.
    private func isDayApart(_ run: (digits: Int, end: Int)) -> Bool {
        run.digits >= 6 && text.hyphenEnd(behindSpaces(run.end)) != nil
    }

    // MARK: With a hyphen

    /// Whether the groups before one end with a day: `131284`, `13 12 84`, `13.12.1984`.
    private func isDate(_ run: DigitRun, before place: Int, digits count: Int) -> Bool {
        let digits = run.digits[..<count]
        for shape in [[6], [8], [2, 2, 2], [2, 2, 4]]
        where shape == run.groups[..<place].suffix(shape.count).map(\.length) {
            let groups = run.groups[..<place].suffix(shape.count)
            let isEven = groups.dropFirst(2).allSatisfy { $0.separator == groups[groups.startIndex + 1].separator }
            let size = shape.reduce(0, +)
            guard isEven, groups.startIndex == 0 || isApart(run, groups.startIndex, shape) else { continue }
            if Birthday.isDay(digits.suffix(size)) { return true }
        }
        return false
    }

    /// Whether what stands in front of a group is another number, not the beginning of this one.
    private func isApart(_ run: DigitRun, _ place: Int, _ shape: [Int]) -> Bool {
        let isPartOfDate = shape.count > 1 && run.groups[place].separator == UInt8(ascii: ".")
        return !isPartOfDate && !isHyphen(behind: run.groups[place - 1])
    }

    private func isHyphen(behind group: DigitRun.Group) -> Bool {
        text.hyphenEnd(text.behindInvisible(group.end)) != nil
    }

    /// Whether what stands behind makes it a part of something longer: `131284-1302-7`.
    private func isJoined(_ run: DigitRun, behind place: Int) -> Bool {
        place + 1 < run.groups.count ? isHyphen(behind: run.groups[place]) : run.isLonger
    }

    /// `131284 - 1302`, and across the end of a line.
    private func serialApart(from run: DigitRun) -> Range<Int>? {
        // Hardly any number has a hyphen behind it: that is looked for first.
        guard !run.isLonger, let hyphen = text.hyphenEnd(behindSpaces(run.end)),
            isDate(run, before: run.groups.count, digits: run.digits.count)
        else { return nil }
        let start = behindSpaces(text[hyphen] == UInt8(ascii: "\n") ? hyphen + 1 : hyphen)
        guard text.isDigit(start) else { return nil }
        let serial = DigitRun(in: text, at: start)
        return serial.groups[0].length == 4 && !(serial.isLonger && serial.groups.count == 1)
            ? serial.groups[0].start..<serial.groups[0].end : nil
    }

    /// Behind at most four spaces or marks of a quotation.
    private func behindSpaces(_ index: Int) -> Int {
        var index = text.behindInvisible(index)
        for _ in 0..<4 {
            if text[index] == UInt8(ascii: ">") {
                index += 1
            } else if index < text.count,
                text.isGap(index..<index + text.width(index), of: [], atMost: 3), text.hyphenEnd(index) == nil
            {
                index += text.width(index)
            }
        }
        return text.behindInvisible(index)
    }

    // MARK: Without one

    private static let wholeShapes = [[10], [6, 4], [2, 2, 2, 4]]
    /// Groups of the longest shape.
    private static let mostGroups = 4

    /// `1312841302`, `131284 1302`, and what is called a CPR number whatever its day, among other numbers too.
    private func wholeNumbers(_ run: DigitRun) -> [Range<Int>] {
        guard run.digits.count >= 10 else { return [] }
        var serials: [Range<Int>] = []
        var words: RecentWords?
        var first = 0
        for place in run.groups.indices {
            for shape in Self.wholeShapes where isWhole(shape, at: place, of: run) {
                let known = words ?? recentWords(before: run.start)
                words = known
                if isCertain(Array(run.digits[first..<first + 10]), shape, run, known) {
                    serials.append(serial(endingAt: run.groups[place + shape.count - 1].end))
                }
            }
            first += run.groups[place].length
        }
        return serials
    }

    /// Whether groups of these lengths stand there, and no hyphen makes them a part of something longer.
    private func isWhole(_ shape: [Int], at place: Int, of run: DigitRun) -> Bool {
        let end = place + shape.count
        guard end <= run.groups.count, zip(run.groups[place...], shape).allSatisfy({ $0.length == $1 }) else {
            return false
        }
        let isOpen = end == run.groups.count ? run.isLonger : isHyphen(behind: run.groups[end - 1])
        return !isOpen && (place == 0 || !isHyphen(behind: run.groups[place - 1]))
    }

    private func isCertain(_ digits: [UInt8], _ shape: [Int], _ run: DigitRun, _ words: RecentWords) -> Bool {
        if PersonalWords.areNear(words, in: text) { return true }
        return Birthday.isDay(digits.prefix(6)) && Birthday.passes(digits) && shape.count < 3
            && !OtherNumbers.isPartOfCode(run, in: text, words) && !isSomethingElse(run, words)
    }

    private func serial(endingAt end: Int) -> Range<Int> {
        var start = end
        for _ in 0..<4 { start = startOfDigit(before: start) }
        return start..<end
    }

    private func startOfDigit(before end: Int) -> Int {
        var start = end - 1
        while text.digit(start) == nil { start -= 1 }
        return start
    }

    private func isSomethingElse(_ run: DigitRun, _ words: RecentWords) -> Bool {
        words.nearestFirst.prefix(3).contains { word in
            OtherNumbers.isSomethingElse(text.lowercased(word))
                && !(word.upperBound..<run.start).contains { text.isDigit($0) }
        }
    }

    /// Octets before a number whose words are looked at.
    private static let reach = 60

    private func recentWords(before index: Int) -> RecentWords {
        var words = RecentWords()
        var place = max(0, index - Self.reach)
        // A word that was cut off at its beginning is none.
        while place > 0, place < index, text[place] > 0x20 { place += 1 }
        while place < index {
            if let end = text.wordEnd(place) {
                words.append(place..<min(end, index))
                place = end
            } else {
                place += text.width(place)
            }
        }
        return words
    }
}

/// Days of birth as the first six digits of a CPR number give them.
private enum Birthday {
    private static let lengths = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]

    /// Whether six digits are day, month and year, or eight with a year of this century or the last.
    static func isDay(_ digits: ArraySlice<UInt8>) -> Bool {
        let values = digits.map { Int($0) - 0x30 }
        guard values.count == 6 || values.count == 8 else { return false }
        let (day, month, year) = (values[0] * 10 + values[1], values[2] * 10 + values[3], values.suffix(2))
        guard (1...12).contains(month), (1...lengths[month - 1]).contains(day) else { return false }
        guard values.count == 6 || [[1, 9], [2, 0]].contains(values[4...5].map { $0 }) else { return false }
        return month != 2 || day < 29 || (year.reduce(0) { $0 * 10 + $1 }) % 4 == 0
    }

    /// Modulus 11, which numbers of 1 January may break since 2007.
    static func passes(_ digits: [UInt8]) -> Bool {
        let sum = zip(digits, [4, 3, 2, 7, 6, 5, 4, 3, 2, 1]).reduce(0) { $0 + (Int($1.0) - 0x30) * $1.1 }
        return sum % 11 == 0 || digits.starts(with: "0101".utf8)
    }
}

/// Words that call a number a person's.
private enum PersonalWords {
    private static let stems = ["cpr", "personn", "fødselsn"].map { Array($0.utf8) }
    /// `hendes nummer er`.
    private static let owners = Set(["hendes", "hans", "dennes"].map { Array($0.utf8) })

    /// Whether one is among the words before the number, the nearest that says what it is.
    static func areNear(_ words: RecentWords, in text: TextOctets) -> Bool {
        for word in words.nearestFirst.prefix(5).map(text.lowercased) {
            if owners.contains(word) || stems.contains(where: { word.starts(with: $0) }) { return true }
            if OtherNumbers.isSomethingElse(word) { return false }
        }
        return false
    }
}
