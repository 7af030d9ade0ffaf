import CXML2

/// What decides whether letters are seen: their size, their colour and what is behind them, handed down to what is within
/// an element.
///
/// Letters are left out only where colour and background are both known and the same.
struct HTMLInk {
    private var isTiny = false
    private var color: UInt32? = 0x000000
    /// `nil` for one that is not known: a picture, or a style sheet that may say anything.
    private var background: UInt32?

    init(background: UInt32?) { self.background = background }

    var isInvisible: Bool { isTiny || color == nil || color == background }

    /// The colour as somebody would name it who answers in it.
    var tint: Tint? { color.flatMap { $0 == 0 ? nil : Tint($0) } }

    func within(_ element: HTMLElement) -> HTMLInk {
        guard element.node.pointee.properties != nil else { return self }
        var ink = self
        // Half of nothing is nothing.
        if let size = element.style["font-size"], let number = HTMLStyle.size(size) {
            let isRelative = size.hasSuffix("%") || size.hasSuffix("em") && !size.hasSuffix("rem")
            ink.isTiny = number == 0 || isTiny && isRelative
        }
        if let color = element.style["color"] ?? (element.name == "font" ? element["color"] : nil) {
            ink.color = color == "transparent" ? nil : HTMLColor.read(color) ?? self.color ?? 0
        }
        if element["background"] != nil { ink.background = nil }
        if let background = element.style["background-color"] ?? element.style["background"] ?? element["bgcolor"] {
            if background != "transparent", background != "none" { ink.background = HTMLColor.read(background) }
        }
        return ink
    }
}

/// Colours as styles write them; a new name is a row.
enum HTMLColor {
    private static let names: [String: UInt32] = [
        "white": 0xFFFFFF, "black": 0x000000, "red": 0xFF0000, "green": 0x008000, "blue": 0x0000FF, "gray": 0x808080,
        "grey": 0x808080, "silver": 0xC0C0C0, "yellow": 0xFFFF00, "navy": 0x000080, "windowtext": 0x000000,
        "window": 0xFFFFFF,
    ]

    /// `#fff`, `#ffffff`, `rgb(255,255,255)` or a name.
    static func read(_ text: String) -> UInt32? {
        let text = text.lowercased()
        if let named = names[text] { return named }
        if text.hasPrefix("#") { return hexadecimal(text.dropFirst()) }
        guard text.hasPrefix("rgb("), text.hasSuffix(")") else { return nil }
        let parts = text.dropFirst(4).dropLast().split(separator: ",").map { UInt32($0) }
        guard parts.count == 3 else { return nil }
        return parts.reduce(UInt32?(0)) { color, part in
            guard let color, let part, part < 256 else { return nil }
            return color << 8 | part
        }
    }

    private static func hexadecimal(_ digits: Substring) -> UInt32? {
        let full = digits.utf8.count == 3 ? digits.flatMap { [$0, $0] } : Array(digits)
        return full.count == 6 ? UInt32(String(full), radix: 16) : nil
    }
}
