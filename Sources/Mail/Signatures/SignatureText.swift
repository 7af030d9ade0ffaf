/// Divides text into what is said and the signature below it, disclaimers of machines with it.
struct SignatureText {
    var body: ArraySlice<TextLine>
    var signature: ArraySlice<TextLine>

    /// Lines that a signature takes at most.
    private static let longest = 20

    /// Takes a postscript out of the signature: `PS. Vi skal også bruge support.`, to the end of its paragraph.
    mutating func takePostscript() -> [TextLine] {
        guard let start = signature.suffix(Self.longest).firstIndex(where: { Self.isPostscript($0.octets) }) else {
            return []
        }
        let end = signature[start...].firstIndex(where: \.isBlank) ?? signature.endIndex
        let postscript = Array(signature[start..<end])
        signature = ArraySlice(signature[..<start] + signature[end...])
        return [TextLine(octets: [])] + postscript
    }

    /// `PS:`, `P.S.`, with something said behind it; `PS Byg ApS` is a name.
    private static func isPostscript(_ line: ArraySlice<UInt8>) -> Bool {
        let line = Folding.lower(line.trimmingSpaces)
        guard let mark = ["p.s.", "ps.", "ps:"].first(where: { line.starts(with: $0.utf8) }) else {
            return false
        }
        return line.count > mark.utf8.count + 10
    }

    /// Below a line, above which other things are said: `Mange tak!` among answers is one of them.
    init(_ lines: [TextLine], below line: Int, of writer: String? = nil) {
        let last = SignatureText(Array(lines[line...]), of: writer, isForwarder: false)
        body = line == 0 ? last.body : lines[..<line] + last.body
        signature = last.signature
    }

    /// `writer`: whose name begins the signature where no greeting does.
    init(_ lines: [TextLine], of writer: String? = nil, isForwarder: Bool = true) {
        let (lines, conferences) = Conferences.divided(lines)
        let footer = Notices.footer(lines).flatMap { lines[..<$0].allSatisfy(\.isBlank) ? nil : $0 }
        let end = footer ?? lines.count
        let above = footer.map { Array(lines[..<$0]) } ?? lines
        let start = Self.start(in: above, writer, isForwarder) ?? end
        body = Self.withoutRules(lines[..<start])
        signature = lines[start...]
        if !conferences.isEmpty { add(conferences[...]) }
    }

    /// Puts lines below the signature, as a paragraph of their own.
    mutating func add(_ lines: ArraySlice<TextLine>) {
        while signature.last?.isBlank ?? false { signature.removeLast() }
        signature += [TextLine(octets: [])] + lines
    }

    private static func start(in lines: [TextLine], _ writer: String?, _ isForwarder: Bool) -> Int? {
        let start = start(in: lines)
        // Above what a telephone writes the writer may have put their name.
        let reach = start.map { DeviceLines.isDeviceLine(lines[$0].octets) ? Array(lines[..<$0]) : [] } ?? lines
        return SignOff.line(in: reach, of: writer, isOfForwarder: isForwarder) ?? start
    }

    private static func start(in lines: [TextLine]) -> Int? {
        // What the client itself marks, and the separator of RFC 3676 section 4.3.
        if let marked = lines.firstIndex(where: { $0.mark == .signature }), marked > 0 {
            return closing(above: marked, in: lines) ?? marked
        }
        if let separator = lines.lastIndex(where: { isSeparator($0.octets) }),
            lines[separator...].count(where: { !$0.isBlank }) <= longest
        {
            return closing(above: separator, in: lines) ?? closing(of: lines, aboveRule: separator) ?? separator
        }
        return firstClosing(of: lines)
            ?? lastLines(lines).suffix(4).first {
                DeviceLines.isDeviceLine(lines[$0].octets)
                    && (DeviceLines.isOfOwnDevice(lines[$0].octets) || !isSaid(lines, below: $0))
            }
    }

    /// Whether a sentence about people stands below a line.
    private static func isSaid(_ lines: [TextLine], below index: Int) -> Bool {
        lines[(index + 1)...].contains { hasSubject($0.octets.trimmingSpaces.split(separator: 0x20)) }
    }

    private static func hasSubject(_ words: [ArraySlice<UInt8>]) -> Bool {
        words.count > 2 && subjects.contains(Folding.text(words[0]))
    }

    /// Places of the lines that a signature may take.
    private static func lastLines(_ lines: [TextLine]) -> [Int] {
        lines.indices.reversed().lazy.filter { !lines[$0].isBlank }.prefix(longest).reversed()
    }

    /// The first closing of the last lines: below it comes nothing but the signature.
    private static func firstClosing(of lines: [TextLine]) -> Int? {
        lastLines(lines).first { closes(lines[...], at: $0) && !isFollowedByProse(lines, from: $0) }
    }

    /// The closing above a whole signature with a rule of underscores below it, where nothing is said between.
    private static func closing(of lines: [TextLine], aboveRule separator: Int) -> Int? {
        guard lines[separator].octets.first == UInt8(ascii: "_"), let closing = firstClosing(of: lines),
            closing < separator, !lines[closing..<separator].contains(where: { isSentence($0.octets) })
        else { return nil }
        return closing
    }

