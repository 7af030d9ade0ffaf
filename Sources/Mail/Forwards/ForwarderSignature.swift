/// The forwarder's own signature below the mail that they sent on, where Gmail and servers put it: no word of whoever wrote
/// that mail.
///
/// It begins with the forwarder's name and ends the text. A signature of theirs that the mail itself quotes, as it answers
/// them, stays where it is.
struct ForwarderSignature {
    /// In lower case.
    private let names: [[UInt8]]
    /// `nil` where whoever wrote the mail may go by it too.
    private let firstName: [UInt8]?
    private let address: [UInt8]
    private let author: (name: [UInt8]?, address: [UInt8])?

    /// Lines of it at most, blank ones not counted.
    private static let longest = 15

    /// `nil` where the forwarder and whoever wrote the mail go by one name, which tells nothing then.
    init?(of forwarder: Mailbox, below author: Mailbox?) {
        let name = forwarder.name.map { Folding.lower($0.utf8) } ?? []
        let names = Self.spellings(name[...])
        let authorName = author?.name.map { Folding.lower($0.utf8) }
        if let authorName, names.contains(where: { authorName.starts(with: $0) }) { return nil }
        if let author, author.comparable == forwarder.comparable { return nil }
        let first = Self.firstName(of: names.last ?? name)
        self.names = names
        firstName = first.count > 1 && authorName.map(Self.firstName) ?? first != first ? first : nil
        address = Folding.lower(forwarder.address.utf8)
        // Our own website's name stands in our signatures.
        self.author = author.flatMap { author in
            author.domainName == forwarder.domainName ? nil : (authorName, Folding.lower(author.address.utf8))
        }
    }

    /// `jonas holm`, of `Jonas Holm | Fjordtek`, `Jonas Holm (Fjordtek)` or `Holm, Jonas` too.
    private static func spellings(_ name: ArraySlice<UInt8>) -> [[UInt8]] {
        var spellings = [Array(name.trimmingSpaces)]
        if let end = name.firstIndex(where: { "|(/,".utf8.contains($0) }) {
            let head = name[..<end].trimmingSpaces
            let isReversed = name[end] == UInt8(ascii: ",") && !head.contains(0x20)
            spellings.append(isReversed ? name[(end + 1)...].trimmingSpaces + [0x20] + head : Array(head))
        }
        // A first name alone begins letters, too.
        return spellings.filter { $0.contains(0x20) }
    }

    private static func firstName(of name: [UInt8]) -> [UInt8] { Array(name.prefix { $0 != 0x20 }) }

    /// Where it begins in the text of a mail that was sent on, or `nil`.
    func start(in lines: [TextLine]) -> Int? {
        // Whatever a machine wrote below it goes with it.
        for end in [lines.endIndex] + Notices.footers(lines) {
            if let start = separated(lines, to: end) ?? plain(lines, to: end) {
                let isBelow = lines[..<start].contains { !$0.isBlank }
                return isBelow && !Self.isQuoted(lines, at: start) ? start : nil
            }
        }
        return nil
    }

    /// Whether lines are a signature of the forwarder's and nothing else.
    func isAll(of lines: [TextLine]) -> Bool {
        SignatureText(lines).body.allSatisfy(\.isBlank) && begins(lines.filter { !$0.isBlank }[...])
    }

    /// Behind the last separator or a client's mark.
    private func separated(_ lines: [TextLine], to end: Int) -> Int? {
        guard let last = lines[..<end].lastIndex(where: { $0.mark == .signature || Self.isSeparator($0) }) else {
            return nil
        }
        let block = lines[last..<end].filter { !$0.isBlank }
        guard block.count <= Self.longest, !block.contains(where: isOfAuthor),
            begins(block[...]) || block.contains(where: { Folding.lower($0.octets).contains(octets: address) })
        else { return nil }
        // The separator above what the client marks.
        let above = lines[..<last].lastIndex { !$0.isBlank }
        return above.flatMap { Self.isSeparator(lines[$0]) ? $0 : nil } ?? last
    }

