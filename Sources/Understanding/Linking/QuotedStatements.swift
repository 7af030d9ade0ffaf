import Mail

/// The parts of a quotation that the lead wrote: below a header or an introduction that names them.
///
/// What others wrote, we among them, says nothing of whose number it is.
struct QuotedStatements {
    private var ranges: [Range<Int>] = []

    /// Finds them; in a forward, what colleagues of the lead wrote counts as well.
    ///
    /// Only then is the lead known to be of another house: in mail straight to us the writer may be one of our own.
    init(_ quoted: String, by lead: Mailbox?, isForward: Bool) {
        guard let lead, !lead.address.isEmpty else { return }
        let names = Self.names(of: lead, withColleagues: isForward)
        var offset = 0
        var start: Int?
        var isOpen = false
        for line in Array(quoted.utf8).split(separator: 0x0A, omittingEmptySubsequences: false) {
            let words = line.drop { $0 == UInt8(ascii: ">") || $0 == 0x20 }
            if isOpen || Self.introduces(words) {
                // An introduction may go on in the next line with the address.
                let isAddressed = words.contains(UInt8(ascii: "@"))
                if let begun = start, !isOpen { ranges.append(begun..<offset) }
                start = isAddressed && names.contains { Self.holds(words, $0) } ? offset : nil
                isOpen = !isAddressed && !isOpen && !Self.isHeader(words)
            }
            offset += line.count + 1
        }
        if let start { ranges.append(start..<offset) }
    }

    func holds(_ offset: Int) -> Bool { ranges.contains { $0.contains(offset) } }

    private static let headers = ["fra:", "*fra:*", "from:", "*from:*", "von:", "från:", "de:", "van:"]
        .map { Array($0.utf8) }
    /// Each with the space before it.
    private static let verbs = [" skrev", " wrote", " schrieb"].map { Array($0.utf8) }
    /// Octets of a line that introduces something, at most.
    private static let longest = 300

    private static func isHeader(_ line: ArraySlice<UInt8>) -> Bool {
        headers.contains { stands($0, in: line, at: line.startIndex) }
    }

    private static func introduces(_ line: ArraySlice<UInt8>) -> Bool {
        guard line.count < longest else { return false }
        if isHeader(line) { return true }
        let isMarked = line.last == UInt8(ascii: ":") || line.contains { (0x30...0x39).contains($0) }
        return isMarked
            && line.indices.contains { start in
                line[start] == 0x20 && verbs.contains { stands($0, in: line, at: start) }
            }
    }

    /// The address, and the domain where the lead's colleagues count.
    private static func names(of lead: Mailbox, withColleagues: Bool) -> [[UInt8]] {
        let domain = lead.domain
        let isCompany = withColleagues && !domain.isEmpty && !PublicMailProviders.includes(domain)
        return (isCompany ? [lead.address, "@\(domain)>"] : [lead.address]).map { Array($0.utf8) }
    }

    /// Whether a word stands in the line, in any case of ASCII letters and those of Latin-1.
    private static func holds(_ line: ArraySlice<UInt8>, _ word: [UInt8]) -> Bool {
        line.indices.contains { stands(word, in: line, at: $0) }
    }

    /// No slices are made on the way: every place of a quotation is asked.
    private static func stands(_ word: [UInt8], in line: ArraySlice<UInt8>, at start: Int) -> Bool {
        guard line.endIndex - start >= word.count else { return false }
        var index = 0
        while index < word.count {
            guard line[start + index] | 0x20 == word[index] | 0x20 else { return false }
            index += 1
        }
        return true
    }
}
