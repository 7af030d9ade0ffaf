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
        return .of([
            "title": title, "terms": terms,
            "heading": Layout.wrap("\(title.uppercased()) (\(terms))"),
            "tables": quote.totals.map { table($0, of: quote) },
            "remarks": remarks(on: quote).map { View.paragraph($0, indent: "  ") },
        ])
    }

    private func table(_ total: Quote.Total, of quote: Quote) -> View {
        let title = Self.title(total.recurring, in: language)
        let sum =
            "\(title) \(say("i alt", "total")) "
            + Amounts.withVAT(total.subtotal, total.vat, total.total, percent: rules.terms.vatPercent, in: language)
        let lines = quote.lines.filter { $0.recurring == total.recurring }
        let table = PriceTable(title: title, hasDiscount: lines.contains { $0.discountPercent > 0 }, language: language)
        return .of([
            "title": title, "heading": table.heading, "hasDiscount": table.hasDiscount,
            "columns": table.hasDiscount ? 5 : 4,
            "quantityName": table.quantity, "priceName": table.price, "discountName": table.discount,
            "amountName": table.amount,
            "lines": lines.map { row($0, of: table) },
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

    private func row(_ line: Quote.Line, of table: PriceTable) -> View {
        let cells = PriceTable.Cells(
            name: "\(line.position) \(line.description.onOneLine)",
            quantity: Wording.number(thousandths: line.quantity.thousandths, in: language) + " " + line.unit,
            price: Wording.amount(ore: line.unitPrice.ore, in: language),
            discount: line.discountPercent > 0 ? "\(line.discountPercent) %" : nil,
            amount: Wording.amount(ore: line.amount.ore, in: language))
        // The note's words on the discount are said once, below the table.
        let evidence = line.discountPercent > 0 ? line.evidence.filter { $0 != discountFact?.evidence } : line.evidence
        return .of([
            "name": cells.name, "quantity": cells.quantity.held, "price": cells.price,
            "discount": cells.discount?.held, "amount": cells.amount, "row": table.row(cells),
            "why": why(line.reason, evidence, line.rule, indent: "  "),
        ])
    }
}
