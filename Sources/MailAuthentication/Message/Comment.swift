extension ArraySlice<UInt8> {
    /// Skips the rest of a comment whose parenthesis was taken, those within it included (RFC 5322 section 3.2.2).
    ///
    /// Gives back whether it ends.
    mutating func skipComment() -> Bool {
        var depth = 1
        while let octet = popFirst() {
            switch octet {
            case UInt8(ascii: "("): depth += 1
            case UInt8(ascii: ")"): depth -= 1
            case UInt8(ascii: "\\"): self = dropFirst()
            default: break
            }
            if depth == 0 { return true }
        }
        return false
    }
}
