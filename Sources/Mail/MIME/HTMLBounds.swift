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
    /// Beginnings times ends of elements: what the library compares at most, however its tags are taken apart here.
    private static let comparisons = 250_000_000
    /// Tags that are left where there are too many.
    static let tags = 20_000
    static let tooManyTags = "more than \(tags) tags of HTML"

    /// The HTML, tags beyond the bounds blanked out.
    private(set) var html: [UInt8]
    private(set) var faults: [String] = []

    /// `nil` for HTML within the bounds, which is nearly all.
    init?(_ html: [UInt8]) {
        var scanner = TagScanner()
        html.withUnsafeBufferPointer { scanner.scan($0) }
        let surplusTags = html.withUnsafeBufferPointer(Self.surplusTags)
        guard !scanner.surplus.isEmpty || !surplusTags.isEmpty else { return nil }
        self.html = html
        for index in surplusTags { self.html[index] = 0x20 }
        if !surplusTags.isEmpty { faults.append(Self.tooManyTags) }
        for range in scanner.surplus { for index in range { self.html[index] = 0x20 } }
        if scanner.isTooDeep { faults.append(Self.tooDeep) }
        if scanner.hasTooManyAttributes { faults.append(Self.tooManyAttributes) }
    }

    /// Where the `<` of tags stand that are too many.
    private static func surplusTags(_ html: UnsafeBufferPointer<UInt8>) -> [Int] {
        var places: [Int] = []
        var ends = 0
        var index = 0
        while index < html.count {
            index = OctetSearch.first(UInt8(ascii: "<"), in: html, from: index)
            if index + 1 < html.count {
                if html[index + 1] == UInt8(ascii: "/") { ends += 1 }
                places.append(index)
            }
            index += 1
        }
        let (product, isOver) = (places.count - ends).multipliedReportingOverflow(by: ends)
        return isOver || product > comparisons ? Array(places.dropFirst(tags)) : []
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
        if Self.raw.contains(name) { return Self.rawEnd(of: name, html, from: end) }
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

    /// The next end tag of the name; what stands before it is no HTML.
    private static func rawEnd(of name: UInt64, _ html: UnsafeBufferPointer<UInt8>, from start: Int) -> Int {
        var index = start
        while index < html.count {
            index = OctetSearch.first(UInt8(ascii: "<"), UInt8(ascii: "/"), in: html, from: index)
            if index < html.count, Self.name(html, from: index + 2) == name { return index }
            index += 1
        }
        return html.count
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

/// Counts the attributes of a start tag as the library takes them apart (libxml2, `htmlParseStartElement`).
private struct AttributeScanner {
    private(set) var count = 0

    /// Octets of a name that the library reads as one.
    private static let longestName = 100

    /// Behind the `>` of the tag whose name begins at a place.
    mutating func end(_ html: UnsafeBufferPointer<UInt8>, from start: Int) -> Int {
        var index = Self.nameEnd(html, from: start)
        while index < html.count, html[index] != UInt8(ascii: ">") {
            let name = Self.nameEnd(html, from: index)
            if html[index] <= 0x20 {
                index += 1
            } else if name == index {
                // What is no name is passed over to the next blank.
                index = Self.plainEnd(html, from: index)
            } else {
                count += 1
                index = Self.valueEnd(html, behind: name)
            }
        }
        return min(html.count, index + 1)
    }

    private static func nameEnd(_ html: UnsafeBufferPointer<UInt8>, from start: Int) -> Int {
        var index = start
        while index < html.count, index - start < longestName {
            let octet = html[index]
            let isFirst = (0x61...0x7A).contains(octet | 0x20) || [0x5F, 0x3A, 0x2E].contains(octet)
            guard isFirst || index > start && ((0x30...0x39).contains(octet) || octet == 0x2D) else { break }
            index += 1
        }
        return index
    }

    /// Behind the value that follows a name, if one does; only in front of it a quotation mark is one.
    private static func valueEnd(_ html: UnsafeBufferPointer<UInt8>, behind name: Int) -> Int {
        let sign = blankEnd(html, from: name)
        guard sign < html.count, html[sign] == UInt8(ascii: "=") else { return sign }
        let value = blankEnd(html, from: sign + 1)
        guard value < html.count, html[value] == UInt8(ascii: "\"") || html[value] == UInt8(ascii: "'") else {
            return plainEnd(html, from: value)
        }
        return min(html.count, OctetSearch.first(html[value], in: html, from: value + 1) + 1)
    }

    private static func blankEnd(_ html: UnsafeBufferPointer<UInt8>, from start: Int) -> Int {
        var index = start
        while index < html.count, html[index] <= 0x20 { index += 1 }
        return index
    }

    private static func plainEnd(_ html: UnsafeBufferPointer<UInt8>, from start: Int) -> Int {
        var index = start
        while index < html.count, html[index] > 0x20, html[index] != UInt8(ascii: ">") { index += 1 }
        return index
    }
}
