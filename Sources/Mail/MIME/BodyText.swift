/// The text of a message as a reader would see it, and the part it was read from.
struct BodyText {
    var lines: [TextLine]
    /// `text/plain` or `text/html`.
    var part: String

    init(of root: MIMEPart) {
        var plain: [[UInt8]] = []
        var html: [[UInt8]] = []
        Self.collect(root, plain: &plain, html: &html)
        lines = Self.joined(plain.map(TextLine.lines))
        part = "text/plain"
        if !html.isEmpty, lines.allSatisfy(\.isBlank) {
            lines = Self.joined(html.map(HTMLText.render))
            part = "text/html"
        }
        lines = ArmouredText.takenOff(lines)
        for index in lines.indices {
            if let repaired = DoubleEncoding.repaired(lines[index].octets) { lines[index].octets = repaired[...] }
        }
    }

    private static func joined(_ texts: [[TextLine]]) -> [TextLine] {
        let blank = [TextLine(octets: [])]
        return texts.count == 1 ? texts[0] : Array(texts.joined(separator: blank))
    }

    private static func collect(_ part: MIMEPart, plain: inout [[UInt8]], html: inout [[UInt8]]) {
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
        case .multipart(let children):
            // Only the first part of a report is meant for people.
            let read = part.contentType == "multipart/report" ? Array(children.prefix(1)) : children
            for child in read { collect(child, plain: &plain, html: &html) }
        case .text, .fields, .octets, .message: break
        }
    }
}
