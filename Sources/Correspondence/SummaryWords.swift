import CVR
import FoundationEssentials
import Mail
import Quoting
import Rules
import Understanding

/// The sentences of a summary, in its language.
struct SummaryWords {
    private let summary: SalesSummary
    private let rules: RuleSet
    private let language: MailLanguage
    private var dossier: Dossier { summary.dossier }
    private var letter: Letter { summary.dossier.letter }

    init(_ summary: SalesSummary, rules: RuleSet) {
        self.summary = summary
        self.rules = rules
        language = summary.language
    }

    func say(_ danish: String, _ english: String) -> String { language == .danish ? danish : english }

    // MARK: In short

    /// At most three lines: what they want, how urgent it is, what comes next.
    var inShort: [String] {
        var lines: [String] = []
        let wanted = rules.services.filter { Situation(dossier).asksFor($0.code) != nil }.map {
            $0.name.text(in: language)
        }
        if wanted.isEmpty {
            lines.append(say("Mailen nævner ingen af vores ydelser.", "The mail names none of our services."))
        } else {
            lines.append(say("De spørger til: ", "They ask for: ") + wanted.joined(separator: ", ") + ".")
        }
        let days = [("price_by", say("pris inden ", "price by ")), ("deadline", say("i drift senest ", "live by "))]
            .compactMap {
                if case .day(let day) = Situation(dossier).fact($0.0)?.value {
                    $0.1 + Wording.day(day, in: language)
                } else {
                    nil
                }
            }
        if !days.isEmpty { lines.append(say("Frister: ", "Deadlines: ") + days.joined(separator: "; ") + ".") }
        if let step = summary.recommendations.first(where: { $0.kind == .step }) {
            lines.append(say("Næste skridt: ", "Next step: ") + withDue(step))
        }
        return lines
    }

    private func withDue(_ step: Recommendation) -> String {
        guard let due = step.dueOn else { return step.action }
        let action = step.action.hasSuffix(".") ? String(step.action.dropLast()) : step.action
        return "\(action), \(say("senest", "by")) \(Wording.day(due, in: language))."
    }

    // MARK: Company and contact

    var company: [String] {
        let link = dossier.link
        var lines: [String] = []
        let known = [dossier.company.name, dossier.company.town, link.number.map { "CVR \($0)" }].compactMap { $0 }
        if !known.isEmpty { lines.append(known.joined(separator: ", ")) }
        lines.append(why(link))
        let others = link.candidates.filter { $0.number != link.number?.description && !$0.own }.prefix(3)
        if !others.isEmpty {
            let list = others.map {
                "\"\($0.text)\"\($0.valid ? "" : say(" (består ikke kontrollen)", " (fails the check)"))"
            }
            lines.append(say("Også set, ikke brugt: ", "Also seen, not used: ") + list.joined(separator: ", "))
        }
        if link.status == .linked {
            lines.append(
                say(
                    "Branche, ansatte, status og reklamebeskyttelse: ikke slået op i CVR-registret.",
                    "Industry, employees, status and advertising protection: not looked up in the CVR register."))
        }
        return lines
    }

    private func why(_ link: LinkDecision) -> String {
        let words = link.evidence.map { "\"\($0.text.onOneLine)\" \(place($0.section))" }
        switch link.status {
        case .linked:
            return say("Hvorfor denne: ", "Why this one: ")
                + (words ?? say("samme tråd som før", "same thread as before"))
                + say(". Sikkerhed: ", ". Confidence: ") + confidence(link.confidence) + "."
        case .none:
            return say(
                "CVR-nummer mangler. Videresend mailen igen med \"CVR-nr. 12345678\" øverst, så samles alt på firmaet.",
                "The CVR number is missing. Forward the mail again with \"CVR no. 12345678\" on top, and all is kept on the company."
            )
        case .invalid:
            return say("CVR-nummeret ", "The CVR number ") + (words ?? "")
                + say(
                    " består ikke kontrollen: spørg kunden, og videresend igen med det rigtige øverst.",
                    " fails the check: ask the customer, and forward again with the right one on top.")
        case .ambiguous:
            return say(
                "Flere CVR-numre er lige sandsynlige: videresend igen med det rigtige øverst.",
                "Several CVR numbers are equally likely: forward again with the right one on top.")
        }
    }

