import CXML2

/// HTML as a reader would see it: paragraphs, lists, tables and links readable; what is hidden left out.
///
/// Quotations (`blockquote`) are set off with `> ` as in plain text, so that replies are cut the same way, and the lines
/// at which a client's own structure begins a quotation or a signature are marked.
package enum HTMLText {
    /// Deepest nesting that is looked into.
    private static let depthLimit = 200

    /// The lines of a document in UTF-8, whatever it says of its own charset.
    package static func render(_ html: [UInt8]) -> [TextLine] {
        let options = Int32(
            HTML_PARSE_RECOVER.rawValue | HTML_PARSE_NOERROR.rawValue | HTML_PARSE_NOWARNING.rawValue
                | HTML_PARSE_NONET.rawValue | HTML_PARSE_COMPACT.rawValue)
        let document = html.withUnsafeBytes { octets in
            let characters = octets.assumingMemoryBound(to: CChar.self)
            return htmlReadMemory(
                characters.baseAddress, Int32(clamping: characters.count), nil, "UTF-8", options)
        }
        guard let document else { return [] }
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
                if let content = node.pointee.content {
                    writer.text(UnsafeBufferPointer(start: content, count: Int(xmlStrlen(content))))
                }
            case XML_ELEMENT_NODE: element(HTMLElement(node), into: &writer, depth: depth)
            default: break
            }
        }
    }

    private static func element(_ element: HTMLElement, into writer: inout TextWriter, depth: Int) {
        guard !hidden.contains(element.name), !element.isHidden else { return }
        let mark = ClientStructure.mark(of: element)
        if mark != .none { writer.mark(mark) }
        let inner = { (writer: inout TextWriter) in
            if let child = element.node.pointee.children { write(child, into: &writer, depth: depth + 1) }
        }
        switch element.name {
        case "br": writer.lineBreak()
        case "hr": writer.rule()
        case "img": if let text = element["alt"], !text.isEmpty { writer.text("[\(text)]") }
        case "li":
            writer.startLine()
            writer.text("- ")
            inner(&writer)
            writer.startLine()
        case "td", "th":
            writer.cell()
            inner(&writer)
        case "blockquote":
            if element.isIndentation { writer.paragraph(inner) } else { writer.quote(inner) }
        case "pre": writer.preformatted(inner)
        case "a":
            let start = writer.place
            inner(&writer)
            if let target = element["href"] { writer.link(target, textFrom: start) }
        case _ where paragraphs.contains(element.name): writer.paragraph(inner)
        case _ where blocks.contains(element.name):
            writer.startLine()
            inner(&writer)
            writer.startLine()
        default: inner(&writer)
        }
    }

    private static let hidden: Set = [
        "head", "script", "style", "title", "template", "noscript", "svg", "object",
    ]
    private static let paragraphs: Set = [
        "p", "h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "table",
    ]
    private static let blocks: Set = [
        "div", "tr", "section", "article", "header", "footer", "address", "center", "dl", "dt", "dd",
        "form", "body",
    ]
}

/// An element of a parsed document, valid while the document is.
struct HTMLElement {
    let node: xmlNodePtr
    let name: String

    init(_ node: xmlNodePtr) {
        self.node = node
        name = String(cString: node.pointee.name)
    }

    /// The value of an attribute.
    subscript(_ attribute: String) -> String? {
        // Most elements have none; asking costs a look at each.
        guard node.pointee.properties != nil, let value = xmlGetProp(node, attribute) else {
            return nil
        }
        defer { cxml_free(value) }
        return String(cString: value)
    }

    private var style: String? {
        self["style"].map {
            String(decoding: Folding.lower($0.utf8.lazy.filter { $0 != 0x20 }), as: UTF8.self)
        }
    }

    /// Text that the sender's style keeps from the reader says nothing he meant to say.
    var isHidden: Bool {
        guard let style else { return false }
        return ["display:none", "visibility:hidden", "font-size:0px", "font-size:0;"].contains(
            where: style.contains)
            || style.hasSuffix("font-size:0")
    }

    /// Whether a quotation is only set in (Gmail's indentation), not a quotation.
    var isIndentation: Bool { style?.contains("border:none") ?? false }

    /// Whether a line is drawn above it, as Outlook draws one above the header of what is answered.
    var hasRuleAbove: Bool { style?.contains("border-top:solid") ?? false }
}
