/// What braces in a text of the rules stand for.
package enum Placeholder: Hashable, Sendable {
    /// `{users}`: the value of a fact or a `BuiltIn`; `{erp_system|the finance system}`: words for when it is unknown.
    case value(String, fallback: String?)
    /// `{price:tier.users}`, `{price:tier.users:11}`: the unit price of a rule, at a quantity, so that no amount is
    /// written twice.
    case price(rule: String, quantity: Int)

    /// Names that need no fact.
    package enum BuiltIn: String, Sendable, CaseIterable {
        /// The contact's given name.
        case customer
        /// Last workday for an order, first of the work, and the one it must run on, for the customer's deadline to hold.
        case orderBy = "order_by"
        case start
        case goLive = "go_live"
        /// The quantity of the line at hand.
        case quantity
    }

    package enum Part: Hashable, Sendable {
        case text(String)
        case placeholder(Placeholder)
        /// An opening brace without a closing one, nothing between them, or a quantity that is no whole number.
        case malformed
    }

    /// Text and placeholders in order.
    package static func parts(of text: String) -> [Part] {
        guard text.utf8.contains(UInt8(ascii: "{")) else { return [.text(text)] }
        var parts: [Part] = []
        var rest = text[...]
        while let open = rest.firstIndex(of: "{") {
            if open > rest.startIndex { parts.append(.text(String(rest[..<open]))) }
            guard let close = rest[open...].firstIndex(of: "}"), rest.index(after: open) < close else {
                return parts + [.malformed]
            }
            let placeholder = Placeholder(rest[rest.index(after: open)..<close])
            parts.append(placeholder.map { .placeholder($0) } ?? .malformed)
            rest = rest[rest.index(after: close)...]
        }
        return rest.isEmpty ? parts : parts + [.text(String(rest))]
    }

    private init?(_ text: Substring) {
        let fields = text.split(separator: ":", omittingEmptySubsequences: false)
        if fields.count > 1, fields[0] == "price" {
            let quantity = fields.count > 2 ? Int(fields[2]) : 1
            guard fields.count <= 3, let quantity, (0...10_000_000).contains(quantity) else { return nil }
            self = .price(rule: String(fields[1]), quantity: quantity)
            return
        }
        let halves = text.split(separator: "|", maxSplits: 1, omittingEmptySubsequences: false)
        self = .value(String(halves[0]), fallback: halves.count > 1 ? String(halves[1]) : nil)
    }
}
