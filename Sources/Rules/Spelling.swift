/// Finds the word that was probably meant.
package enum Spelling {
    /// ` (did you mean users?)`, or nothing when no name is near.
    package static func suggestion(for name: String, among names: some Collection<String>) -> String {
        nearest(to: name, among: names).map { " (did you mean \($0)?)" } ?? ""
    }

    private static func nearest(to name: String, among names: some Collection<String>) -> String? {
        guard name.utf8.count <= 100 else { return nil }
        let ranked = names.map { ($0, distance(Array($0.utf8), Array(name.utf8))) }
        guard let best = ranked.min(by: { ($0.1, $0.0) < ($1.1, $1.0) }), best.1 <= max(2, name.utf8.count / 3),
            best.1 < name.utf8.count
        else {
            return nil
        }
        return best.0
    }

    /// Levenshtein's edit distance.
    private static func distance(_ left: [UInt8], _ right: [UInt8]) -> Int {
        var row = Array(0...right.count)
        for (i, a) in left.enumerated() {
            var diagonal = row[0]
            row[0] = i + 1
            for (j, b) in right.enumerated() {
                let above = row[j + 1]
                row[j + 1] = min(above + 1, row[j] + 1, diagonal + (a == b ? 0 : 1))
                diagonal = above
            }
        }
        return row[right.count]
    }
}
