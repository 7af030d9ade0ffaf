/// All rows of a result: one buffer, so that the C library's copy is freed at once.
final class ResultRows: Sendable {
    let columns: [String]
    let octets: [UInt8]
    /// Where each value stands, row by row; `nil` is NULL.
    let cells: [Range<Int>?]
    /// A result may have rows without a column.
    let count: Int

    init(columns: [String], octets: [UInt8], cells: [Range<Int>?], count: Int) {
        self.columns = columns
        self.octets = octets
        self.cells = cells
        self.count = count
    }

    var all: [Row] { (0..<count).map { Row(self, index: $0) } }
}

/// One row of a result.
package struct Row: Sendable {
    private let rows: ResultRows
    private let start: Int

    init(_ rows: ResultRows, index: Int) {
        self.rows = rows
        start = index * rows.columns.count
    }

    /// The first column.
    package func decode<Value: PostgresDecodable>(_ type: Value.Type) throws -> Value {
        try decode(type, column: 0)
    }

    /// The columns from the left on, each as the type asked for.
    package func decode<each Value: PostgresDecodable>(
        _ types: repeat (each Value).Type
    ) throws -> (repeat each Value) {
        var column = 0
        func next<Next: PostgresDecodable>(_ type: Next.Type) throws -> Next {
            defer { column += 1 }
            return try decode(type, column: column)
        }
        return (repeat try next(each types))
    }

    private func decode<Value: PostgresDecodable>(_ type: Value.Type, column: Int) throws -> Value {
        guard column < rows.columns.count else {
            throw PostgresError(.decoding, "column \(column + 1) of \(rows.columns.count) was asked for")
        }
        do {
            return try Value(octets: rows.cells[start + column].map { rows.octets[$0] })
        } catch {
            throw PostgresError(.decoding, "column \(rows.columns[column]) is no \(type): \(error)")
        }
    }
}
