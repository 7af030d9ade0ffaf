/// Finds a signature that ends a forwarder's note without a closing such as `Mvh`, so that its numbers give no orders.
enum NoteSignature {
    /// Lines that such a signature takes at most.
    private static let longest = 8

    /// Where it starts, in octets: at a line that begins with the forwarder's name or holds our own number, one of the
    /// last few and not the first; the end of the note when there is none.
    static func start(in note: String, of name: String?, ownNumbers: [Int]) -> Int {
        let name = name?.lowercased() ?? ""
        var offset = 0
        var lines: [Line] = []
        for line in note.split(separator: "\n", omittingEmptySubsequences: false) {
            let end = offset + line.utf8.count
            if !line.allSatisfy(\.isWhitespace) { lines.append(Line(text: line, octets: offset..<end)) }
            offset = end + 1
        }
        let signature = lines.dropFirst().suffix(longest).first { line in
            ownNumbers.contains(where: line.octets.contains)
                || !name.isEmpty && line.text.prefix(name.count).lowercased() == name
        }
        return signature?.octets.lowerBound ?? note.utf8.count
    }

    private struct Line {
        var text: Substring
        var octets: Range<Int>
    }
}
