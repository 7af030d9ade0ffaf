/// A line of the quote and how it is priced (`pricing.yaml`).
package struct PriceRule: Hashable, Sendable {
    package enum Recurrence: String, Sendable, CaseIterable { case month, year }

    /// What the quantity comes from.
    package enum Driver: Hashable, Sendable {
        /// A number that is always the same.
        case fixed(Int)
        /// The number of a fact; what is above `over` only, or all; `otherwise` when the fact is unknown.
        case fact(String, over: Int, otherwise: Int?)
    }

    /// What a unit costs.
    package enum Price: Hashable, Sendable {
        /// From which quantity on a unit costs how much; the first holds from the smallest quantity on.
        case tiers([Tier])
        /// A surcharge: a percentage of the one-off lines above it, before discount.
        case percentOfOneOff(Int)
    }

    package struct Tier: Hashable, Sendable {
        package var from: Int
        package var priceOre: Int
    }

    /// A discount for a large quantity, which everybody gets.
    package struct VolumeDiscount: Hashable, Sendable {
        package var from: Int
        package var percent: Int
    }

    package var id: String
    package var service: String
    package var when: Condition
    /// Instead of the service's.
    package var name: Phrase?
    package var price: Price
    /// Whether the price is that of the catalogue, at least for the smallest quantities.
    package var usesBasePrice: Bool
    package var recurring: Recurrence?
    package var driver: Driver
    /// The smallest quantity that is charged, and the smallest amount.
    package var atLeast: Int
    package var leastAmountOre: Int?
    package var volumeDiscounts: [VolumeDiscount]
    /// Whether a discount from our own people's note or a campaign counts on it.
    package var isDiscountable: Bool
    package var reason: Phrase

    /// The tier that holds at a quantity, in thousandths, and its place in the list.
    package func tier(at quantity: Int) -> (index: Int, tier: Tier)? {
        guard case .tiers(let tiers) = price, !tiers.isEmpty else { return nil }
        let index = tiers.lastIndex { $0.from * 1000 <= quantity } ?? 0
        return (index, tiers[index])
    }
}