    private func place(_ section: Evidence.Section) -> String {
        switch section {
        case .signature: say("i signaturen", "in the signature")
        case .note: say("i din note", "in your note")
        case .text: say("i mailen", "in the mail")
        case .subject: say("i emnet", "in the subject")
        case .quoted: say("i det citerede", "in the quoted text")
        case .sender: say("som afsender", "as the sender")
        }
    }

    private func confidence(_ confidence: LinkDecision.Confidence?) -> String {
        switch confidence {
        case .high: say("høj", "high")
        case .medium: say("mellem", "medium")
        case .low, nil: say("lav", "low")
        }
    }

    var contact: String {
        let contact = dossier.contact
        let source = { (key: String) in
            contact.fromSignature.contains(key) ? say(" (signatur)", " (signature)") : say(" (afsender)", " (sender)")
        }
        let parts = [
            contact.name.map { $0 + source("name") }, contact.title.map { $0 + source("title") },
            contact.address.map { $0 + say(" (afsender)", " (sender)") }, contact.phone.map { $0 + source("phone") },
        ].compactMap { $0 }
        return parts.isEmpty ? say("ukendt", "unknown") : parts.joined(separator: " | ")
    }

    // MARK: What the customer wrote

    var wroteHeading: String {
        guard let instant = letter.original.date.instant else { return "" }
        return " (" + Wording.day(CalendarDay(danishAt: instant), in: language) + ")"
    }

    /// Two to four sentences that facts rest on, in the order of the text.
    var customerWords: [String] {
        var sentences: [String] = []
        let evidence = dossier.facts.map(\.evidence).filter { $0.section == .text }.sorted { $0.offset < $1.offset }
        for words in evidence.map({ $0.text.onOneLine }) where words.count >= 15 {
            if !sentences.contains(where: { $0.contains(words) || words.contains($0) }) { sentences.append(words) }
            if sentences.count == 4 { break }
        }
        if sentences.isEmpty, let first = letter.text.split(separator: "\n").first(where: { $0.count > 20 }) {
            sentences.append(String(first.prefix(200)))
        }
        return sentences
    }

    /// The customer's own questions that need no salesperson, and our answers.
    var answers: [(question: String, answer: String)] {
        let text = letter.text.lowercased()
        return rules.company.answers.filter { $0.words.contains { text.contains($0.lowercased()) } }.map {
            ($0.question.text(in: language), "– \($0.answer.text(in: language)) (company.yaml: \($0.id))")
        }
    }

    var note: String? { letter.note.isEmpty ? nil : String(letter.note.onOneLine.prefix(400)) }

    // MARK: Advice

    func advice(_ kind: Recommendation.Kind) -> [SummaryView.Advice] {
        summary.recommendations.filter { $0.kind == kind }.prefix(3).enumerated().map { index, advice in
            let who = [advice.owner, advice.dueOn.map { Wording.day($0, in: language) }].compactMap { $0 }
            let action = advice.action + (who.isEmpty ? "" : " " + who.joined(separator: ", ") + ".")
            return SummaryView.Advice(
                number: index + 1, action: advice.action,
                actionText: Layout.wrap(action, indent: "   ", first: kind == .step ? "\(index + 1). " : "-  "),
                who: who.isEmpty ? nil : who.joined(separator: ", "),
                why: why(advice.reason, advice.evidence, advice.rule))
        }
    }

    private func why(_ reason: String, _ evidence: [Evidence], _ rule: String) -> SummaryView.Why {
        let words = evidence.map {
            "\"\($0.text.onOneLine)\"" + ($0.section == .note ? say(" (din note)", " (your note)") : "")
        }
        var text = words.joined(separator: ", ")
        if !reason.isEmpty { text += (text.isEmpty ? "" : "; ") + reason }
        let plain = "\(text) (\(rule))"
        return SummaryView.Why(
            text: Layout.wrap(say("Hvorfor: ", "Why: ") + plain, indent: "   ", first: "   "), plain: plain)
    }

    // MARK: Quote

