import CPostgres

extension Link {
    /// Runs text without parameters, such as BEGIN, or several statements behind one another.
    ///
    /// Gives back what the server did last.
    @discardableResult
    func execute(_ text: String, patience: Duration?) throws(PostgresError) -> String {
        let deadline = Deadline(after: patience)
        try checkAlive()
        guard PQsendQuery(pointer, text) == 1 else { throw lost }
        try flush(until: deadline)
        var failure: PostgresError?
        var command = ""
        while let result = try nextResult(until: deadline) {
            failure = failure ?? result.failure(of: text)
            command = result.command
        }
        if let failure { throw failure }
        return command
    }

    /// Runs one statement.
    func execute(_ statement: BoundStatement, patience: Duration?) throws(PostgresError) -> ResultRows {
        let deadline = Deadline(after: patience)
        try checkAlive()
        try send(statement)
        try flush(until: deadline)
        return try answer(to: statement.text, until: deadline)
    }

    /// Tells the server a statement's name.
    func prepare(_ statement: BoundStatement, patience: Duration?) throws(PostgresError) {
        let deadline = Deadline(after: patience)
        try checkAlive()
        try sendPrepare(statement)
        try flush(until: deadline)
        _ = try answer(to: statement.text, until: deadline)
    }

    /// Runs statements in one round trip; every one may take as long as the server allows a statement.
    func pipeline(_ statements: [BoundStatement], patience: Duration?) throws(PostgresError) -> [ResultRows] {
        try checkAlive()
        guard PQenterPipelineMode(pointer) == 1 else { throw lost }
        defer { PQexitPipelineMode(pointer) }
        for statement in statements {
            if statement.isNew { try sendPrepare(statement) }
            try send(statement)
        }
        guard PQpipelineSync(pointer) == 1 else { throw lost }
        try flush(until: Deadline(after: patience))
        return try answers(to: statements, patience: patience)
    }

    private func answers(
        to statements: [BoundStatement], patience: Duration?
    ) throws(PostgresError) -> [ResultRows] {
        var all: [ResultRows] = []
        var failure: PostgresError?
        for (index, statement) in statements.enumerated() {
            // One that is new is answered for twice, also where it is not carried out: what is left unread would be taken
            // for the answer to something else.
            for isLast in statement.isNew ? [false, true] : [true] {
                do {
                    let rows = try answer(to: statement.text, until: Deadline(after: patience))
                    if isLast { all.append(rows) }
                } catch {
                    if error.code == .connectionLost { throw failure ?? error }
                    failure = failure ?? error.inPipeline(index + 1, of: statements.count)
                }
            }
        }
        let failedCommit = try sync(until: Deadline(after: patience))
        if let failure = failure ?? failedCommit { throw failure }
        return all
    }

    /// Reads up to the answer to the sync; before it stands why the statements could not be committed.
    private func sync(until deadline: Deadline) throws(PostgresError) -> PostgresError? {
        var failure: PostgresError?
        // An error is followed by the end of its results.
        for _ in 0..<4 {
            guard let result = try nextResult(until: deadline) else { continue }
            if result.isSync { return failure }
            failure = failure ?? result.failure(of: "COMMIT")
            if failure?.code == .connectionLost { return failure }
        }
        throw failure ?? lost
    }

    private func send(_ statement: BoundStatement) throws(PostgresError) {
        let parameters = statement.parameters
        try parameters.checkSize(of: statement.text)
        let isSent = parameters.withPointers { values, lengths, formats in
            if let name = statement.name {
                PQsendQueryPrepared(pointer, name, Int32(parameters.count), values, lengths, formats, 1)
            } else {
                PQsendQueryParams(
                    pointer, statement.text, Int32(parameters.count), parameters.types, values, lengths, formats, 1)
            }
        }
        guard isSent == 1 else { throw lost }
    }

    private func sendPrepare(_ statement: BoundStatement) throws(PostgresError) {
        let types = statement.parameters.types
        try statement.parameters.checkSize(of: statement.text)
        guard PQsendPrepare(pointer, statement.name, statement.text, Int32(types.count), types) == 1 else { throw lost }
    }

    /// Reads all that is answered to one message.
    ///
    /// An error may stand behind the rows: outside a transaction the server commits after it has answered, and a commit
    /// fails when the disk is full.
    private func answer(to text: String, until deadline: Deadline) throws(PostgresError) -> ResultRows {
        guard let result = try nextResult(until: deadline) else { throw lost }
        var failure = result.failure(of: text)
        let rows = result.rows
        while let more = try nextResult(until: deadline) { failure = failure ?? more.failure(of: text) }
        if let failure { throw failure }
        return rows
    }
}

extension ParameterBuffer {
    /// What the protocol counts with 16 and 31 bits, refused before it is sent.
    fileprivate func checkSize(of text: String) throws(PostgresError) {
        guard count <= Int(UInt16.max), octets.count < 1 << 30 else {
            throw PostgresError(
                .statement, "\(count) parameters of \(octets.count) octets are more than the server takes",
                sqlState: "54000", statement: text)
        }
    }

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
