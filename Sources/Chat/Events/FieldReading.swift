extension KeyedDecodingContainer {
    /// A text of at most so many octets; control characters are refused where it is to be `plain`.
    func text(_ key: Key, upTo limit: Int, from least: Int = 0, plain: Bool = false) throws -> String {
        let expected = "a text of \(least) to \(limit) octets" + (plain ? " without control characters" : "")
        guard let text = try? decode(String.self, forKey: key), (least...limit).contains(text.utf8.count),
            !plain || text.utf8.allSatisfy({ $0 >= 0x20 && $0 != 0x7F })
        else { throw EventFault(at: codingPath + [key], expected: expected) }
        return text
    }

    /// The same where it may be left out or be `null`; an empty one is none.
    func optionalText(_ key: Key, upTo limit: Int, plain: Bool = false) throws -> String? {
        guard has(key) else { return nil }
        let text = try text(key, upTo: limit, plain: plain)
        return text.isEmpty ? nil : text
    }

    func moment(_ key: Key) throws -> Moment {
        guard let text = try? decode(String.self, forKey: key), let moment = Moment(text) else {
            throw EventFault(at: codingPath + [key], expected: Moment.expectation)
        }
        return moment
    }

    func optionalMoment(_ key: Key) throws -> Moment? { has(key) ? try moment(key) : nil }

    /// One of the words of an enumeration.
    func choice<Choice>(_ key: Key, as type: Choice.Type) throws -> Choice
    where Choice: RawRepresentable & CaseIterable, Choice.RawValue == String {
        guard let text = try? decode(String.self, forKey: key), let choice = Choice(rawValue: text) else {
            let words = Choice.allCases.map(\.rawValue).joined(separator: ", ")
            throw EventFault(at: codingPath + [key], expected: "one of \(words)")
        }
        return choice
    }

    func object<Value: Decodable>(_ key: Key, as type: Value.Type) throws -> Value {
        do {
            return try decode(type, forKey: key)
        } catch is DecodingError {
            throw EventFault(at: codingPath + [key], expected: "an object")
        }
    }

    func list<Element: Decodable>(_ key: Key, of type: Element.Type, _ counts: ClosedRange<Int>) throws -> [Element] {
        let fault = EventFault(
            at: codingPath + [key], expected: "an array of \(counts.lowerBound) to \(counts.upperBound) objects")
        guard var rest = try? nestedUnkeyedContainer(forKey: key), counts.contains(rest.count ?? 0) else { throw fault }
        var elements: [Element] = []
        while !rest.isAtEnd {
            let path = rest.codingPath + [Place(rest.currentIndex)]
            do {
                elements.append(try rest.decode(type))
            } catch is DecodingError {
                throw EventFault(at: path, expected: "an object")
            }
        }
        return elements
    }

    /// Whether there is anything but `null`.
    func has(_ key: Key) -> Bool { ((try? decodeNil(forKey: key)) ?? true) == false }
}

/// A place in an array.
private struct Place: CodingKey {
    let intValue: Int?
    let stringValue: String

    init(_ index: Int) {
        intValue = index
        stringValue = String(index)
    }

    init?(intValue: Int) { self.init(intValue) }
    init?(stringValue: String) { return nil }
}
