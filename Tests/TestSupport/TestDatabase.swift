package import Postgres

/// A database of a test's own in the shared cluster, gone after it.
package struct TestDatabase: Sendable {
    /// How daemons reach it.
    package let url: String
    package let pool: PostgresPool

    package static func with<Value>(_ body: (TestDatabase) async throws -> Value) async throws -> Value {
        let server = try await TestCluster.shared.pool()
        defer { server.close() }
        let name = TestCluster.freshSchema()
        _ = try await server.query("CREATE DATABASE \(unsafe: name)")
        let url = try await TestCluster.shared.conninfo().replacing("dbname=postgres", with: "dbname=\(name)")
        let pool = PostgresPool(PostgresConfiguration(url: url), logger: TestCluster.logger)
        do {
            let value = try await body(TestDatabase(url: url, pool: pool))
            pool.close()
            _ = try await server.query("DROP DATABASE \(unsafe: name) WITH (FORCE)")
            return value
        } catch {
            pool.close()
            _ = try? await server.query("DROP DATABASE \(unsafe: name) WITH (FORCE)")
            throw error
        }
    }
}
