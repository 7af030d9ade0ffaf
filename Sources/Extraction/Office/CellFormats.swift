import Glibc

/// How the numbers of a workbook's cells are meant: as numbers, as days and times, or as shares of a hundred.
struct CellFormats {
    enum Meaning { case number, day, time, dayAndTime, percent }

    /// By the number of a cell's style.
    private var meanings: [Meaning] = []
    private var countsFrom1904: Bool

    /// Reads the file of the styles; without one every number is a number.
    init(styles: [UInt8]?, countsFrom1904: Bool) throws(ReadingFailure) {
        self.countsFrom1904 = countsFrom1904
        guard let styles else { return }
        var codes: [Int: String] = [:]
        var ofCells: [Int] = []
        var isCells = false
        try XMLWalk.through(styles) { (step, walk) throws(ReadingFailure) in
            switch step {
            case .begin("numFmt"):
                if let id = walk.attribute("numFmtId").flatMap({ Int($0) }) { codes[id] = walk.attribute("formatCode") }
            case .begin("cellXfs"): isCells = true
            case .end("cellXfs"): isCells = false
            case .begin("xf"):
                if isCells { ofCells.append(walk.attribute("numFmtId").flatMap { Int($0) } ?? 0) }
            case .begin, .text, .end: break
            }
            return ofCells.count < 100_000
        }
        meanings = ofCells.map { id in codes[id].map(Self.meaning) ?? Self.builtIn[id] ?? .number }
    }

    /// Formats that every program knows by number (section 18.8.30).
    private static let builtIn: [Int: Meaning] = [
        9: .percent, 10: .percent, 14: .day, 15: .day, 16: .day, 17: .day, 18: .time, 19: .time, 20: .time, 21: .time,
        22: .dayAndTime, 45: .time, 46: .time, 47: .time,
    ]

    /// By the letters of a code such as `dd/mm/yyyy;@` that are neither quoted nor in brackets.
    static func meaning(of code: String) -> Meaning {
        var letters: Set<UInt8> = []
        var (isQuoted, isBracketed, isEscaped) = (false, false, false)
        for octet in code.utf8.prefix(255) {
            if isEscaped {
                isEscaped = false
                continue
            }
            switch octet {
            case UInt8(ascii: "\""): isQuoted.toggle()
            case UInt8(ascii: "\\"), UInt8(ascii: "_"), UInt8(ascii: "*"): isEscaped = !isQuoted
            case UInt8(ascii: "["): isBracketed = !isQuoted
            case UInt8(ascii: "]"): isBracketed = false
            default: if !isQuoted, !isBracketed { letters.insert((0x41...0x5A).contains(octet) ? octet | 0x20 : octet) }
            }
        }
        let has = { (words: String) in words.utf8.contains(where: letters.contains) }
        // `General` and its like hold letters of dates but no other sign of one.
        if code.lowercased().hasPrefix("general") { return .number }
        switch (has("yd"), has("hs")) {
        case (true, true): return .dayAndTime
        case (true, false): return .day
        case (false, true): return .time
        case (false, false): return has("m") ? .day : has("%") ? .percent : .number
        }
    }

    /// A number as it is written in the file, in the meaning of its style.
    func shown(_ value: String, style: Int) -> String {
        let meaning = meanings.indices.contains(style) ? meanings[style] : .number
        guard let number = Double(value), number.isFinite else { return value }
        switch meaning {
        case .number: return Self.decimal(number)
        case .percent: return Self.decimal(number * 100) + " %"
        case .day, .dayAndTime, .time: return moment(number, meaning) ?? Self.decimal(number)
        }
    }

    /// To 15 digits, as the program itself counts.
    private static func decimal(_ number: Double) -> String {
        guard number != number.rounded() || abs(number) >= 1e15 else { return String(Int64(number)) }
        let scale = max(0, 14 - Int(log10(abs(number)).rounded(.down)))
        let factor = pow(10.0, Double(min(scale, 15)))
        return "\((number * factor).rounded() / factor)"
    }

    /// `2026-11-27`, `2026-11-27 08:30` or `08:30`; `nil` where it cannot be one.
    private func moment(_ number: Double, _ meaning: Meaning) -> String? {
        guard number >= 0, number < 2_958_466 else { return nil }
        let minutes = Int((number * 1440).rounded())
        let (days, minute) = minutes.quotientAndRemainder(dividingBy: 1440)
        let two = { (number: Int) in String(100 + number).dropFirst() }
        let time = "\(two(minute / 60)):\(two(minute % 60))"
        guard meaning != .time || days > 0 else { return time }
        let day = day(days)
        return meaning == .dayAndTime && minute > 0 ? "\(day) \(time)" : meaning == .time ? time : day
    }

    /// A day counted from 1900, where that year is taken for a leap year (section 18.17.4.1), or from 1904.
    private func day(_ days: Int) -> String {
        let before = countsFrom1904 ? -24_107 : days < 60 ? -25_568 : -25_569
        let (year, month, day) = CivilDay.of(days + before)
        let two = { (number: Int) in String(100 + number).dropFirst() }
        return "\(year)-\(two(month))-\(two(day))"
    }
}
