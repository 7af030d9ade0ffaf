/// A quantity in thousandths, so that 2.5 hours is exact.
package struct Quantity: Hashable, Comparable, Sendable, Codable, CustomStringConvertible {
    package var thousandths: Int

    package init(thousandths: Int) { self.thousandths = thousandths }
    package init(_ whole: Int) { thousandths = whole * 1000 }

    /// Decimal text with a point and no needless zeros: `18`, `2.5`.
    package var description: String {
        let whole = thousandths / 1000
        let rest = abs(thousandths % 1000)
        guard rest != 0 else { return String(whole) }
        var decimals = String(1000 + rest).dropFirst()
        while decimals.last == "0" { decimals = decimals.dropLast() }
        return "\(thousandths < 0 && whole == 0 ? "-" : "")\(whole).\(decimals)"
    }

    package static func < (left: Self, right: Self) -> Bool { left.thousandths < right.thousandths }
}
