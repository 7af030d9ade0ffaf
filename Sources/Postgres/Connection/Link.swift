import CPostgres

/// Owns one libpq connection and its results.
///
/// Used by one thread at a time (libpq: "threading").
struct Link: ~Copyable {
    let pointer: OpaquePointer

    /// Connects and blocks until done.
    ///
    /// Throws `unavailable` with the server's words.
    init(conninfo: String) throws(PostgresError) {
        pointer = try Self.connect(conninfo)
        // Notices go to nobody; what matters comes as an error.
        PQsetNoticeReceiver(pointer, { _, _ in }, nil)
    }

    deinit { PQfinish(pointer) }

    private static func connect(_ conninfo: String) throws(PostgresError) -> OpaquePointer {
        guard let pointer = PQconnectdb(conninfo) else { throw PostgresError(.unavailable, "out of memory") }
        guard PQstatus(pointer) == CONNECTION_OK else {
            defer { PQfinish(pointer) }
            throw PostgresError(.unavailable, message(pointer))
        }
        return pointer
    }

    var isBroken: Bool { PQstatus(pointer) != CONNECTION_OK }
    var isInTransaction: Bool { PQtransactionStatus(pointer) != PQTRANS_IDLE }

    /// Runs text without parameters and result, such as BEGIN.
    func execute(_ text: String) throws(PostgresError) {
        _ = try take(PQexec(pointer, text))
    }

    /// Gives the statement a name on the server.
    func prepare(_ text: String, name: String, types: [UInt32]) throws(PostgresError) {
        _ = try take(PQprepare(pointer, name, text, Int32(types.count), types))
    }

    func execute(_ text: String, preparedAs name: String?, _ parameters: ParameterBuffer) throws(PostgresError)
        -> ResultRows
    {
        try take(
            parameters.withPointers { values, lengths, formats in
                if let name {
                    PQexecPrepared(pointer, name, Int32(parameters.count), values, lengths, formats, 1)
                } else {
                    PQexecParams(pointer, text, Int32(parameters.count), parameters.types, values, lengths, formats, 1)
                }
            })
    }

    /// Sends a statement without waiting; in pipeline mode.
    func send(_ text: String, preparedAs name: String?, _ parameters: ParameterBuffer) throws(PostgresError) {
        let sent = parameters.withPointers { values, lengths, formats in
            if let name {
                PQsendQueryPrepared(pointer, name, Int32(parameters.count), values, lengths, formats, 1)
            } else {
                PQsendQueryParams(pointer, text, Int32(parameters.count), parameters.types, values, lengths, formats, 1)
            }
        }
        if sent == 0 { throw PostgresError(.connectionLost, Self.message(pointer)) }
    }

    func enterPipeline() { PQenterPipelineMode(pointer) }
    func exitPipeline() { PQexitPipelineMode(pointer) }
    func sync() { PQpipelineSync(pointer) }

    /// The next result of a pipeline; `nil` between statements.
    func nextResult() -> OpaquePointer? { PQgetResult(pointer) }

    /// Copies a result out and frees it; turns its failure into an error.
    func take(_ result: OpaquePointer?) throws(PostgresError) -> ResultRows {
        guard let result else { throw PostgresError(.connectionLost, Self.message(pointer)) }
        defer { PQclear(result) }
        switch PQresultStatus(result) {
        case PGRES_TUPLES_OK, PGRES_COMMAND_OK, PGRES_PIPELINE_SYNC, PGRES_EMPTY_QUERY: return Self.rows(of: result)
        case PGRES_PIPELINE_ABORTED: throw PostgresError(.statement, "a statement before it in the pipeline failed")
        default: throw failure(of: result)
        }
    }

    private func failure(of result: OpaquePointer) -> PostgresError {
        func field(_ code: Character) -> String? {
            code.asciiValue.flatMap { PQresultErrorField(result, Int32($0)) }.map { String(cString: $0) }
        }
        let primary = field("M") ?? Self.message(pointer)
        // 57P01 and its kin arrive as an answer, yet the connection is gone with them.
        guard let state = field("C"), !isBroken else { return PostgresError(.connectionLost, primary) }
        return PostgresError(.statement, primary, sqlState: state, constraint: field("n"))
    }

    private static func message(_ pointer: OpaquePointer) -> String {
        let text = String(cString: PQerrorMessage(pointer))
        return text.split(separator: "\n").joined(separator: "; ")
    }

    private static func rows(of result: OpaquePointer) -> ResultRows {
        let rowCount = PQntuples(result)
        let columnCount = PQnfields(result)
        let columns = (0..<columnCount).map { String(cString: PQfname(result, $0)) }
        var octets: [UInt8] = []
        var cells: [Range<Int>?] = []
        cells.reserveCapacity(Int(rowCount * columnCount))
        for row in 0..<rowCount {
            for column in 0..<columnCount {
                guard PQgetisnull(result, row, column) == 0, let value = PQgetvalue(result, row, column) else {
                    cells.append(nil)
                    continue
                }
                let start = octets.count
                octets.append(
                    contentsOf: UnsafeRawBufferPointer(start: value, count: Int(PQgetlength(result, row, column))))
                cells.append(start..<octets.count)
            }
        }
        return ResultRows(columns: columns, octets: octets, cells: cells, count: Int(rowCount))
    }
}

extension ParameterBuffer {
    /// Lends the values in the form of libpq; the pointers hold for the time of the call.
    fileprivate func withPointers<Value>(
        _ body: (UnsafePointer<UnsafePointer<CChar>?>?, UnsafePointer<Int32>?, UnsafePointer<Int32>?) -> Value
    ) -> Value {
        octets.withUnsafeBytes { buffer in
            // An empty value still needs an address: a null pointer would mean NULL.
            let base = buffer.baseAddress ?? UnsafeRawPointer(bitPattern: 1)
            let values = ranges.map { range in
                range.flatMap { base?.advanced(by: $0.lowerBound).assumingMemoryBound(to: CChar.self) }
            }
            let lengths = ranges.map { Int32(truncatingIfNeeded: $0?.count ?? 0) }
            return body(values, lengths, [Int32](repeating: 1, count: count))
        }
    }
}
