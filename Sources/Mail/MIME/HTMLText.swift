import CXML2

/// HTML as a reader would see it: paragraphs, lists, tables and links readable; what is hidden left out.
///
/// Quotations (`blockquote`) are set off with `> ` as in plain text, so that replies are cut the same way.
enum HTMLText {
    /// Deepest nesting that is looked into.
    private static let depthLimit = 200

    static func render(_ html: String) -> String {
        var html = html
        let options = Int32(
            HTML_PARSE_RECOVER.rawValue | HTML_PARSE_NOERROR.rawValue | HTML_PARSE_NOWARNING.rawValue
                | HTML_PARSE_NONET.rawValue | HTML_PARSE_COMPACT.rawValue)
        let document = html.withUTF8 { utf8 in
            utf8.withMemoryRebound(to: CChar.self) { characters in
                htmlReadMemory(characters.baseAddress, Int32(clamping: characters.count), nil, "UTF-8", options)
            }
        }
        guard let document else { return "" }
        defer { xmlFreeDoc(document) }
        var writer = TextWriter()
        if let root = xmlDocGetRootElement(document) { write(root, into: &writer, depth: 0) }
        return writer.finish()
    }

    private static func write(_ first: xmlNodePtr, into writer: inout TextWriter, depth: Int) {
        guard depth < depthLimit else { return }
        var next: xmlNodePtr? = first
        while let node = next {
            next = node.pointee.next
            switch node.pointee.type {
            case XML_TEXT_NODE, XML_CDATA_SECTION_NODE:
                if let content = node.pointee.content { writer.text(String(cString: content)) }
            case XML_ELEMENT_NODE: element(node, into: &writer, depth: depth)
            default: break
            }
        }
    }

    private static func element(_ node: xmlNodePtr, into writer: inout TextWriter, depth: Int) {
        let name = String(cString: node.pointee.name)
        guard !hidden.contains(name), !isHidden(node) else { return }
        let inner = { (writer: inout TextWriter) in
            if let child = node.pointee.children { write(child, into: &writer, depth: depth + 1) }
        }
        switch name {
        case "br": writer.lineBreak()
        case "hr": writer.rule()
        case "img": if let text = attribute("alt", of: node), !text.isEmpty { writer.text("[\(text)]") }
        case "li":
            writer.startLine()
            writer.text("- ")
            inner(&writer)
            writer.startLine()
        case "td", "th":
            writer.cell()
            inner(&writer)
        case "blockquote":
            writer.quote(inner)
        case "pre": writer.preformatted(inner)
        case "a":
            inner(&writer)
            if let target = attribute("href", of: node) { writer.link(target) }
        case _ where paragraphs.contains(name): writer.paragraph(inner)
        case _ where blocks.contains(name):
            writer.startLine()
            inner(&writer)
            writer.startLine()
        default: inner(&writer)
        }
    }

    private static let hidden: Set = ["head", "script", "style", "title", "template", "noscript", "svg", "object"]
    private static let paragraphs: Set = ["p", "h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "table"]
    private static let blocks: Set = [
        "div", "tr", "section", "article", "header", "footer", "address", "center", "dl", "dt", "dd", "form", "body",
    ]

    /// Text that the sender's style keeps from the reader says nothing he meant to say.
    private static func isHidden(_ node: xmlNodePtr) -> Bool {
        guard let style = attribute("style", of: node)?.lowercased().filter({ $0 != " " }) else { return false }
        return style.contains("display:none") || style.contains("visibility:hidden") || style.contains("font-size:0px")
    }

    private static func attribute(_ name: String, of node: xmlNodePtr) -> String? {
        guard let value = xmlGetProp(node, name) else { return nil }
        defer { cxml_free(value) }
        return String(cString: value)
    }
}
