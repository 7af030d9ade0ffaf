import CXML2

/// HTML as a reader would see it: paragraphs, lists, tables and links readable; what is hidden left out.
///
/// Quotations (`blockquote`) are set off with `> ` as in plain text, so that replies are cut the same way, and the lines
/// at which a client's own structure begins a quotation or a signature are marked.
package enum HTMLText {
    /// The lines of a document in UTF-8, whatever it says of its own charset.
    package static func render(_ html: [UInt8]) -> [TextLine] {
        let options = Int32(
            HTML_PARSE_RECOVER.rawValue | HTML_PARSE_NOERROR.rawValue | HTML_PARSE_NOWARNING.rawValue
                | HTML_PARSE_NONET.rawValue | HTML_PARSE_COMPACT.rawValue)
        let html = HTMLBounds(html)?.html ?? html
        let document = html.withUnsafeBytes { octets in
            let characters = octets.assumingMemoryBound(to: CChar.self)
            return htmlReadMemory(
                characters.baseAddress, Int32(clamping: characters.count), nil, "UTF-8", options)
        }
        guard let document else { return [] }
        defer { xmlFreeDoc(document) }
        guard let root = xmlDocGetRootElement(document) else { return [] }
        let sheet = HTMLStyleSheet(of: root)
        var renderer = Renderer(sheet: sheet)
        renderer.write(root, in: HTMLInk(background: sheet.paints ? nil : 0xFFFFFF), depth: 0)
        return renderer.writer.finish()
    }
}

/// Goes through a document and writes what is seen of it.
private struct Renderer {
    var writer = TextWriter()
    let sheet: HTMLStyleSheet

    /// Deepest nesting that is looked into; what is read of a mail has been cut to less (``HTMLBounds``).
    private static let depthLimit = 200

    init(sheet: HTMLStyleSheet) { self.sheet = sheet }

    mutating func write(_ first: xmlNodePtr, in ink: HTMLInk, depth: Int) {
        guard depth < Self.depthLimit else { return }
        var next: xmlNodePtr? = first
        while let node = next {
            next = node.pointee.next
            switch node.pointee.type {
            case XML_TEXT_NODE, XML_CDATA_SECTION_NODE:
                if let content = node.pointee.content, !ink.isInvisible {
                    let start = writer.place
                    writer.text(UnsafeBufferPointer(start: content, count: Int(xmlStrlen(content))))
                    if let tint = ink.tint { writer.tinted(tint, from: start) }
                }
            case XML_ELEMENT_NODE: self.element(HTMLElement(node), in: ink, depth: depth)
            default: break
            }
        }
    }

    private mutating func element(_ element: HTMLElement, in ink: HTMLInk, depth: Int) {
        guard !Self.hidden.contains(element.name), !element.isHidden, !sheet.hides(element) else { return }
        let mark = ClientStructure.mark(of: element)
        if mark != .none { writer.mark(mark) }
        let ink = ink.within(element)
        switch element.name {
        case "br": writer.lineBreak()
        case "hr": writer.rule()
        case "img": picture(element)
        case "ul", "ol": list(element, in: ink, depth: depth)
        case "li": item(element, in: ink, depth: depth)
        case "tr": row(element, in: ink, depth: depth)
        case "td", "th":
            writer.cell()
            inner(element, in: ink, depth: depth)
        case "blockquote":
            let before = element.isIndentation ? writer.beginParagraph() : writer.beginQuote()
            inner(element, in: ink, depth: depth)
            writer.end(before)
        case "a":
            let start = writer.place
            inner(element, in: ink, depth: depth)
            if let target = element["href"] { writer.link(LinkTargets.unwrapped(target), textFrom: start) }
        case _ where element.keepsSpace:
            let before = writer.beginPreformatted()
            inner(element, in: ink, depth: depth)
            writer.end(before)
        case _ where Self.paragraphs.contains(element.name):
            let before = writer.beginParagraph()
            inner(element, in: ink, depth: depth)
            writer.end(before)
        case _ where Self.blocks.contains(element.name):
            writer.startLine()
            inner(element, in: ink, depth: depth)
            writer.startLine()
        case _ where element.style["mso-list"] == "ignore": bullet(element, in: ink, depth: depth)
        default: inner(element, in: ink, depth: depth)
        }
    }

    private mutating func inner(_ element: HTMLElement, in ink: HTMLInk, depth: Int) {
        if let child = element.node.pointee.children { write(child, in: ink, depth: depth + 1) }
    }

    private mutating func picture(_ element: HTMLElement) {
        guard let text = element["alt"], !text.isEmpty, !element.isPixel else { return }
        writer.text("[\(text)]")
    }

    private mutating func list(_ element: HTMLElement, in ink: HTMLInk, depth: Int) {
        let start = element.name == "ol" ? element["start"].flatMap { Int($0) } ?? 1 : nil
        let before = writer.beginList(from: start)
        inner(element, in: ink, depth: depth)
        writer.end(before)
    }

    private mutating func item(_ element: HTMLElement, in ink: HTMLInk, depth: Int) {
        writer.beginItem()
        inner(element, in: ink, depth: depth)
        writer.endItem()
    }

    /// The cells of a row of data stand on one line, whatever paragraphs Word put into them.
    private mutating func row(_ element: HTMLElement, in ink: HTMLInk, depth: Int) {
        writer.startLine()
        let before = writer.isOneLine
        writer.isOneLine = before || HTMLTable.isRowOfData(element.node)
        inner(element, in: ink, depth: depth)
        writer.isOneLine = before
        writer.startLine()
    }

    /// The mark of Word before an item of a list, a letter of the font Symbol unless it is a number.
    private mutating func bullet(_ element: HTMLElement, in ink: HTMLInk, depth: Int) {
        guard let content = xmlNodeGetContent(element.node) else { return }
        defer { cxml_free(content) }
        let text = String(cString: content).utf8.drop { $0 <= 0x20 }
        if let first = text.first, (0x30...0x39).contains(first) {
            inner(element, in: ink, depth: depth)
        } else {
            writer.text("- ")
        }
    }

    private static let hidden: Set = [
        "head", "script", "style", "title", "template", "noscript", "svg", "object", "select", "textarea",
    ]
    private static let paragraphs: Set = [
        "p", "h1", "h2", "h3", "h4", "h5", "h6", "table", "figure",
    ]
    private static let blocks: Set = [
        "div", "section", "article", "header", "footer", "address", "center", "dl", "dt", "dd",
        "form", "body", "main", "nav", "aside", "fieldset", "legend", "caption", "details", "summary", "figcaption",
    ]
}
