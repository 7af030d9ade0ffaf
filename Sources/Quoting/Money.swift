/// An amount in whole øre.
package struct Money: Hashable, Comparable, Sendable, Codable, CustomStringConvertible {
    /// 1 krone is 100 øre.
    package var ore: Int

    package init(ore: Int) { self.ore = ore }

    package static let zero = Money(ore: 0)
    package static func + (left: Self, right: Self) -> Self { Money(ore: left.ore + right.ore) }
    package static func - (left: Self, right: Self) -> Self { Money(ore: left.ore - right.ore) }
    package static func += (left: inout Self, right: Self) { left = left + right }
    package static func < (left: Self, right: Self) -> Bool { left.ore < right.ore }

    package var description: String { "\(ore) øre" }

    package init(from decoder: any Decoder) throws { ore = try decoder.singleValueContainer().decode(Int.self) }
    package func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(ore)
    }
}

extension Money {
    /// A percentage of it to the øre, half away from zero.
    func percent(_ percent: Int) -> Money { Money(ore: Self.divided(ore * percent, by: 100)) }

    /// Quantity times unit price less a whole percentage, rounded half away from zero to whole steps of so many øre.
    static func amount(_ quantity: Int, _ unitPrice: Money, discountPercent: Int, step: Int) -> Money {
        let exact = quantity * unitPrice.ore * (100 - discountPercent)
        return Money(ore: divided(exact, by: 100_000 * step) * step)
    }

    /// Rounds half away from zero.
    static func divided(_ number: Int, by divisor: Int) -> Int {
        let (quotient, remainder) = number.quotientAndRemainder(dividingBy: divisor)
        return abs(remainder) * 2 >= divisor ? quotient + (number < 0 ? -1 : 1) : quotient
    }
}
