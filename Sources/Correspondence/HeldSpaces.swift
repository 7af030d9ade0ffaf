/// Spaces at which no line is broken (U+00A0), by octets: the way through every sentence of every mail.
extension String {
    /// On one line whatever the width of the screen.
    var held: String { withSpaces(as: Self.noBreakSpace) { _, _ in true } }

    /// With amounts, percentages and company numbers that no line ends within.
    var withFiguresHeld: String {
        withSpaces(as: Self.noBreakSpace) { before, behind in
            behind.starts(with: "kr.".utf8) || behind.starts(with: "%".utf8) || before.elementsEqual("DKK".utf8)
                || before.elementsEqual("CVR".utf8)
        }
    }

    /// With plain spaces in the place of those that held a line together.
    var withPlainSpaces: String {
        guard utf8.contains(0xC2) else { return self }
        let octets = Array(utf8)
        var plain: [UInt8] = []
        plain.reserveCapacity(octets.count)
        var index = 0
        while index < octets.count {
            let isHeld = octets[index...].starts(with: Self.noBreakSpace)
            plain.append(isHeld ? 0x20 : octets[index])
            index += isHeld ? 2 : 1
        }
        return String(decoding: plain, as: UTF8.self)
    }

    private static let noBreakSpace: [UInt8] = [0xC2, 0xA0]

    /// `isMeant` gets the three octets before a space, and what stands behind it.
    private func withSpaces(
        as replacement: [UInt8], where isMeant: (_ before: ArraySlice<UInt8>, _ behind: ArraySlice<UInt8>) -> Bool
    ) -> String {
        let octets = Array(utf8)
        var held: [UInt8] = []
        held.reserveCapacity(octets.count + 16)
        for (index, octet) in octets.enumerated() {
            if octet == 0x20, isMeant(octets[..<index].suffix(3), octets[(index + 1)...]) {
                held += replacement
            } else {
                held.append(octet)
            }
        }
        return String(decoding: held, as: UTF8.self)
    }

    /// Whether the words stand in it, octet by octet.
    func holds(_ words: String) -> Bool {
        let (text, wanted) = (Array(utf8), Array(words.utf8))
        guard let first = wanted.first, text.count >= wanted.count else { return wanted.isEmpty }
        return (0...text.count - wanted.count).contains { text[$0] == first && text[$0...].starts(with: wanted) }
    }
}
