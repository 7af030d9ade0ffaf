/// Work inside one transaction.
package struct Transaction: Sendable {
    private let connection: PostgresConnection

    init(_ connection: PostgresConnection) { self.connection = connection }

    package func query(_ statement: SQL) async throws -> [Row] { try await connection.query(statement) }

    /// Runs statements in one round trip; the first failure is thrown and fails the transaction.
    package func pipeline(_ statements: [SQL]) async throws -> [[Row]] {
        statements.isEmpty ? [] : try await connection.pipeline(statements)
    }

    /// Runs a script of several statements without parameters.
    ///
    /// `patience`: how long the server may take for all of it.
    func execute(script: String, patience: Duration) async throws {
        try await connection.execute(script, patience: patience)
    }

    /// Runs the body so that its failure undoes its own statements alone; may be nested.
    package func savepoint<Value: Sendable>(_ body: () async throws -> Value) async throws -> Value {
        try await connection.execute("SAVEPOINT part")
        let value: Value
        do {
            value = try await body()
        } catch {
            // Released as well, or a savepoint around this one would be hidden by it. A connection on which this fails
            // cannot commit either.
            try? await connection.execute("ROLLBACK TO SAVEPOINT part; RELEASE SAVEPOINT part")
            throw error
        }
        try await connection.execute("RELEASE SAVEPOINT part")
        return value
    }
}