    var quote: SummaryView.QuoteView? {
        guard let quote = summary.pricing.quote else { return nil }
        let number = summary.quoteNumber.map { " \($0)" } ?? ""
        let until = Wording.day(quote.validUntil, in: language)
        let heading = say(
            "Tilbudsudkast\(number) (ekskl. moms; gælder til \(until))",
            "Draft quote\(number) (excl. VAT; valid until \(until))")
        let discount = quote.lines.reduce(0) {
            $0 + Money(ore: $1.quantity.thousandths * $1.unitPrice.ore / 1000 - $1.amount.ore).ore
        }
        let saving =
            discount > 0
            ? say("Rabat i alt: ", "Discount in all: ") + SumWording.money(Money(ore: discount), in: language) : nil
        let excluded = rules.services.filter { service in quote.lines.contains { $0.code == service.code } }
            .compactMap { $0.excludes?.text(in: language) }
        let excludedText =
            excluded.isEmpty ? nil : say("Ikke med: ", "Not included: ") + excluded.joined(separator: ", ") + "."
        let first = SumWording.withVAT(quote.subtotal, quote.vat, quote.total, in: language)
        let assumptions = say("Forudsætninger: ", "Assumptions: ") + quote.assumptions.joined(separator: " ")
        return SummaryView.QuoteView(
            heading: heading, headingText: Layout.wrap(heading.uppercased()),
            sections: quote.totals.map { section($0, of: quote) },
            firstInvoice: first,
            firstInvoiceText: Layout.wrap(say("Første faktura: ", "First invoice: ") + first, indent: "  "),
            firstYear: SumWording.money(quote.firstYear, in: language), saving: saving,
            savingText: saving.map { Layout.wrap($0, indent: "  ") },
            assumptions: quote.assumptions,
            assumptionsText: quote.assumptions.isEmpty ? nil : Layout.wrap(assumptions, indent: "  "),
            excluded: excludedText,
            excludedText: excludedText.map { Layout.wrap($0, indent: "  ") })
    }

    private func section(_ total: Quote.Total, of quote: Quote) -> SummaryView.Section {
        let title =
            switch total.recurring {
            case nil: say("Engangsbeløb", "One-off")
            case .month: say("Pr. måned", "Per month")
            case .year: say("Pr. år", "Per year")
            }
        let sum = SumWording.withVAT(total.subtotal, total.vat, total.total, in: language)
        return SummaryView.Section(
            title: title,
            heading: Layout.row(
                title.uppercased(), say("Antal", "Qty"), say("à pris", "Price"), say("Rabat", "Disc."),
                say("Beløb", "Amount")),
            lines: quote.lines.filter { $0.recurring == total.recurring }.map(line), sum: sum,
            sumText: Layout.wrap("\(title) \(say("i alt", "total")) \(sum)", indent: "    ", first: "  "))
    }

    private func line(_ line: Quote.Line) -> SummaryView.Line {
        let quantity = Wording.number(thousandths: line.quantity.thousandths, in: language) + " " + line.unit
        let price = Wording.amount(ore: line.unitPrice.ore, in: language)
        let discount = line.discountPercent > 0 ? "\(line.discountPercent) %" : ""
        let amount = Wording.amount(ore: line.amount.ore, in: language)
        return SummaryView.Line(
            number: line.position, description: line.description, quantity: quantity, price: price, discount: discount,
            amount: amount, row: Layout.row("\(line.position) \(line.description)", quantity, price, discount, amount),
            why: why(line.reason, line.evidence, line.rule))
    }

    // MARK: Missing and history

    var questions: [String] { summary.pricing.questions.map { $0.text + ($0.effect.map { " (\($0))" } ?? "") } }

    var history: [String] {
        dossier.history.map { entry in
            let day = Wording.day(CalendarDay(danishAt: entry.occurredAt), in: language)
            return [day, entry.author, entry.subject].compactMap { $0 }.joined(separator: ": ")
        }
    }
}

extension String {
    /// White space folded, so that words cut over lines read as one sentence.
    var onOneLine: String { split { $0 == " " || $0 == "\n" || $0 == "\t" }.joined(separator: " ") }
}
