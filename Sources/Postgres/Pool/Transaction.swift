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
    func execute(script: String) async throws { try await connection.execute(script) }

    /// Runs the body so that its failure undoes its own statements alone.
    package func savepoint<Value: Sendable>(_ body: () async throws -> Value) async throws -> Value {
        try await connection.execute("SAVEPOINT part")
        do {
            let value = try await body()
            try await connection.execute("RELEASE SAVEPOINT part")
            return value
        } catch {
            try await connection.execute("ROLLBACK TO SAVEPOINT part")
            throw error
        }
    }
}
