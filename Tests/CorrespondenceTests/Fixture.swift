import CVR
import Foundation
import Mail
import Quoting
import Rules
import Testing
import Understanding

@testable import Correspondence
@testable import Mail

/// A forward with everything in it, and ways to take parts away.
enum Fixture {
    /// The checkout that this file lies in.
    static let root = String(
        #filePath.prefix(upTo: #filePath.range(of: "/Tests/CorrespondenceTests")?.lowerBound ?? #filePath.endIndex))

    static let rules: RuleSet = {
        do { return try RuleFolder.load(root + "/rules") } catch { preconditionFailure("\(error)") }
    }()

    static let templates: TemplateSet = {
        do { return try TemplateSet(rules) } catch { preconditionFailure("\(error)") }
    }()

    /// Tuesday 24 November 2026, 7:52:11 UTC.
    static let instant = Date(timeIntervalSince1970: 1_795_506_731)

    static let danish = """
        Hej Jonas
        Vi får ca. 900 fakturaer om måneden, og de bliver alle tastet ind i hånden.
        Det skal køre inden udgangen af februar, for i marts har vi revisorerne i huset.
        Chatbotten er vi glade for.

        Ligger vores data i EU? Jeg vil gerne have en pris inden fredag.
        """

    static let english = """
        Hi Jonas
        We get about 900 invoices a month, and all of them are typed in by hand.
        It has to run by the end of February, since the auditors come in March.
        We are happy with our chatbot.

        Is our data in the EU? I would like a price by Friday.
        """

    static func letter(_ language: MailLanguage = .danish) -> Letter {
        let (jonas, mette) = (
            Mailbox(name: "Jonas Holm", address: "jh@fjordtek.example"),
            Mailbox(name: "Mette Lyngholm", address: "mly@vestklit.example")
        )
        return Letter(
            messageID: "<f01@fjordtek.example>", inReplyTo: [],
            references: ["<a@vestklit.example>", "<b@fjordtek.example>"], from: [jonas],
            replyTo: [], to: [Mailbox(name: nil, address: "leads@fjordtek.example")], cc: [], subject: "VS: Fakturaer",
            date: LetterDate(instant: instant, offset: 3600, precision: .instant), form: .forwardInline,
            nature: .person, forwarder: jonas,
            note: "Giv 10 % på opstarten.", forwarderSignature: "",
            original: Letter.Original(
                from: mette, to: [jonas], subject: "Fakturaer",
                date: LetterDate(instant: instant.addingTimeInterval(-65_531), offset: 3600, precision: .local)),
            forwardDepth: 1, text: language == .danish ? danish : english, quoted: "", signature: "Mette Lyngholm",
            language: language.rawValue, textPart: "text/plain", attachments: [],
            autoReply: Letter.AutoReply(allowed: true, reason: ""), bodyHash: "00", defects: [])
    }

    /// Evidence for words of the letter's text.
    static func evidence(_ words: String, in letter: Letter, _ section: Evidence.Section = .text) -> Evidence {
        let content = section == .note ? letter.note : letter.text
        let offset =
            content.range(of: words).map { content.utf8.distance(from: content.startIndex, to: $0.lowerBound) } ?? 0
        return Evidence(part: "text/plain", section: section, text: words, offset: offset, length: words.utf8.count)
    }

    static func line(
        _ position: Int, _ description: String, unit: String = "stk.", quantity: Int = 1, price: Int, discount: Int = 0,
        recurring: Quote.Period? = nil, evidence: [Evidence] = []
    ) -> Quote.Line {
        Quote.Line(
            position: position, code: "code\(position)", description: description, quantity: Quantity(quantity),
            unit: unit,
            unitPrice: Money(ore: price), discountPercent: discount,
            amount: Money(ore: quantity * price * (100 - discount) / 100),
            recurring: recurring, rule: "rule.\(position)", reason: "reason\(position)", evidence: evidence)
    }

    /// A quote whose sums are those of its lines, with VAT at 25 %.
    static func quote(_ lines: [Quote.Line], assumptions: [String] = [], questions: [Quote.Question] = []) -> Quote {
        let periods: [Quote.Period?] = [nil, .month, .year]
        let totals = periods.compactMap { period -> Quote.Total? in
            let lines = lines.filter { $0.recurring == period }
            guard !lines.isEmpty else { return nil }
            let subtotal = lines.reduce(Money.zero) { $0 + $1.amount }
            let vat = Money(ore: subtotal.ore / 4)
            return Quote.Total(recurring: period, subtotal: subtotal, vat: vat, total: subtotal + vat)
        }
        let sum = { (path: KeyPath<Quote.Total, Money>) in totals.reduce(Money.zero) { $0 + $1[keyPath: path] } }
        let firstYear = totals.reduce(0) { $0 + $1.subtotal.ore * ($1.recurring == .month ? 12 : 1) }
        return Quote(
            lines: lines, subtotal: sum(\.subtotal), vat: sum(\.vat), total: sum(\.total), totals: totals,
            firstYear: Money(ore: firstYear), assumptions: assumptions, questions: questions,
            validUntil: day(2026, 12, 18), ruleSet: "hash")
    }

    static func day(_ year: Int, _ month: Int, _ day: Int) -> CalendarDay {
        guard let day = CalendarDay(year: year, month: month, day: day) else { preconditionFailure("no such day") }
        return day
    }

    /// Linked, priced once and monthly, with a discount, questions, advice and history.
    static func summary(_ language: MailLanguage = .danish) -> SalesSummary {
        let letter = letter(language)
        let say = { (danish: String, english: String) in language == .danish ? danish : english }
        let invoices = evidence(say("ca. 900 fakturaer om måneden", "about 900 invoices a month"), in: letter)
        let byFriday = evidence(say("en pris inden fredag", "a price by Friday"), in: letter)
        let discount = evidence("Giv 10 % på opstarten", in: letter, .note)
        let facts = [
            Fact(name: "discount_percent", value: .number(thousandths: 10_000), unit: "%", evidence: discount),
            Fact(name: "documents_per_month", value: .number(thousandths: 900_000), evidence: invoices),
            Fact(name: "price_by", value: .day(day(2026, 11, 27)), evidence: byFriday),
            Fact(
                name: "deadline", value: .day(day(2027, 2, 26)),
                evidence: evidence(say("inden udgangen af februar", "by the end of February"), in: letter)),
        ]
        let questions = [
            Quote.Question(
                text: say("Hvor mange regnskaber?", "How many ledgers?"),
                effect: say("12.000,00 kr. stykket", "DKK 12,000.00 each"), rule: "q")
        ]
        let quote = quote(
            [
                line(
                    1, say("Analyseworkshop", "Analysis workshop"), price: 1_450_000, discount: 10,
                    evidence: [invoices, discount]),
                line(2, say("Integration", "Integration"), price: 4_800_000, discount: 10, evidence: [discount]),
                line(
                    3, say("Dokumenthåndtering", "Document handling"), unit: say("brugere", "users"), quantity: 18,
                    price: 12_900, recurring: .month, evidence: [invoices]),
            ], assumptions: [say("Ét regnskab.", "One ledger.")], questions: questions)
        let link = LinkDecision(
            status: .linked, number: CVRNumber("91430525"), confidence: .high, ground: .labelled,
            evidence: Evidence(
                part: "text/plain", section: .signature, text: "CVR-nr. 91 43 05 25", offset: 0, length: 19))
        let advice = [
            Recommendation(
                kind: .process, action: say("Læs dem i ét forløb.", "Read them in one flow."), priority: 1,
                rule: "process.flow",
                reason: say("fra 300 om måneden", "from 300 a month"), evidence: [invoices]),
            Recommendation(
                kind: .step, action: say("Ring til Mette.", "Call Mette."), owner: "Jonas Holm",
                dueOn: day(2026, 11, 25), priority: 1,
                rule: "step.call", reason: say("to svar mangler", "two answers are missing"), evidence: []),
        ]
        var pricing = Pricing(
            Dossier(letter: letter, link: link, facts: []), rules: rules, at: instant)
        (pricing.quote, pricing.questions) = (quote, questions)
        return SalesSummary(
            dossier: Dossier(
                letter: letter, link: link, facts: facts,
                company: Dossier.Company(number: link.number, name: "Vestklit Emballage A/S", town: "Ringkøbing"),
                contact: Dossier.Contact(
                    name: "Mette Lyngholm", title: "Økonomichef", address: "mly@vestklit.example", phone: "10 40 50 33",
                    fromSignature: ["title", "phone"]),
                history: [
                    Dossier.HistoryEntry(
                        occurredAt: instant.addingTimeInterval(-432_000), type: "chat", author: "Mette Lyngholm",
                        subject: "Business Central")
                ]),
            recommendations: advice, pricing: pricing, leadReference: "L-2026-0017", quoteNumber: "2026-0042",
            publicURL: "https://brevdue.fjordtek.example")
    }

    static func compose(_ summary: SalesSummary) -> TemplateSet.Draft { summary.compose(templates, rules: rules) }
}

extension SalesSummary {
    func with(_ change: (inout SalesSummary) -> Void) -> SalesSummary {
        var copy = self
        change(&copy)
        return copy
    }
}
