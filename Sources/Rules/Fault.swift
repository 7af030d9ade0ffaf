/// A fault in a rule file: where, and what is expected there.
package struct Fault: Error, Hashable, Sendable, CustomStringConvertible {
    package var file: String
    /// From 1; 0 when the fault is not at one place.
    package var line: Int
    package var column: Int
    package var message: String

    package init(file: String, line: Int, column: Int, message: String) {
        self.file = file
        self.line = line
        self.column = column
        self.message = message
    }

    package var description: String {
        line > 0 ? "\(file):\(line):\(column): \(message)" : "\(file): \(message)"
    }
}

/// All faults of a rule set; nothing of it is used.
package struct RuleFaults: Error, Hashable, Sendable, CustomStringConvertible {
    package var faults: [Fault]

    package init(faults: [Fault]) { self.faults = faults }

    package var description: String { faults.map(\.description).joined(separator: "\n") }
}
