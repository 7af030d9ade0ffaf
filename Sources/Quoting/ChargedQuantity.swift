import Rules
import Understanding

/// How much of something is charged, in thousandths, and the words that say so.
struct ChargedQuantity {
    /// What was said.
    var known: Int
    var charged: Int
    /// What would be charged at the lower end of a range.
    var least: Int?
    var evidence: [Evidence] = []

    /// No message means more than a thousand million of anything, and no sum of them overflows.
    private static let limit = 0...1_000_000_000_000

    init(counted: Int, of rule: PriceRule) {
        known = counted
        charged = max(counted, rule.atLeast * 1000)
    }

    init(known: Int, least: Int? = nil, over: Int, of rule: PriceRule, evidence: [Evidence] = []) {
        self.known = known
        charged = Self.charged(known, over, rule)
        self.least = least.map { Self.charged($0, over, rule) }
        self.evidence = evidence
    }

    /// What is above the free part; where there is any, at least the smallest quantity that is charged.
    private static func charged(_ known: Int, _ over: Int, _ rule: PriceRule) -> Int {
        let counted = min(max(known, limit.lowerBound), limit.upperBound) - over * 1000
        return counted <= 0 ? 0 : max(counted, rule.atLeast * 1000)
    }
}
