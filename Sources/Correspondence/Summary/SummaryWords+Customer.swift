import CVR
import Mail
import Quoting
import Rules
import Understanding

extension SummaryWords {
    private static let quoteLimit = 4

    private static let earlierLimit = 3

    /// What our own people wrote above the forward; it speaks to us and never reaches the lead.
    ///
    /// What stands below is shown with it, for whoever wrote it to see that it is not obeyed.
    var note: View? {
        let below = letter.noteBelow.map { words in
            say("Under mailen, ikke læst som instruks: ", "Below the mail, not read as an instruction: ")
                + clipped(words)
        }
        let written = [letter.note.isEmpty ? nil : clipped(letter.note), below].compactMap { $0 }
        guard !written.isEmpty else { return nil }
        let title = note(of: letter.forwarder).capitalizedFirst
        let words = written.joined(separator: " ")
        return View.paragraph(words, indent: " ").merging(["title": title, "heading": title.uppercased()]) { $1 }
    }

    private func clipped(_ note: String) -> String {
        "\"\(Layout.clip(PersonalNumbers.hidden(in: note.onOneLine), to: 400))\""
    }

    /// The customer's own sentences that the conclusions rest on, what of before still counts, and their questions.
    var wrote: View? {
        let questions = questions
        let quotes = keySentences.map { View.paragraph(quoted($0.text), indent: " ") }
        let before = (saidInFiles + saidBefore).map { View.paragraph($0, indent: "  ") }
        guard !quotes.isEmpty || !questions.isEmpty || !before.isEmpty else { return nil }
        let title =
            isAnswer && letter.form == .reply
            ? say("Hvad \(customer ?? "kunden") svarede", "What \(customer ?? "the customer") answered")
            : say("Hvad kunden skrev", "What the customer wrote")
        let date = letter.original.date.instant == nil ? letter.date : letter.original.date
        let asks =
            customer.map { say("\($0) spørger: ", "\($0) asks: ") } ?? say("Kunden spørger: ", "The customer asks: ")
        return .of([
            "title": title, "heading": title.uppercased(),
            "when": days.moment(date).map { " (\($0))" },
            "quotes": quotes,
            "before": before,
            "asks": questions.map { question in
                View.paragraph(asks + quoted(question.text), indent: " ")
                    .merging([
                        "answers": question.answers.map { View.paragraph("– \($0)", indent: "    ", first: "  ") }
                    ]) { $1 }
            },
        ])
    }

    /// Whether words stand in the customer's own text in the mail at hand.
    func isInMail(_ evidence: Evidence) -> Bool { evidence.section == .text && evidence.messageID == nil }

    /// Words of other messages that still count: `Chatten 19.11.: "ca. 700 fakturaer om måneden"`.
    private var saidBefore: [String] {
        let words = dossier.facts.map(\.evidence).filter { $0.messageID != nil && $0.section != .note }
        let ids = words.compactMap(\.messageID)
        let messages = ids.indices.filter { !ids[..<$0].contains(ids[$0]) }.map { ids[$0] }
        return messages.prefix(Self.earlierLimit).map { id in
            let said = distinct(words.filter { $0.messageID == id }).prefix(Self.earlierLimit)
            return (said.first.flatMap { source(of: $0) } ?? "").capitalizedFirst + ": "
                + said.map { quoted($0.text) }.joined(separator: ", ")
        }
    }

    // MARK: Sentences

    /// Two to four sentences that most facts rest on, in the order of the text.
    private var keySentences: [Sentence] {
        let facts = dossier.facts.filter { isInMail($0.evidence) }
        let asked = Set(questions.map(\.text))
        let weighed = sentences.indices.filter { !asked.contains(sentences[$0].text) }.map { index in
            let inside = facts.filter { sentences[index].range.contains($0.evidence.offset) }
            return (index: index, weight: inside.reduce(0) { $0 + Self.weight(of: $1) })
        }
        let best = weighed.filter { $0.weight > 0 }.sorted { ($1.weight, $0.index) < ($0.weight, $1.index) }
        guard !best.isEmpty else {
            return Array(
                sentences.filter { !asked.contains($0.text) && $0.text.split(separator: " ").count > 3 }.prefix(2))
        }
        return best.prefix(Self.quoteLimit).map(\.index).sorted().map { sentences[$0] }
    }

    /// What is measured or dated says more than a word that was met.
    private static func weight(of fact: Fact) -> Int {
        switch fact.value {
        case .number, .money, .day: 3
        case .flag, .text: fact.name.hasPrefix("service.") ? 2 : 1
        }
    }
}
