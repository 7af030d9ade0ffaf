import Rules

/// Lines of a quote as plain text: what it is, and below how many at how much, less what, and how much that makes.
///
/// No columns: mail programs set plain text in letters of different widths, and a telephone has no room for five figures
/// side by side. The heading names the parts of a row in their order.
struct PriceTable {
    struct Cells {
        var name: String
        var quantity: String
        var price: String
        var discount: String?
        var amount: String
    }

    let title: String
    let hasDiscount: Bool
    let language: MailLanguage

    var quantity: String { language == .danish ? "Antal" : "Quantity" }
    var price: String { language == .danish ? "À pris" : "Unit price" }
    var discount: String { language == .danish ? "Rabat" : "Discount" }
    var amount: String { language == .danish ? "Beløb" : "Amount" }

    /// `ENGANGSBELØB (antal à pris - rabat = beløb)`.
    var heading: String {
        let names = language == .danish ? "\(quantity) \(price)" : "\(quantity) × \(price)"
        return
            "\(title.uppercased()) (\((names + (hasDiscount ? " - \(discount)" : "") + " = \(amount)").lowercased()))"
    }

    /// `1 workshop à 14.500,00 - 10 % = 13.050,00` below the name.
    func row(_ cells: Cells) -> String {
        let full = "\(cells.quantity.held) \(language == .danish ? "à" : "×") \(cells.price)"
        let figures = full + (cells.discount.map { " - \($0.held)" } ?? "") + " = \(cells.amount)"
        return Layout.wrap(cells.name, indent: "  ") + "\n" + Layout.wrap(figures, indent: "    ", first: "  ")
    }
}
