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
        var offset = 0
        var start: Int?
        var isOpen = false
        for line in quoted.split(separator: "\n", omittingEmptySubsequences: false) {
            let words = line.drop { $0 == ">" || $0 == " " }
            if isOpen || Self.introduces(words) {
                // An introduction may go on in the next line with the address.
                let isAddressed = words.utf8.contains(UInt8(ascii: "@"))
                if let begun = start, !isOpen { ranges.append(begun..<offset) }
                start = isAddressed && Self.names(lead, words, withColleagues: isForward) ? offset : nil
                isOpen = !isAddressed && !isOpen && !Self.isHeader(words)
            }
            offset += line.utf8.count + 1
        }
        if let start { ranges.append(start..<offset) }
    }

    func holds(_ offset: Int) -> Bool { ranges.contains { $0.contains(offset) } }

    private static let headers = ["fra:", "*fra:*", "from:", "*from:*", "von:", "från:", "de:", "van:"]
    private static let verbs = [" skrev", " wrote", " schrieb"]

    private static func isHeader(_ line: Substring) -> Bool {
        let start = line.prefix(8).lowercased()
        return headers.contains { start.hasPrefix($0) }
    }

    private static func introduces(_ line: Substring) -> Bool {
        guard line.utf8.count < 300 else { return false }
        if isHeader(line) { return true }
        let lower = line.lowercased()
        return verbs.contains(where: lower.contains) && (lower.hasSuffix(":") || lower.contains { $0.isNumber })
    }

    /// The same address, or one of the same company's.
    private static func names(_ lead: Mailbox, _ line: Substring, withColleagues: Bool) -> Bool {
        let lower = line.lowercased()
        if lower.contains(lead.address.lowercased()) { return true }
        let domain = lead.domain.lowercased()
        return withColleagues && !domain.isEmpty && !PublicMailProviders.includes(domain)
            && lower.contains("@" + domain + ">")
    }
}
