extension Language {
    /// Octets of a label at most, and words of a value that tell a language.
    private static let longestLabel = 40
    private static let fewestWords = 4
    /// Lines with a label that make a form.
    private static let fewestFields = 3

    /// The language of what was filled in, where lines are the fields of a form: their labels are in that of its maker; `nil`
    /// where they are not, or too little was said.
    static func ofFields(_ lines: some Collection<TextLine>) -> String? {
        let values = lines.compactMap(value)
        guard values.count >= fewestFields else { return nil }
        return detect(values.filter { $0.split(separator: 0x20).count >= fewestWords }.map { TextLine(octets: $0) })
    }

    /// What stands behind the label of a line: `Besked: Vi vil gerne …`.
    private static func value(_ line: TextLine) -> ArraySlice<UInt8>? {
        guard let colon = line.octets.prefix(longestLabel).firstIndex(of: UInt8(ascii: ":")) else { return nil }
        let value = line.octets[(colon + 1)...]
        return value.first == 0x20 ? value : nil
    }
}
