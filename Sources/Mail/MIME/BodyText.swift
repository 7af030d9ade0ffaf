/// The text of a message as a reader would see it, and the part it was read from.
struct BodyText {
    var lines: [TextLine]
    /// `text/plain` or `text/html`.
    var part: String

    init(of root: MIMEPart) {
        var texts = Texts()
        texts.collect(root)
        (lines, part) = texts.read()
        if lines.allSatisfy(\.isBlank), !texts.containers.isEmpty {
            // Outlook says the same in the text beside a `winmail.dat`, or nothing there.
            var inside = Texts()
            for container in texts.containers { inside.collect(container) }
            (lines, part) = inside.read()
        }
        lines = ArmouredText.takenOff(lines)
        for index in lines.indices {
            if let repaired = DoubleEncoding.repaired(lines[index].octets) { lines[index].octets = repaired[...] }
        }
    }
}

/// The texts of parts, as they are found.
private struct Texts {
    private var plain: [[UInt8]] = []
    private var html: [[UInt8]] = []
    /// What was in a `winmail.dat`, which counts where there is nothing else.
    private(set) var containers: [MIMEPart] = []

    /// The plain text, or where that says nothing the HTML, and the type of what was read.
    ///
    /// HTML too where the writer answers in a colour, which is lost in plain text.
    func read() -> (lines: [TextLine], part: String) {
        let lines = Self.joined(plain.map(TextLine.lines))
        guard !html.isEmpty, lines.allSatisfy(\.isBlank) || !Tint.announced(in: lines).isEmpty else {
            return (lines, "text/plain")
        }
        return (Self.joined(html.map(HTMLText.render)), "text/html")
    }

    private static func joined(_ texts: [[TextLine]]) -> [TextLine] {
        let blank = [TextLine(octets: [])]
        return texts.count == 1 ? texts[0] : Array(texts.joined(separator: blank))
    }

    mutating func collect(_ part: MIMEPart) {
        switch part.content {
        case .text(let text) where part.isBody:
            if part.contentType == "text/html" {
                html.append(text)
            } else if part.parameters["format"]?.lowercased() == "flowed" {
                plain.append(
                    FlowedText.unflow(text, deletesSpace: part.parameters["delsp"]?.lowercased() == "yes"))
            } else {
                plain.append(text)
            }
        case .multipart(let children) where part.container == .outlookParts: containers += children
        case .multipart(let children):
            // Only the first part of a report is meant for people.
            let read = part.contentType == "multipart/report" ? Array(children.prefix(1)) : children
            for child in read { collect(child) }
        case .text, .fields, .calendar, .octets, .message: break
        }
    }
}
