import Rules
import Understanding

/// What a quantity of one price rule costs, and everything about it that is not plain multiplication, in words.
struct LinePrice {
    var quantity: Int
    var unit: String
    var unitPrice: Money
    var discount: LineDiscount
    var amount: Money
    /// Why the price is what it is: tier, smallest quantity, discount, smallest amount.
    var notes: [String] = []

    /// More than a quote can hold.
    struct TooMuch: Error {}

    /// Quantity times price at most, so that no sum of lines can overflow: a thousand million kroner.
    private static let limit = 1_000_000_000_000_00

    /// `nil` where a surcharge has nothing to be a part of.
    init?(_ rule: PriceRule, _ service: Service, _ charged: ChargedQuantity, _ calculation: Calculation) throws(TooMuch)
    {
        let base = rule.isSurcharge ? calculation.oneOffBeforeDiscount : .zero
        guard let unitPrice = Self.unitPrice(rule, charged.charged, base) else { return nil }
        let (full, overflows) = charged.charged.multipliedReportingOverflow(by: unitPrice.ore)
        guard !overflows, full <= Self.limit else { throw TooMuch() }
        let step = calculation.rules.terms.rounding.step
        quantity = charged.charged
        unit = service.unit(of: charged.charged, in: calculation.writer.language)
        self.unitPrice = unitPrice
        discount = LineDiscount(rule, charged.charged, calculation)
        amount = Money.amount(charged.charged, unitPrice, discountPercent: discount.percent, step: step)
        let notes = LineNotes(rule, service, charged, base: base, in: calculation.writer.language)
        let ground = [notes.share, notes.tier].compactMap { $0 }
        self.notes = ground + [notes.atLeast].compactMap { $0 } + discount.notes
        guard let least = rule.leastAmountOre, amount.ore < least else { return }
        self.notes = ground + discount.notes + [notes.leastAmount(of: self)]
        (quantity, unit) = (1000, calculation.say("mindstebeløb", "minimum"))
        self.unitPrice = Money(ore: least)
        discount = LineDiscount()
        amount = Money.amount(1000, self.unitPrice, discountPercent: 0, step: step)
    }

    /// The tier's price, or the percentage of the one-off lines so far.
    private static func unitPrice(_ rule: PriceRule, _ quantity: Int, _ base: Money) -> Money? {
        guard case .percentOfOneOff(let percent) = rule.price else {
            return rule.tier(at: quantity).map { Money(ore: $0.tier.priceOre) }
        }
        return base == .zero ? nil : base.percent(percent)
    }
}

extension PriceRule {
    /// Whether it is a part of other lines.
    fileprivate var isSurcharge: Bool {
        if case .percentOfOneOff = price { return true }
        return false
    }
}

extension Calculation {
    /// What surcharges are a part of.
    var oneOffBeforeDiscount: Money {
        lines.filter { $0.recurring == nil }.reduce(.zero) { sum, line in
            sum + Money(ore: Money.divided(line.quantity.thousandths * line.unitPrice.ore, by: 1000))
        }
    }
}
