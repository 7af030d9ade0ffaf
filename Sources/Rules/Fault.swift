/// A fault in a rule file: where, and what is expected there.
package struct Fault: Error, Hashable, Sendable, CustomStringConvertible {
    package var file: String
    /// From 1; 0 when the fault is not at one place.
    package var line: Int
    package var column: Int
    package var message: String

    package var description: String {
        line > 0 ? "\(file):\(line):\(column): \(message)" : "\(file): \(message)"
    }
}

/// All faults of a rule set; nothing of it is used.
package struct RuleFaults: Error, Hashable, Sendable, CustomStringConvertible {
    package var faults: [Fault]

    package var description: String { faults.map(\.description).joined(separator: "\n") }
}
