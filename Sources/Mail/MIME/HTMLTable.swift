import CXML2

/// Tells tables of data, whose rows are lines, from those that only lay out a page.
enum HTMLTable {
    /// Octets and nodes of a cell of data; a layout's hold more.
    private static let longest = 200
    private static let nodeLimit = 60
    private static let depthLimit = 12

    /// Whether the cells of a row say one thing each, so that they stand on one line.
    static func isRowOfData(_ row: xmlNodePtr) -> Bool {
        var cells = 0
        var next = row.pointee.children
        while let node = next {
            next = node.pointee.next
            guard node.pointee.type == XML_ELEMENT_NODE else { continue }
            var look = Look()
            guard look.isOneLine(node.pointee.children, depth: 0) else { return false }
            cells += 1
            guard cells <= nodeLimit else { return false }
        }
        return cells > 1
    }

    /// A look through one cell.
    private struct Look {
        private var nodes = 0
        private var octets = 0
        private var isBroken = false

        private static let lines: Set = ["p", "div", "br", "h1", "h2", "h3", "h4", "h5", "h6", "center"]
        private static let others: Set = ["table", "ul", "ol", "li", "blockquote", "pre", "hr", "dl"]

        /// Whether all that is seen stands on one line.
        mutating func isOneLine(_ first: xmlNodePtr?, depth: Int) -> Bool {
            var next = first
            while let node = next {
                next = node.pointee.next
                nodes += 1
                guard nodes <= nodeLimit, depth < depthLimit else { return false }
                if node.pointee.type == XML_TEXT_NODE {
                    guard take(node.pointee.content) else { return false }
                } else if node.pointee.type == XML_ELEMENT_NODE {
                    let name = String(cString: node.pointee.name)
                    guard !Look.others.contains(name) else { return false }
                    let isLine = Look.lines.contains(name)
                    if isLine { isBroken = octets > 0 }
                    guard isOneLine(node.pointee.children, depth: depth + 1) else { return false }
                    if isLine { isBroken = octets > 0 }
                }
            }
            return true
        }

        private mutating func take(_ content: UnsafeMutablePointer<UInt8>?) -> Bool {
            guard let content else { return true }
            let text = UnsafeBufferPointer(start: content, count: Int(xmlStrlen(content)))
            let shown = text.reduce(0) { $0 + ($1 > 0x20 && $1 != 0xC2 && $1 != 0xA0 ? 1 : 0) }
            guard shown > 0 else { return true }
            octets += shown
            return !isBroken && octets <= longest
        }
    }
}
