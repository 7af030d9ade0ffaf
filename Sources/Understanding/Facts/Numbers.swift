/// Numbers as Danes and English people write them.
enum Numbers {
    /// Beyond it a number is no quantity of ours.
    static let limit = 1_000_000_000

    /// `900`, `3.500`, `3,500`, `3 500`, `2,5`, `1.234.567,50` in thousandths.
    ///
    /// A separator followed by three digits groups.
    static func read(_ octets: ArraySlice<UInt8>) -> Int? {
        guard octets.count <= 24 else { return nil }
        var groups = octets.split(omittingEmptySubsequences: true) { !Tokenizer.isDigit($0) }
        guard let first = groups.first else { return nil }
        var fraction = 0
        if groups.count > 1, let last = groups.last, last.count != 3 {
            guard last.count < 3 else { return nil }
            groups.removeLast()
            fraction = last.reduce(0) { $0 * 10 + Int($1) - 0x30 } * (last.count == 1 ? 100 : 10)
        }
        guard groups.dropFirst().allSatisfy({ $0.count == 3 }), groups.count == 1 || first.count <= 3 else {
            return nil
        }
        var whole = 0
        for digit in groups.joined() {
            whole = whole * 10 + Int(digit) - 0x30
            guard whole < limit else { return nil }
        }
        return whole * 1000 + fraction
    }
}
