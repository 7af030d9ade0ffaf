extension Letter {
    /// ``text`` with the passages that are answered in it blanked out: what the lead says, each word at its place.
    ///
    /// Whoever looks for what the lead wants reads this, or the question of one of ours would count as a wish of theirs.
    package var ownWords: String {
        guard !exchanges.isEmpty else { return text }
        var octets = Array(text.utf8)
        for line in TextLine.lines(of: octets) where line.isQuotation {
            for index in line.octets.indices { octets[index] = 0x20 }
        }
        return String(decoding: octets, as: UTF8.self)
    }
}
