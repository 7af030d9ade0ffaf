/// HTML whose nesting and attributes stay within bounds; the text of what goes beyond stays, without its structure.
///
/// The library looks through all open elements at every end of one that is not open, and compares each attribute with
/// all before it: elements and attributes without a bound take the square of their number.
struct HTMLBounds {
    /// Elements within each other.
    static let depth = 190
    /// Attributes of an element.
    static let attributes = 100
    static let tooDeep = "HTML nested deeper than \(depth)"
    static let tooManyAttributes = "an HTML element with more than \(attributes) attributes"

    /// The HTML, tags beyond the bounds blanked out.
    private(set) var html: [UInt8]
    private(set) var faults: [String] = []

    /// `nil` for HTML within the bounds, which is nearly all.
    init?(_ html: [UInt8]) {
        var scanner = TagScanner()
        html.withUnsafeBufferPointer { scanner.scan($0) }
        guard !scanner.surplus.isEmpty else { return nil }
        self.html = html
        for range in scanner.surplus { for index in range { self.html[index] = 0x20 } }
        if scanner.isTooDeep { faults.append(Self.tooDeep) }
        if scanner.hasTooManyAttributes { faults.append(Self.tooManyAttributes) }
    }
}

/// Goes through the tags of HTML and keeps those that are open.
private struct TagScanner {
    private(set) var surplus: [Range<Int>] = []
    private(set) var isTooDeep = false
    private(set) var hasTooManyAttributes = false
    /// Names of the open elements; never more than the bound.
    private var open: [UInt64] = []

    /// Elements without an end, or whose content is no HTML.
    private static let void = Set(
        ["br", "hr", "img", "meta", "link", "input", "col", "area", "base", "wbr", "param", "frame", "source"].map(name)
    )
    private static let raw = Set(["script", "style"].map(name))
    /// Elements that end where the next of their kind begins, and what they do so within.
    private static let implied: [UInt64: Set<UInt64>] = {
        let table = Set(["table"].map(name))
        let list = Set(["ul", "ol", "dl", "table"].map(name))
        let block = Set(["div", "td", "li", "blockquote", "table", "body"].map(name))
        return [
            name("td"): table, name("th"): table, name("tr"): table, name("tbody"): table, name("li"): list,
            name("dt"): list, name("dd"): list, name("p"): block, name("option"): [name("select")],
        ]
    }()

    mutating func scan(_ html: UnsafeBufferPointer<UInt8>) {
        var index = 0
        while let start = Self.find(UInt8(ascii: "<"), in: html, from: index), start + 1 < html.count {
            let next = html[start + 1]
            if next == UInt8(ascii: "!"), start + 2 < html.count, html[start + 2] == UInt8(ascii: "[") {
                // Conditions of Word, `<![if !supportLists]>`, which the library takes for text.
                let end = Self.find(UInt8(ascii: ">"), in: html, from: start).map { $0 + 1 } ?? html.count
                surplus.append(start..<end)
                index = end
            } else if next == UInt8(ascii: "!") {
                index = Self.commentEnd(html, from: start)
            } else if next == UInt8(ascii: "/") {
                let end = Self.find(UInt8(ascii: ">"), in: html, from: start).map { $0 + 1 } ?? html.count
                close(Self.name(html, from: start + 2), at: start..<end)
                index = end
            } else if Self.isLetter(next) {
                index = tag(html, from: start)
            } else {
                index = start + 1
            }
        }
    }

    /// A start tag; where it ends.
    private mutating func tag(_ html: UnsafeBufferPointer<UInt8>, from start: Int) -> Int {
        let name = Self.name(html, from: start + 1)
        var tag = AttributeScanner()
        let end = tag.end(html, from: start + 1)
        if tag.count > HTMLBounds.attributes {
            hasTooManyAttributes = true
            surplus.append(start..<end)
            return end
        }
        if Self.raw.contains(name) { return Self.rawEnd(html, from: end) }
        guard !Self.void.contains(name) else { return end }
        if let bounds = Self.implied[name],
            let last = open.lastIndex(where: { $0 == name || bounds.contains($0) }), open[last] == name
        {
            open.removeSubrange(last...)
        }
        if open.count < HTMLBounds.depth {
            open.append(name)
        } else {
            isTooDeep = true
            surplus.append(start..<end)
        }
        return end
    }

    /// An end tag closes the last of its name and what is open within it; without one it says nothing.
    private mutating func close(_ name: UInt64, at range: Range<Int>) {
        if let last = open.lastIndex(of: name) {
            open.removeSubrange(last...)
        } else if isTooDeep {
            surplus.append(range)
        }
    }

    private static func commentEnd(_ html: UnsafeBufferPointer<UInt8>, from start: Int) -> Int {
        guard start + 3 < html.count, html[start + 2] == UInt8(ascii: "-"), html[start + 3] == UInt8(ascii: "-") else {
            return find(UInt8(ascii: ">"), in: html, from: start).map { $0 + 1 } ?? html.count
        }
        var index = start + 4
        while let end = find(UInt8(ascii: ">"), in: html, from: index) {
            if html[end - 1] == UInt8(ascii: "-"), html[end - 2] == UInt8(ascii: "-") { return end + 1 }
            index = end + 1
        }
        return html.count
    }

    /// The next end tag; what stands before it is no HTML.
    private static func rawEnd(_ html: UnsafeBufferPointer<UInt8>, from start: Int) -> Int {
        OctetSearch.first(UInt8(ascii: "<"), UInt8(ascii: "/"), in: html, from: start)
    }

    private static func find(_ octet: UInt8, in html: UnsafeBufferPointer<UInt8>, from start: Int) -> Int? {
        let index = OctetSearch.first(octet, in: html, from: start)
        return index < html.count ? index : nil
    }

    private static func isLetter(_ octet: UInt8) -> Bool { (0x61...0x7A).contains(octet | 0x20) }

    /// The first eight letters of a name as a number, in lower case.
    private static func name(_ html: UnsafeBufferPointer<UInt8>, from start: Int) -> UInt64 {
        var name: UInt64 = 0
        for octet in html[min(start, html.count)...].prefix(8) {
            guard isLetter(octet) || (0x30...0x39).contains(octet) else { break }
            name = name << 8 | UInt64(octet | 0x20)
        }
        return name
    }

    private static func name(_ text: String) -> UInt64 {
        Array(text.utf8).withUnsafeBufferPointer { name($0, from: 0) }
    }
}

/// Counts the attributes of a start tag as the library takes them apart.
private struct AttributeScanner {
    private(set) var count = 0

    /// Behind the `>` of the tag whose name begins at a place.
    mutating func end(_ html: UnsafeBufferPointer<UInt8>, from start: Int) -> Int {
        var index = start
        var isBetween = false
        while index < html.count, html[index] != UInt8(ascii: ">") {
            let octet = html[index]
            if octet == UInt8(ascii: "="), let quote = quote(html, behind: index) {
                index = min(html.count, OctetSearch.first(html[quote], in: html, from: quote + 1) + 1)
                isBetween = true
                continue
            }
            if octet <= 0x20 {
                isBetween = true
            } else if isBetween {
                count += 1
                isBetween = false
            }
            index += 1
        }
        return min(html.count, index + 1)
    }

    /// The quotation mark that a value begins with.
    private func quote(_ html: UnsafeBufferPointer<UInt8>, behind place: Int) -> Int? {
        var index = place + 1
        while index < html.count, html[index] <= 0x20 { index += 1 }
        guard index < html.count, html[index] == UInt8(ascii: "\"") || html[index] == UInt8(ascii: "'") else {
            return nil
        }
        return index
    }
}
