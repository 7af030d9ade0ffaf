import Yams

/// Where something stands in a file.
package struct Place: Hashable, Sendable, CustomStringConvertible {
    package var file: String
    package var line: Int
    package var column: Int

    package var description: String { "\(file):\(line):\(column)" }

    init(_ node: Node, in file: String) {
        self.file = file
        line = node.mark?.line ?? 0
        column = node.mark?.column ?? 0
    }
}

/// A value and where it stands, so that whoever reads of it finds it.
package struct Placed<Value: Hashable & Sendable>: Hashable, Sendable {
    package var value: Value
    package var place: Place
}

extension Fields {
    func place(of node: Node) -> Place { Place(node, in: faults.file) }

    /// What a way of reading a key gives, and where it stands.
    mutating func placed<Value>(_ key: String, _ read: (inout Fields, String) -> Value?) -> Placed<Value>? {
        guard let node = value(key), let value = read(&self, key) else { return nil }
        return Placed(value: value, place: place(of: node))
    }

    /// The texts of a list, each at its place; one text alone is a list of one.
    mutating func placedTexts(_ key: String) -> [Placed<String>] { placedItems(key) { _, _, _ in } }

    mutating func placedItems(_ key: String, _ check: (String, Node, FaultList) -> Void) -> [Placed<String>] {
        guard let node = value(key) else { return [] }
        let nodes = node.scalar != nil ? [node] : list(key)
        return nodes.compactMap { item in
            guard let text = item.scalar?.string, !text.isEmpty else {
                faults.add("\(key): expected a text", at: item)
                return nil
            }
            check(text, item, faults)
            return Placed(value: text, place: place(of: item))
        }
    }

    /// A list that says all there may be when it is empty: `nil` where the key is not there.
    mutating func placedList<Item>(
        _ key: String, _ read: (inout Fields, String) -> [Item]
    ) -> Placed<[Item]>? {
        value(key).map { Placed(value: read(&self, key), place: place(of: $0)) }
    }
}