    /// Whether a line ends like a sentence and holds more small words than a name or an address.
    static func isSentence(_ line: ArraySlice<UInt8>) -> Bool {
        let line = line.trimmingSpaces
        guard let last = line.last, ".?!".utf8.contains(last) else { return false }
        return smallWords(line) >= 3
    }

    static func smallWords(_ line: ArraySlice<UInt8>) -> Int {
        line.split(separator: 0x20).count { (0x61...0x7A).contains($0.first ?? 0) }
    }

    static func isSeparator(_ octets: ArraySlice<UInt8>) -> Bool {
        guard octets.count <= 60, let first = octets.first else { return false }
        switch first {
        case UInt8(ascii: "-"):
            let dashes = octets.trimmingSpacesAtEnd
            return dashes.count == 2 && dashes.last == UInt8(ascii: "-")
        case UInt8(ascii: "_"):
            return octets.count >= 10 && octets.trimmingSpacesAtEnd.allSatisfy { $0 == first }
        default: return octets.trimmingSpacesAtEnd.elementsEqual("\u{2014}".utf8)
        }
    }

    private static func closing(above separator: Int, in lines: [TextLine]) -> Int? {
        lines[..<separator].suffix(6).indices.first { closes(lines[..<separator], at: $0) }
    }

    /// Whether a letter is closed at a line; words of courtesy close it only where nothing is said below.
    private static func closes(_ lines: ArraySlice<TextLine>, at index: Int) -> Bool {
        guard let kind = Closings.kind(of: lines[index].octets) else { return false }
        guard kind == .courtesy else { return true }
        guard lines[..<index].contains(where: { !$0.isBlank }) else { return false }
        let below = lines[(index + 1)...].lazy.map(\.octets.trimmingSpaces).filter { !$0.isEmpty }.prefix(longest)
        let greeting = below.firstIndex { Closings.kind(of: $0) == .greeting }
        if below.first == nil || greeting == below.startIndex, isThanks(lines, at: index) { return false }
        guard let greeting else { return below.first.map { !isSaid($0) } ?? true }
        return below[..<greeting].allSatisfy { Closings.isClosing($0) || Closings.isName($0.trimming(",.")) }
    }

    /// Whether thanks are all that is said, below nothing but whom they are for: `Hej Jonas`, `Mange tak!`.
    private static func isThanks(_ lines: ArraySlice<TextLine>, at index: Int) -> Bool {
        let above = lines[..<index].lazy.filter { !$0.isBlank }.prefix(2)
        guard let first = above.first, above.dropFirst().isEmpty else { return false }
        let words = first.octets.split(separator: 0x20, maxSplits: 5)
        guard words.count < 5, let word = words.first, salutations.contains(Folding.text(word.trimming(",!.")))
        else { return false }
        let thanks = Folding.lower(lines[index].octets)
        return thanks.contains(octets: "tak".utf8) || thanks.contains(octets: "thank".utf8)
    }

    /// Words that a letter begins with.
    private static let salutations: Set = ["hej", "hejsa", "kære", "goddag", "hi", "hello", "hey", "dear"]

    /// Words that a sentence begins with, and neither a name nor an address.
    private static let subjects: Set = [
        "vi", "jeg", "we", "i", "kan", "har", "skal", "og", "men", "can", "could", "please",
    ]

    /// Whether a line is a sentence or an item of a list rather than a name or an address.
    private static func isSaid(_ line: ArraySlice<UInt8>) -> Bool {
        if let last = line.last, ".?!:".utf8.contains(last), !Closings.isName(line.trimming(",.!")) { return true }
        let words = line.split(separator: 0x20)
        if hasSubject(words) { return true }
        if words.count > 1, let first = words[0].first, "-*0123456789".utf8.contains(first) { return true }
        return smallWords(line) >= 3
    }

    /// A long sentence below a closing means that the letter goes on.
    private static func isFollowedByProse(_ lines: [TextLine], from closing: Int) -> Bool {
        lines[(closing + 1)...].prefix(4).contains { line in
            let octets = line.octets.trimmingSpacesAtEnd
            return octets.count > 100 && octets.last == UInt8(ascii: ".")
                && !octets.contains(UInt8(ascii: "|"))
        }
    }

    /// Without lines of dashes and the like at the end, which divide nothing any more.
    private static func withoutRules(_ lines: ArraySlice<TextLine>) -> ArraySlice<TextLine> {
        var lines = lines
        while let last = lines.last?.octets.trimmingSpaces, isRule(last) { lines = lines.dropLast() }
        return lines
    }

    /// U+1427 is what a tracking extension of Gmail leaves behind.
    private static func isRule(_ octets: ArraySlice<UInt8>) -> Bool {
        octets.allSatisfy { "-_=*~#+".utf8.contains($0) } || octets.elementsEqual("\u{1427}".utf8)
    }
}