    /// The last paragraphs, the first of which begins with the whole name, perhaps below a greeting.
    private func plain(_ lines: [TextLine], to end: Int) -> Int? {
        guard let first = lines.firstIndex(where: { !$0.isBlank }) else { return nil }
        var count = 0
        var start: Int?
        for index in lines[..<end].indices.reversed() where !lines[index].isBlank {
            count += 1
            guard count <= Self.longest, index > first, Self.maySign(lines[index]), !isOfAuthor(lines[index]) else {
                break
            }
            if isWholeName(lines[index]), let paragraph = begin(of: lines, named: index), paragraph > first {
                start = paragraph
            } else if start != index, Closings.kind(of: lines[index].octets) == .greeting {
                // Somebody else's letter is closed there.
                break
            }
        }
        return start
    }

    /// The first line of the paragraph that the name begins, or of the greeting above it.
    private func begin(of lines: [TextLine], named index: Int) -> Int? {
        if let above = lines[..<index].lastIndex(where: { !$0.isBlank }), above > 0, lines[above - 1].isBlank,
            Closings.kind(of: lines[above].octets) == .greeting
        {
            return above
        }
        return index == 0 || lines[index - 1].isBlank ? index : nil
    }

    /// A name, an address, a number, and no sentence.
    private static func maySign(_ line: TextLine) -> Bool {
        line.octets.count <= 200 && !line.isQuotation && line.octets.trimmingSpaces.last != UInt8(ascii: "?")
            && !SignatureText.isSentence(line.octets) && SignatureText.smallWords(line.octets) < 6
    }

    private static func isSeparator(_ line: TextLine) -> Bool {
        line.octets.first != UInt8(ascii: "_") && SignatureText.isSeparator(line.octets)
    }

    /// Whether the name stands above everything but greetings: `Jonas Holm | Salgschef`, `Mvh Jonas`, `Jonas`.
    private func begins(_ block: ArraySlice<TextLine>) -> Bool {
        for line in block where !Self.isSeparator(line) {
            if isWholeName(line) || isFirstName(line) { return true }
            guard Closings.isClosing(line.octets) else { return false }
        }
        return false
    }

    private func isWholeName(_ line: TextLine) -> Bool {
        let plain = Self.plain(line)
        return names.contains { SignOff.isNamed(plain, $0) }
    }

    /// Without the asterisks of what is set in bold.
    private static func plain(_ line: TextLine) -> ArraySlice<UInt8> {
        line.octets.contains(UInt8(ascii: "*")) ? line.octets.filter { $0 != UInt8(ascii: "*") }[...] : line.octets
    }

    /// Whether a line is the first name, alone or behind a greeting.
    private func isFirstName(_ line: TextLine) -> Bool {
        guard let firstName else { return false }
        let bare = Folding.lower(line.octets.trimming("-,./"))
        guard bare.count > firstName.count, bare.reversed().starts(with: firstName.reversed()) else {
            return bare == firstName
        }
        return bare[bare.count - firstName.count - 1] == 0x20 && Closings.isClosing(line.octets)
    }

    /// Whether whoever wrote the mail is named there.
    private func isOfAuthor(_ line: TextLine) -> Bool {
        guard let author else { return false }
        return author.name.map { $0.count > 1 && SignOff.isNamed(Self.plain(line), $0) } ?? false
            || Folding.lower(line.octets).contains(octets: author.address)
    }

    /// Whether a quotation that is still open stands above a line: where it is set off, it ends with its last `>`.
    private static func isQuoted(_ lines: [TextLine], at line: Int) -> Bool {
        var above = lines[..<line]
        for _ in 0..<3 {
            let quotation = QuotationStart(in: above)
            guard quotation.line < above.endIndex else { return false }
            guard quotation.isMarked, let last = above.lastIndex(where: \.isQuotation) else { return true }
            above = above[(last + 1)...]
        }
        return true
    }
}
