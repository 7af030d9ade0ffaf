import CVR
package import Chat
import Mail

/// A part of a conversation as people read it.
package struct Dialogue: Hashable, Sendable {
    /// Every utterance on a line of its own behind who said it, in the order of their times.
    package let text: String
    /// The visitor's words alone, with a blank line between two utterances; they stand in `text` word for word.
    package let visitorText: String
    /// A few of the first words, where a mail has its subject.
    package let headline: String

    private static let headlineLength = 80
    /// Octets of all words, at most; what lies beyond is in the raw octets alone.
    private static let longest = 1 << 20

    package init(_ utterances: [Transcript.Utterance], of visitor: Transcript.Visitor) {
        var room = Self.longest
        let spoken = utterances.prefix { utterance in
            room -= utterance.attachments.reduce(utterance.text.utf8.count) { $0 + $1.utf8.count }
            return room >= 0
        }.map { (utterance: $0, words: Self.words($0.text)) }
        let lines = spoken.map { Self.line($0.utterance, $0.words, visitor) }
        text = (lines + (lines.count < utterances.count ? ["…"] : [])).joined(separator: "\n")
        let own = spoken.filter { $0.utterance.role == .visitor && !$0.words.isEmpty }.map(\.words)
        visitorText = own.joined(separator: "\n\n")
        let first = own.first ?? spoken.first { !$0.words.isEmpty }?.words ?? ""
        headline = "Chat: " + Self.shortened(first.split(separator: "\n").first ?? "")
    }

    private static func line(
        _ utterance: Transcript.Utterance, _ words: String, _ visitor: Transcript.Visitor
    ) -> String {
        let author = utterance.author ?? (utterance.role == .visitor ? visitor.name : nil)
        let name = author.map { String(Repair.line($0).prefix(80)) + " " } ?? ""
        let attachments = utterance.attachments.map { "[\(PersonalNumbers.hidden(in: Repair.line($0)))]" }
        let said = ([words] + attachments).filter { !$0.isEmpty }.joined(separator: " ")
        return "\(name)(\(utterance.role.rawValue)): \(said)"
    }

    /// Without blank lines at either end and with all lines but the first set in, so that what somebody says in many lines
    /// cannot look as if another had said it.
    private static func words(_ text: String) -> String {
        var lines: [String] = []
        for line in PersonalNumbers.hidden(in: Repair.text(text)).split(
            omittingEmptySubsequences: false, whereSeparator: \.isNewline)
        {
            let words = String(line.trimmedSpaces)
            guard !words.isEmpty || lines.last?.isEmpty == false else { continue }
            lines.append(words.isEmpty || lines.isEmpty ? words : "  " + words)
        }
        if lines.last?.isEmpty == true { lines.removeLast() }
        return lines.joined(separator: "\n")
    }

    private static func shortened(_ line: Substring) -> String {
        guard line.count > headlineLength else { return String(line) }
        let start = line.prefix(headlineLength)
        return (start.lastIndex(of: " ").map { start[..<$0] } ?? start) + "…"
    }
}
