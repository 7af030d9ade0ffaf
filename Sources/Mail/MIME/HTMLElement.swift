import CXML2

/// An element of a parsed document, valid while the document is.
struct HTMLElement {
    let node: xmlNodePtr
    /// Empty where it is longer than any that HTML has.
    let name: String
    let style: HTMLStyle

    init(_ node: xmlNodePtr) {
        self.node = node
        name = Self.text(node.pointee.name) ?? ""
        style = Self.value("style", of: node).map(HTMLStyle.init) ?? HTMLStyle()
    }

    /// The value of an attribute; `nil` where it is too long to mean anything.
    subscript(_ attribute: String) -> String? { Self.value(attribute, of: node) }

    private static func value(_ attribute: String, of node: xmlNodePtr) -> String? {
        // Most elements have none; asking costs a look at each.
        guard node.pointee.properties != nil, let value = xmlGetProp(node, attribute) else {
            return nil
        }
        defer { cxml_free(value) }
        return text(value)
    }

    /// Octets of a name or value that are looked at: to compare text takes the square of the accents on one letter.
    private static let longest = 4000

    private static func text(_ value: UnsafePointer<xmlChar>) -> String? {
        xmlStrlen(value) <= longest ? String(cString: value) : nil
    }

    /// Text that the sender keeps from the reader says nothing he meant to say.
    var isHidden: Bool { style.isHidden || node.pointee.properties != nil && xmlHasProp(node, "hidden") != nil }

    /// Whether a picture is there to tell the sender that the mail was opened, not to be seen.
    var isPixel: Bool {
        [("width", "width"), ("height", "height")].contains { attribute, property in
            [self[attribute], style[property]].contains { $0.flatMap(HTMLStyle.size).map { $0 <= 1 } ?? false }
        }
    }

    /// Whether a quotation is only set in (Gmail's indentation), not a quotation.
    var isIndentation: Bool { style["border"]?.hasPrefix("none") ?? false }

    /// Whether a line is drawn above it, as Outlook draws one above the header of what is answered.
    var hasRuleAbove: Bool { style["border-top"]?.hasPrefix("solid") ?? false }

    /// Whether the sender laid out the white space in it.
    var keepsSpace: Bool { name == "pre" || style["white-space"]?.hasPrefix("pre") ?? false }
}
