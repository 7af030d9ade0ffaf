import FoundationEssentials
import Mail
import Quoting
import Rules
import Understanding

extension SummaryWords {
    /// The draft: lines with their reasons, one-off and recurring apart, sums, and what they rest on.
    var quote: View? {
        guard let quote = summary.pricing.quote else { return nil }
        let until = Wording.day(quote.validUntil, in: language)
        let title = say("Tilbudsudkast", "Draft quote") + (summary.quoteNumber.map { " \($0)" } ?? "")
        let terms = say("kr. ekskl. moms; gælder til \(until)", "DKK excl. VAT; valid until \(until)")
        let remarks = [
            firstInvoice(quote), firstYear(quote), discount(quote), ownDiscount(quote), budget(quote), assumptions(quote), excluded(quote),
        ]
        return .of([
            "title": title, "terms": terms,
            "heading": Layout.wrap("\(title.uppercased()) (\(terms))"),
            "tables": quote.totals.map { table($0, of: quote) },
            "remarks": remarks.compactMap { $0 }.map { View.paragraph($0, indent: "  ") },
        ])
    }

    /// What our own people must know before they send; the lead never reads it.
    var remarks: View? {
        let remarks = summary.pricing.remarks
        return remarks.isEmpty ? nil : ["items": remarks.map { View.paragraph($0, indent: "  ", first: "- ") }]
    }

    private func table(_ total: Quote.Total, of quote: Quote) -> View {
        let title = Self.title(total.recurring, in: language)
        let sum =
            "\(title) \(say("i alt", "total")) "
            + Amounts.withVAT(total.subtotal, total.vat, total.total, percent: rules.terms.vatPercent, in: language)
        let lines = quote.lines.filter { $0.recurring == total.recurring }
        let names = [
            say("Antal", "Quantity"), say("À pris", "Unit price"), say("Rabat", "Discount"), say("Beløb", "Amount"),
        ]
        let table = PriceTable(title: title, names: names, rows: lines.map(cells))
        return .of([
            "title": title, "heading": table.heading, "hasDiscount": table.hasDiscount,
            "columns": table.hasDiscount ? 5 : 4,
            "quantityName": names[0], "priceName": names[1], "discountName": names[2], "amountName": names[3],
            "lines": zip(lines, table.rows).map(line),
            "sum": View.paragraph(sum, indent: "    ", first: "  "),
        ])
    }

    static func title(_ period: Quote.Period?, in language: MailLanguage) -> String {
        switch (period, language) {
        case (nil, .danish): "Engangsbeløb"
        case (nil, .english): "One-off"
        case (.month, .danish): "Pr. måned"
        case (.month, .english): "Per month"
        case (.year, .danish): "Pr. år"
        case (.year, .english): "Per year"
        }
    }

    private func cells(_ line: Quote.Line) -> PriceTable.Cells {
        PriceTable.Cells(
            name: "\(line.position) \(line.description)",
            quantity: Wording.number(thousandths: line.quantity.thousandths, in: language) + " " + line.unit,
            price: Wording.amount(ore: line.unitPrice.ore, in: language),
            discount: line.discountPercent > 0 ? "\(line.discountPercent) %" : "",
            amount: Wording.amount(ore: line.amount.ore, in: language))
    }

    private func line(_ line: Quote.Line, row: String) -> View {
        let cells = cells(line)
        // The note's words on the discount are said once, below the table.
        let evidence = line.discountPercent > 0 ? line.evidence.filter { $0 != discountFact?.evidence } : line.evidence
        return .of([
            "name": cells.name, "quantity": cells.quantity, "price": cells.price,
            "discount": cells.discount.isEmpty ? nil : cells.discount, "amount": cells.amount, "row": row,
            "why": why(line.reason, evidence, line.rule, indent: "  "),
        ])
    }

    // MARK: Below the tables

