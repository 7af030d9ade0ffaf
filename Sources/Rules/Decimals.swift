/// Decimal texts as whole numbers of the smallest unit.
package enum Decimals {
    /// `14500`, `1.85`; `nil` for anything else, more decimals, or too much to hold.
    package static func scaled(_ text: String, digits: Int) -> Int? {
        let parts = text.split(separator: ".", omittingEmptySubsequences: false)
        guard (1...2).contains(parts.count), let whole = Int(parts[0]), whole.magnitude < 1_000_000_000_000 else {
            return nil
        }
        let scale = (0..<digits).reduce(1) { scale, _ in scale * 10 }
        guard parts.count == 2 else { return whole * scale }
        guard (1...digits).contains(parts[1].utf8.count), parts[1].utf8.allSatisfy({ (0x30...0x39).contains($0) }),
            let fraction = Int(parts[1]), whole >= 0, !parts[0].hasPrefix("-")
        else {
            return nil
        }
        return whole * scale + (0..<digits - parts[1].count).reduce(fraction) { value, _ in value * 10 }
    }
}
