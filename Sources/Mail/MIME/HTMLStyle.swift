/// The declarations of a `style` attribute (CSS 2.2), in lower case and without spaces.
struct HTMLStyle {
    /// Declarations that are looked at.
    private static let limit = 60

    private var values: [String: String] = [:]

    init() {}

    init(_ text: String) {
        let lower = Folding.lower(text.utf8.lazy.filter { $0 > 0x20 })
        for declaration in lower.split(separator: UInt8(ascii: ";")).prefix(Self.limit) {
            guard let colon = declaration.firstIndex(of: UInt8(ascii: ":")) else { continue }
            var value = declaration[(colon + 1)...].string
            if value.hasSuffix("!important") { value.removeLast(10) }
            values[declaration[..<colon].string] = value
        }
    }

    subscript(_ property: String) -> String? { values[property] }

    /// Whether nothing in the element is shown.
    var isHidden: Bool {
        guard !values.isEmpty else { return false }
        if values["display"] == "none" || values["mso-hide"] == "all" { return true }
        if ["hidden", "collapse"].contains(values["visibility"]) { return true }
        if isZero("opacity") { return true }
        if values["overflow"] == "hidden", ["height", "max-height", "width", "max-width"].contains(where: isZero) {
            return true
        }
        // Moved out of the window.
        return ["left", "top", "text-indent"].contains { values[$0].flatMap(Self.size).map { $0 <= -900 } ?? false }
    }

    private func isZero(_ property: String) -> Bool { values[property].flatMap(Self.size) == 0 }

    /// The number of a length, whatever its unit.
    static func size(_ value: String) -> Double? {
        let number = value.prefix { $0 == "-" || $0 == "." || $0.isASCII && $0.isNumber }
        return number.utf8.count <= 12 ? Double(number) : nil
    }
}
