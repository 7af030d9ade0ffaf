import Rules
import Understanding

/// What a line says about its price of its own accord, so that whatever the rules are, no price is left unexplained.
struct LineNotes {
    private let rule: PriceRule
    private let service: Service
    private let quantity: ChargedQuantity
    private let language: MailLanguage
    private let base: Money

    /// `base`: the one-off lines so far, before discount.
    init(_ rule: PriceRule, _ service: Service, _ quantity: ChargedQuantity, base: Money, in language: MailLanguage) {
        self.rule = rule
        self.service = service
        self.quantity = quantity
        self.base = base
        self.language = language
    }

    /// What a surcharge is a part of.
    var share: String? {
        guard case .percentOfOneOff(let percent) = rule.price else { return nil }
        let base = money(base)
        return say(
            "\(percent) % af engangsbeløb på \(base) før rabat",
            "\(percent) % of one-off amounts of \(base) before discount")
    }

    /// The tier, and the smaller quantity that would cost more.
    var tier: String? {
        guard case .tiers(let tiers) = rule.price, let (index, tier) = rule.tier(at: quantity.charged), index > 0 else {
            return nil
        }
        let text = say("trinpris fra ", "price step from ") + count(tier.from * 1000)
        let fewer = (tier.from - 1) * 1000
        let before = Money.amount(fewer, Money(ore: tiers[index - 1].priceOre), discountPercent: 0, step: 1)
        let now = Money.amount(quantity.charged, Money(ore: tier.priceOre), discountPercent: 0, step: 1)
        guard before > now else { return text }
        return text
            + say(
                " (\(count(fewer)) koster mere: \(money(before)))", " (\(count(fewer)) cost more: \(money(before)))")
    }

    /// The smallest quantity, where it is more than what was said.
    var atLeast: String? {
        guard rule.atLeast * 1000 == quantity.charged, quantity.known < quantity.charged else { return nil }
        return say("mindst ", "at least ") + count(rule.atLeast * 1000)
            + say(" regnes", rule.atLeast == 1 ? " is charged" : " are charged")
    }

    /// The smallest amount, instead of a price that is below it.
    func leastAmount(of price: LinePrice) -> String {
        let sum =
            "\(count(price.quantity)) à \(money(price.unitPrice))"
            + (price.discount.percent > 0
                ? say(" med \(price.discount.percent) % rabat", " less \(price.discount.percent) %") : "")
        return say(
            "mindstebeløb: \(sum) er \(money(price.amount))", "minimum: \(sum) is \(money(price.amount))")
    }

    private func count(_ thousandths: Int) -> String {
        Wording.number(thousandths: thousandths, in: language) + " " + service.unit(of: thousandths, in: language)
    }

    private func money(_ amount: Money) -> String { Wording.money(ore: amount.ore, in: language) }

    private func say(_ danish: String, _ english: String) -> String { language == .danish ? danish : english }
}

extension Service {
    /// The unit of a quantity in thousandths.
    func unit(of quantity: Int, in language: MailLanguage) -> String {
        (quantity == 1000 ? unit : units ?? unit).text(in: language)
    }
}
