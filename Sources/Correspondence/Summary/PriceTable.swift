/// Lines of a quote in columns: what it is, how many, at how much, less what, and how much that makes.
///
/// Columns are as wide as what stands in them; the discount's is left out where nothing is discounted.
struct PriceTable {
    struct Cells {
        var name: String
        var quantity: String
        var price: String
        var discount: String
        var amount: String

        var figures: [String] { [quantity, price, discount, amount] }
    }

    let hasDiscount: Bool
    let heading: String
    /// One text for each line, broken where the name is too long.
    let rows: [String]

    /// Names are those of the four columns of figures.
    init(title: String, names: [String], rows: [Cells]) {
        let hasDiscount = rows.contains { !$0.discount.isEmpty }
        let columns = [0, 1, 2, 3].filter { hasDiscount || $0 != 2 }
        let widths = columns.map { column in
            ([names[column]] + rows.map { $0.figures[column] }).reduce(0) { max($0, Columns.count($1.utf8)) }
        }
        let figures = { (texts: [String]) in
            zip(columns, widths).map { "  " + Self.padding($1, texts[$0]) + texts[$0] }.joined()
        }
        self.hasDiscount = hasDiscount
        heading = Self.row(title.uppercased(), figures(names))
        self.rows = rows.map { Self.row($0.name, figures($0.figures)) }
    }

    private static func row(_ name: String, _ figures: String) -> String {
        let room = Layout.width - Columns.count(figures.utf8)
        let name = Layout.wrap(name, indent: "  ")
        let last = name.utf8.split(separator: 0x0A).last.map { Columns.count($0) } ?? 0
        guard last > room else { return name + String(repeating: " ", count: room - last) + figures }
        return name + "\n" + String(repeating: " ", count: max(0, room)) + figures
    }

    private static func padding(_ width: Int, _ text: String) -> String {
        String(repeating: " ", count: width - Columns.count(text.utf8))
    }
}
