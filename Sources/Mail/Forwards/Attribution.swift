/// Who wrote a quotation and when, taken from the line that introduces it.
///
/// Outlook for Mac puts such a line above a forward: `Den 28/10/2026 12.46 skrev "Mette Holm" <m@x.example>:`.
struct Attribution {
    var from: Mailbox?
    var date: LetterDate

    init(_ introduction: QuoteIntroduction, zone: Int?) {
        let text = QuoteIntroductions.withoutOpening(introduction.text)
        guard let at = text.firstIndex(of: UInt8(ascii: "@")) else {
            date = WrittenDate.read(text, zone: zone, language: introduction.language)
            return
        }
        let isEdge = { (octet: UInt8) in octet <= 0x20 || "<>()[];,\"".utf8.contains(octet) }
        let start = text[..<at].lastIndex(where: isEdge).map { $0 + 1 } ?? text.startIndex
        var end = text[at...].firstIndex(where: isEdge) ?? text.endIndex
        if text[start..<end].last == UInt8(ascii: ":") { end -= 1 }
        let nameStart = Self.nameStart(in: text, before: start)
        let name = MailboxText.name(text[nameStart..<start].trimming("<(["))
        from = Mailbox(name: name.isEmpty ? nil : name.string, spec: text[start..<end].string)
        let rest = text[..<nameStart] + [0x20] + text[end...]
        date = WrittenDate.read(rest, zone: zone, language: introduction.language)
    }

    /// Where the name before an address begins: at its quotation mark, or at the first of the capitals before it.
    private static func nameStart(in text: ArraySlice<UInt8>, before address: Int) -> Int {
        let head = text[..<address].trimming("<([")
        if head.last == UInt8(ascii: "\"") {
            return head.dropLast().lastIndex(of: UInt8(ascii: "\"")) ?? head.endIndex
        }
        if head.suffix(2).elementsEqual("\u{BB}".utf8) {
            return head.indices.last { head[$0...].starts(with: "\u{AB}".utf8) } ?? head.endIndex
        }
        var start = head.endIndex
        var end = head.endIndex
        while end > head.startIndex {
            let wordStart = head[..<end].lastIndex(of: 0x20).map { $0 + 1 } ?? head.startIndex
            let word = head[wordStart..<end]
            guard word.isEmpty || isNameWord(word) else { break }
            if !word.isEmpty, !particles.contains(word.string) { start = wordStart }
            end = max(head.startIndex, wordStart - 1)
            if wordStart == head.startIndex { break }
        }
        return start
    }

    private static let particles: Set = ["van", "von", "de", "der", "den", "af", "la", "-"]

    private static let timeWords: Set = ["am", "pm", "a.m.", "p.m.", "cet", "cest", "uhr"]

    /// A word that begins with a capital and holds no digit; a comma at its end divides.
    private static func isNameWord(_ word: ArraySlice<UInt8>) -> Bool {
        if particles.contains(word.string) { return true }
        let lower = Folding.lower(word)
        let isCapital = !lower.starts(with: word.prefix(2)) || word.starts(with: "\u{201E}".utf8)
        let isTime = timeWords.contains(String(decoding: lower, as: UTF8.self))
        let hasDigit = word.contains { (0x30...0x39).contains($0) }
        return isCapital && !isTime && !hasDigit && word.last != UInt8(ascii: ",")
    }
}
