/// The name that a letter ends with where no greeting stands above it.
enum SignOff {
    /// The line that the signature begins with: the writer's name, or any name behind a stroke.
    ///
    /// `isOfForwarder`: what a forwarder writes below their name is their signature, a customer may go on there.
    static func line(in lines: [TextLine], of writer: String?, isOfForwarder: Bool) -> Int? {
        stroke(in: lines) ?? writer.flatMap { named(in: lines, of: $0, isOfForwarder) }
    }

    /// The last line where it is a name behind a stroke: `/Mette`.
    private static func stroke(in lines: [TextLine]) -> Int? {
        guard let last = lines.lastIndex(where: { !$0.isBlank }), lines[..<last].contains(where: { !$0.isBlank }) else {
            return nil
        }
        let line = lines[last].octets.trimmingSpaces
        let name = line.drop { $0 == UInt8(ascii: "/") }
        let isSignOff = (1...2).contains(line.count - name.count) && name.count > 1 && name.count <= 40
        return isSignOff && !name.contains { "/.:0123456789".utf8.contains($0) } && Closings.isName(name.trimmingSpaces)
            ? last : nil
    }

    /// Lines that a signature without a greeting takes at most.
    private static let longestPlain = 8

    /// The line that begins with the writer's name, one of the last few and not the first; or their first name alone in
    /// the last.
    private static func named(in lines: [TextLine], of writer: String, _ isOfForwarder: Bool) -> Int? {
        let name = Folding.lower(writer.utf8)
        // One line more than a signature takes, as the first of a text is none.
        let reach = lines.indices.reversed().lazy.filter { !lines[$0].isBlank }.prefix(longestPlain + 1).reversed()
        guard let first = name.split(separator: 0x20).first, first.count > 1, reach.count > 1, let last = reach.last
        else { return nil }
        let named = reach.dropFirst().first { index in
            isNamed(lines[index].octets, name) && (isOfForwarder || isApart(lines, at: index))
        }
        let isSigned = isFirstName(lines[last].octets, first, name) && (isOfForwarder || isApart(lines, at: last))
        return named ?? (isSigned ? last : nil)
    }

    /// Whether the sentence above has ended, and none stands below: names may be what is said as well.
    private static func isApart(_ lines: [TextLine], at index: Int) -> Bool {
        let end = lines[index - 1].octets.trimmingSpacesAtEnd.last ?? UInt8(ascii: ".")
        let above = lines[..<index].last { !$0.isBlank }?.octets.trimmingSpacesAtEnd.last
        return ".!?)".utf8.contains(end) && above != UInt8(ascii: ":")
            && lines[(index + 1)...].allSatisfy { SignatureText.smallWords($0.octets) < 3 }
    }

    /// Whether a line is nothing but the first name, or the whole behind a dash: `Jonas`, `- Jonas`, `-Jonas Holm`.
    private static func isFirstName(_ line: ArraySlice<UInt8>, _ first: ArraySlice<UInt8>, _ name: [UInt8]) -> Bool {
        let bare = Folding.lower(line.trimming("-,."))
        return bare.elementsEqual(first) || bare.elementsEqual(name)
    }

    /// Whether a line is the name, alone or with something set apart behind it: not `Jonas Holm har talt med …`.
    static func isNamed(_ line: ArraySlice<UInt8>, _ name: [UInt8]) -> Bool {
        let lower = Folding.lower(line.trimmingSpaces)
        guard lower.starts(with: name) else { return false }
        let rest = line.trimmingSpaces.dropFirst(name.count).drop { $0 == 0x20 }
        // `Jonas Holm, Mette og Bo skal have adgang`
        guard SignatureText.smallWords(rest) < 3 else { return false }
        return rest.first.map { $0 >= 0x80 && $0 != 0xC3 || ",|-/(".utf8.contains($0) } ?? true
    }
}