    /// Said only where it is not the one sum that stands above already.
    private func firstInvoice(_ quote: Quote) -> String? {
        guard quote.totals.count > 1 else { return nil }
        let parts = quote.totals.map { total in
            switch total.recurring {
            case nil: say("engangsbeløb", "one-off")
            case .month: say("1. måned", "first month")
            case .year: say("1. år", "first year")
            }
        }
        return "\(say("Første faktura", "First invoice")) (\(parts.joined(separator: " + "))): "
            + Amounts.withVAT(quote.subtotal, quote.vat, quote.total, percent: rules.terms.vatPercent, in: language)
    }

    private func firstYear(_ quote: Quote) -> String? {
        guard quote.firstYear != quote.subtotal else { return nil }
        return say("Første år: ", "First year: ") + Amounts.money(quote.firstYear, in: language)
            + say(" ekskl. moms.", " excl. VAT.")
    }

    private var discountFact: Fact? { rules.terms.discountFact.flatMap { situation.fact($0) } }

    private func discount(_ quote: Quote) -> String? {
        let saved = saved(quote) { $0.discountRule == nil }
        guard saved > 0 else { return nil }
        let limit = rules.terms.discountLimitPercent
        let ground = discountFact.map { quoted($0.evidence.text) + say(" (din note)", " (your note)") + " = " } ?? ""
        return say("Rabat: ", "Discount: ") + ground + Amounts.money(Money(ore: saved), in: language)
            + say(
                "; inden for grænsen på \(limit) %, kræver ingen godkendelse.",
                "; within the limit of \(limit) %, no approval needed.")
    }

    /// What campaigns and quantities take off; nobody has to approve it.
    private func ownDiscount(_ quote: Quote) -> String? {
        let saved = saved(quote) { $0.discountRule != nil }
        guard saved > 0 else { return nil }
        return say("Kampagne og mængde: ", "Campaign and volume: ") + Amounts.money(Money(ore: saved), in: language)
            + say(" i rabat efter reglerne.", " of discount by the rules.")
    }

    private func saved(_ quote: Quote, where isMeant: (Quote.Line) -> Bool) -> Int {
        quote.lines.filter { $0.discountPercent > 0 && isMeant($0) }.reduce(0) { sum, line in
            sum + line.quantity.thousandths * line.unitPrice.ore / 1000 - line.amount.ore
        }
    }

    /// Whether the customer's own budget holds the one-off amount, or the first year where nothing is one-off.
    private func budget(_ quote: Quote) -> String? {
        guard let fact = situation.fact(Known.budget), case .money(let ore) = fact.value else { return nil }
        let once = quote.totals.first { $0.recurring == nil }
        let subtotal = once?.subtotal ?? quote.firstYear
        let total = once?.total ?? quote.firstYear + Money(ore: quote.firstYear.ore * rules.terms.vatPercent / 100)
        let subject = once == nil ? say("det første år", "the first year") : say("engangsbeløbet", "the one-off amount")
        let verdict: String
        if total.ore <= ore {
            verdict = say("rækker til \(subject), også inkl. moms.", "covers \(subject), VAT included.")
        } else if subtotal.ore <= ore {
            let missing = Amounts.money(total - Money(ore: ore), in: language)
            verdict = say(
                "rækker til \(subject) ekskl. moms; er det inkl. moms, mangler \(missing)",
                "covers \(subject) excl. VAT; if it includes VAT, it is \(missing) short.")
        } else {
            let missing = Amounts.money(subtotal - Money(ore: ore), in: language)
            verdict = say(
                "rækker ikke til \(subject): der mangler \(missing) ekskl. moms.",
                "does not cover \(subject): it is \(missing) excl. VAT short.")
        }
        return "Budget: \(quoted(fact.evidence.text)) \(verdict)"
    }

    private func assumptions(_ quote: Quote) -> String? {
        guard !quote.assumptions.isEmpty else { return nil }
        return say("Forudsætninger: ", "Assumptions: ") + quote.assumptions.joined(separator: " ")
    }

    private func excluded(_ quote: Quote) -> String? {
        let codes = Set(quote.lines.map(\.code))
        let excluded = rules.services.filter { codes.contains($0.code) }.compactMap { $0.excludes?.text(in: language) }
        return excluded.isEmpty ? nil : say("Ikke med: ", "Not included: ") + excluded.joined(separator: ", ") + "."
    }
}
