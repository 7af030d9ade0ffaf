/// The text of a message as a reader would see it, and the part it was read from.
struct BodyText {
    var text: String
    /// `text/plain` or `text/html`.
    var part: String

    init(of root: MIMEPart) {
        var plain: [String] = []
        var html: [String] = []
        Self.collect(root, plain: &plain, html: &html)
        let text = plain.joined(separator: "\n\n").trimmedLines
        if text.isEmpty, !html.isEmpty {
            self.text = html.map(HTMLText.render).joined(separator: "\n\n").trimmedLines
            part = "text/html"
        } else {
            self.text = text
            part = "text/plain"
        }
    }

    private static func collect(_ part: MIMEPart, plain: inout [String], html: inout [String]) {
        switch part.content {
        case .text(let text) where part.isBody:
            if part.contentType == "text/html" {
                html.append(text)
            } else {
                plain.append(part.parameters["format"]?.lowercased() == "flowed" ? FlowedText.unflow(text, part) : text)
            }
        case .multipart(let children):
            // Only the first part of a report is meant for people.
            let read = part.contentType == "multipart/report" ? Array(children.prefix(1)) : children
            for child in read { collect(child, plain: &plain, html: &html) }
        case .text, .octets, .message: break
        }
    }
}

/// Text whose lines were broken for sending (RFC 3676).
enum FlowedText {
    static func unflow(_ text: String, _ part: MIMEPart) -> String {
        let deletesSpace = part.parameters["delsp"]?.lowercased() == "yes"
        var lines: [(depth: Int, text: Substring)] = []
        var joins = false
        var joined = ""
        var result: [String] = []
        for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
            let depth = line.utf8.prefix { $0 == UInt8(ascii: ">") }.count
            var rest = Substring(line.utf8.dropFirst(depth))
            if rest.utf8.first == 0x20 { rest = rest.dropFirst() }
            let isSeparator = rest == "-- "
            if joins, let last = lines.last, last.depth == depth, !isSeparator {
                joined += rest
                lines[lines.count - 1] = (depth, rest)
            } else {
                if !lines.isEmpty { result.append(joined) }
                joined = (depth > 0 ? String(repeating: ">", count: depth) + " " : "") + rest
                lines = [(depth, rest)]
            }
            joins = rest.utf8.last == 0x20 && !isSeparator
            if joins && deletesSpace { joined.removeLast() }
        }
        result.append(joined)
        return result.joined(separator: "\n")
    }
}
