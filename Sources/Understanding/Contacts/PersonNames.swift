/// Tells people's names by their form.
enum PersonNames {
    private static let particles: Set<Substring> = ["van", "von", "de", "der", "af", "la", "el", "bin"]

    /// Two to five words that begin with a capital, particles between them.
    static func isName(_ segment: Substring) -> Bool {
        let words = segment.split(separator: " ")
        guard (2...5).contains(words.count), segment.utf8.count <= 60 else { return false }
        return words.allSatisfy { ($0.first?.isUppercase ?? false) || particles.contains($0) }
            && words.first?.first?.isUppercase ?? false
            && segment.allSatisfy { $0.isLetter || $0 == " " || $0 == "-" || $0 == "." || $0 == "'" || $0 == "’" }
            && CompanyNames.read(segment) == nil
    }
}
