/// Answers within a quoted mail whose lines are not set off: in the colour that their writer names, or behind the writer's name
/// in brackets, as Outlook puts it there.
struct InsertedAnswers {
    /// The header of the quoted mail.
    let header: ArraySlice<TextLine>
    /// Its text, set off with `>`, and the answers between the lines.
    private(set) var lines: [TextLine] = []
    /// What it quotes itself.
    private(set) var rest: ArraySlice<TextLine>

    /// Lines between the beginning of a quotation and its header at most.
    private static let reach = 4

    private let tints: Set<Tint>
    private let name: [UInt8]?

    /// `nil` where there are none.
    init?(_ quotation: ArraySlice<TextLine>, below above: ArraySlice<TextLine>, of writer: String?) {
        tints = Tint.announced(in: above)
        name = writer.flatMap { $0.utf8.count > 1 ? Array("[\($0)]".utf8) : nil }
        guard !tints.isEmpty || name != nil else { return nil }
        let start = Self.headerEnd(of: quotation)
        (header, rest) = (quotation[..<start], [])
        // Hardly any quotation has one; what it quotes itself is looked for only then.
        guard let first = quotation[start...].firstIndex(where: { answer(in: $0) != nil }) else { return nil }
        let end = QuotationStart(in: quotation[start...]).line
        guard first < end else { return nil }
        rest = quotation[end...]
        divide(quotation[start..<end])
    }

    private static func headerEnd(of quotation: ArraySlice<TextLine>) -> Int {
        let first = quotation.prefix(reach).indices.first { HeaderLabels.read(quotation[$0]) != nil }
        return first.flatMap { HeaderBlock(quotation, at: $0)?.end } ?? quotation.startIndex
    }

    private mutating func divide(_ mail: ArraySlice<TextLine>) {
        // Below its closing stands the signature, which may have any colour.
        var isClosed = false
        for line in mail {
            guard !isClosed, let (question, answer) = answer(in: line) else {
                isClosed = isClosed || Closings.kind(of: line.octets) == .greeting
                lines.append(Self.setOff(line.octets))
                continue
            }
            if !question.isEmpty { lines.append(Self.setOff(question)) }
            lines.append(TextLine(octets: answer))
        }
    }

    private static func setOff(_ octets: ArraySlice<UInt8>) -> TextLine {
        let octets = octets.trimmingSpacesAtEnd
        return TextLine(octets: octets.isEmpty ? [] : [UInt8(ascii: ">"), 0x20] + octets)
    }

    /// What a line answers and what it asks before.
    private func answer(in line: TextLine) -> (question: ArraySlice<UInt8>, answer: ArraySlice<UInt8>)? {
        guard let (end, start) = named(line.octets) ?? tinted(line) else { return nil }
        let answer = line.octets[start...].trimmingSpaces
        return answer.isEmpty ? nil : (line.octets[..<end].trimmingSpacesAtEnd, answer)
    }

    private func named(_ octets: ArraySlice<UInt8>) -> (end: Int, start: Int)? {
        guard let name, let end = octets.firstIndex(of: name[0]), octets[end...].starts(with: name) else { return nil }
        return (end, end + name.count)
    }

    private func tinted(_ line: TextLine) -> (end: Int, start: Int)? {
        guard case .tinted(let tint, let tail) = line.mark, tints.contains(tint), Int(tail) <= line.octets.count else {
            return nil
        }
        let start = line.octets.endIndex - Int(tail)
        // Where the line was repaired, the place may be another.
        return start < line.octets.endIndex && line.octets[start] & 0xC0 == 0x80 ? nil : (start, start)
    }
}
