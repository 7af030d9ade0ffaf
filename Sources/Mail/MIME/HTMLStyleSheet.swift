import CXML2

/// What the style sheets within a document hide, and whether they may paint backgrounds.
///
/// Only plain rules for classes and names are read; those for other screens (`@media`) hold there, not here.
struct HTMLStyleSheet {
    /// Octets of a sheet, and rules that are looked at.
    private static let reach = 64 << 10
    private static let limit = 1000

    /// Selectors as `.name`, `#name` or `tag.name`, in lower case.
    private var hidden: Set<String> = []
    private(set) var paints = false

    init(of document: xmlNodePtr) {
        var next: xmlNodePtr? = document.pointee.children
        // Style sheets stand in the head, or on top of the body.
        while let node = next {
            next = node.pointee.next
            guard node.pointee.type == XML_ELEMENT_NODE else { continue }
            let name = String(cString: node.pointee.name)
            if name == "style", let content = node.pointee.children?.pointee.content {
                read(UnsafeBufferPointer(start: content, count: Int(xmlStrlen(content))))
            } else if name == "head" || name == "body" {
                let inner = HTMLStyleSheet(of: node)
                hidden.formUnion(inner.hidden)
                paints = paints || inner.paints
            }
        }
    }

    /// Whether a rule hides the element.
    func hides(_ element: HTMLElement) -> Bool {
        guard !hidden.isEmpty, element.node.pointee.properties != nil else { return false }
        if let identifier = element["id"], hidden.contains("#" + identifier.lowercased()) { return true }
        guard let classes = element["class"] else { return false }
        return classes.lowercased().split(separator: " ").prefix(20).contains {
            hidden.contains(".\($0)") || hidden.contains("\(element.name).\($0)")
        }
    }

    private mutating func read(_ sheet: UnsafeBufferPointer<UInt8>) {
        let text = Folding.lower(sheet.prefix(Self.reach))
        paints = text.contains(octets: "background".utf8)
        guard text.contains(octets: "none".utf8) || text.contains(octets: "hid".utf8) else { return }
        var rest = text[...]
        for _ in 0..<Self.limit {
            guard let open = rest.firstIndex(of: UInt8(ascii: "{")) else { return }
            let head = rest[..<open].split { $0 == UInt8(ascii: "}") || $0 == UInt8(ascii: ";") }.last ?? []
            let isOther = head.contains(UInt8(ascii: "@"))
            guard let close = isOther ? Self.end(of: rest[open...]) : rest[open...].firstIndex(of: UInt8(ascii: "}"))
            else {
                return
            }
            if !isOther, HTMLStyle(rest[(open + 1)..<close].string).isHidden { hide(head.string) }
            rest = rest[(close + 1)...]
        }
    }

    private mutating func hide(_ selectors: String) {
        for selector in selectors.split(separator: ",") {
            let name = Repair.line(String(selector))
            guard !name.contains(where: { " >+~:[*".contains($0) }), name.contains(".") || name.hasPrefix("#") else {
                continue
            }
            hidden.insert(name)
        }
    }

    /// Where a block ends that holds blocks.
    private static func end(of block: ArraySlice<UInt8>) -> Int? {
        var depth = 0
        for index in block.indices {
            if block[index] == UInt8(ascii: "{") { depth += 1 }
            if block[index] == UInt8(ascii: "}") { depth -= 1 }
            if depth == 0 { return index }
        }
        return nil
    }
}
