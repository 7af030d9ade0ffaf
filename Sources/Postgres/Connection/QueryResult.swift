import CPostgres

/// Owns one result of libpq.
struct QueryResult: ~Copyable {
    private let pointer: OpaquePointer

    init(_ pointer: OpaquePointer) { self.pointer = pointer }

    deinit { PQclear(pointer) }

    /// Whether it is the end of a pipeline.
    var isSync: Bool { PQresultStatus(pointer) == PGRES_PIPELINE_SYNC }

    /// What the server did, such as `COMMIT`.
    var command: String { String(cString: PQcmdStatus(pointer)) }

    /// Why the statement failed; `nil` when it did not.
    func failure(of statement: String) -> PostgresError? {
        switch PQresultStatus(pointer) {
        case PGRES_TUPLES_OK, PGRES_COMMAND_OK, PGRES_PIPELINE_SYNC, PGRES_EMPTY_QUERY: return nil
        case PGRES_PIPELINE_ABORTED:
            return PostgresError(.statement, "a statement before it in the pipeline failed", statement: statement)
        default:
            let state = field("C")
            // 57P01 and its kin arrive as an answer, yet the connection goes with them.
            let isLast = field("V").map { $0 == "FATAL" || $0 == "PANIC" } ?? true
            return PostgresError(
                isLast ? .connectionLost : .statement,
                Self.withoutValue(message, sqlState: state), sqlState: state, constraint: field("n"),
                statement: statement)
        }
    }

    private var message: String {
        field("M")
            ?? String(cString: PQresultErrorMessage(pointer)).split(separator: "\n").joined(separator: "; ")
    }

    /// Field of an error by its letter in the protocol (PG_DIAG_…).
    private func field(_ letter: Unicode.Scalar) -> String? {
        PQresultErrorField(pointer, Int32(letter.value)).map { String(cString: $0) }
    }

    /// Data exceptions (class 22) quote the value behind a colon: `invalid input syntax for type date: "…"`.
    private static func withoutValue(_ message: String, sqlState: String?) -> String {
        guard let sqlState, sqlState.hasPrefix("22"), let colon = message.firstRange(of: ": \"") else { return message }
        return String(message[..<colon.lowerBound])
    }

    /// A copy of all rows.
    var rows: ResultRows {
        let rowCount = PQntuples(pointer)
        let columnCount = PQnfields(pointer)
        let columns = (0..<columnCount).map { String(cString: PQfname(pointer, $0)) }
        var octets: [UInt8] = []
        var cells: [Range<Int>?] = []
        cells.reserveCapacity(Int(rowCount) * Int(columnCount))
        for row in 0..<rowCount {
            for column in 0..<columnCount {
                guard PQgetisnull(pointer, row, column) == 0, let value = PQgetvalue(pointer, row, column) else {
                    cells.append(nil)
                    continue
                }
                let start = octets.count
                octets.append(
                    contentsOf: UnsafeRawBufferPointer(start: value, count: Int(PQgetlength(pointer, row, column))))
                cells.append(start..<octets.count)
            }
        }
        return ResultRows(columns: columns, octets: octets, cells: cells, count: Int(rowCount))
    }
}
