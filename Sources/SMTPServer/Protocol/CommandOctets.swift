/// Octets of a command line.
extension ArraySlice<UInt8> {
    var trimmingSpaces: Self {
        let start = drop { $0 == 0x20 }
        return start.lastIndex { $0 != 0x20 }.map { start[...$0] } ?? []
    }

    /// Whether there are control characters of ASCII among them, or those of Latin-1 in their UTF-8 form.
    var holdsControls: Bool {
        var before: UInt8 = 0
        for octet in self {
            if octet < 0x20 || octet == 0x7F || before == 0xC2 && (0x80...0x9F).contains(octet) { return true }
            before = octet
        }
        return false
    }

    /// Whether they begin with the word of capital letters, in any case.
    func begins(with word: String) -> Bool {
        String(decoding: prefix(word.utf8.count), as: UTF8.self).uppercased() == word
    }
}
