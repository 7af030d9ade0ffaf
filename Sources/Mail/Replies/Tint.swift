/// A colour that answers are written in, as people name it.
package enum Tint: Sendable, CaseIterable {
    case red, orange, green, blue, purple

    /// `nil` for black, grey, and what is so dark that clients write in it by themselves (Outlook's 1F497D).
    init?(_ color: UInt32) {
        let (red, green, blue) = (Int(color >> 16 & 0xFF), Int(color >> 8 & 0xFF), Int(color & 0xFF))
        let (most, least) = (max(red, green, blue), min(red, green, blue))
        let range = most - least
        guard range >= 100 else { return nil }
        // The angle in the circle of colours.
        let hue =
            switch most {
            case red: (60 * (green - blue) / range + 360) % 360
            case green: 60 * (blue - red) / range + 120
            default: 60 * (red - green) / range + 240
            }
        switch hue {
        case 0..<15, 340...: self = .red
        case 15..<45: self = .orange
        case 80..<165: self = .green
        case 165..<255: self = .blue
        case 255..<340: self = .purple
        default: return nil
        }
    }

    private static let names: [String: Tint] = [
        "rød": .red, "rødt": .red, "røde": .red, "red": .red, "orange": .orange, "grøn": .green, "grønt": .green,
        "grønne": .green, "green": .green, "blå": .blue, "blåt": .blue, "blue": .blue, "lilla": .purple,
        "purple": .purple,
    ]
    /// Right before the name of the colour, an article or a verb between: `svarene står med rødt`.
    private static let links: Set = ["med", "i", "in", "with"]
    private static let answers = [
        "svar", "besvar", "kommentar", "rettelse", "nedenfor", "herunder", "skrev", "answer", "repl", "comment",
        "below",
        "wrote", "written", "respon",
    ]

    /// Lines that are looked at, and octets of each.
    private static let reach = (lines: 30, octets: 300)

    /// The colours that lines say answers are written in: `Mine svar er med rødt nedenfor`.
    static func announced(in lines: some Collection<TextLine>) -> Set<Tint> {
        lines.lazy.filter { !$0.isBlank }.prefix(reach.lines).reduce(into: []) { tints, line in
            tints.formUnion(announced(in: line.octets.prefix(reach.octets)))
        }
    }

    private static let stems = ["rød", "red", "orange", "grøn", "green", "blå", "blue", "lilla", "purple"].map {
        Array($0.utf8)
    }

    /// Whether a word of the line begins like a colour: most mails name none, and all of them are asked.
    private static func mayName(_ line: ArraySlice<UInt8>) -> Bool {
        line.indices.dropLast(3).contains { index in
            line[index] == 0x20
                && stems.contains {
                    line[index + 1] == $0[0] && line[index + 2] == $0[1] && line[(index + 1)...].starts(with: $0)
                }
        }
    }

    private static func announced(in line: ArraySlice<UInt8>) -> Set<Tint> {
        guard mayName(line) else { return [] }
        let words = Folding.lower(line).split { $0 < 0x80 && !(0x61...0x7A).contains($0) }.map(\.string)
        let tints = words.indices.dropFirst().compactMap { index in
            names[words[index]].flatMap { tint in words[..<index].suffix(2).contains(where: links.contains) ? tint : nil
            }
        }
        guard !tints.isEmpty, words.contains(where: { word in answers.contains { word.hasPrefix($0) } }) else {
            return []
        }
        return Set(tints)
    }
}
