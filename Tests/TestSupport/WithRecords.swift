import Jobs
package import Postgres
package import Records

/// Runs the body on a database of its own with the whole schema, and a journal whose writers do not run yet.
///
/// `last`: the migration to stop at, for what a later one does to what is there.
package func withRecords(through last: String? = nil, _ body: (PostgresPool, Journal) async throws -> Void) async throws
{
    let name = TestCluster.freshSchema()
    let cluster = try await TestCluster.shared.conninfo()
    let owner = PostgresPool(PostgresConfiguration(url: cluster), logger: TestCluster.logger)
    defer { owner.close() }
    _ = try await owner.query("CREATE DATABASE \(unsafe: name)")
    let pool = PostgresPool(
        PostgresConfiguration(url: cluster.replacing("dbname=postgres", with: "dbname=\(name)")),
        logger: TestCluster.logger)
    do {
        let end = RecordsMigrations.all.firstIndex { $0.name == last }
        _ = try await Migrator(
            schema: RecordsMigrations.schema, node: "test", pool: pool, logger: TestCluster.logger
        ).run(Array(RecordsMigrations.all[...(end ?? RecordsMigrations.all.count - 1)]))
        let queue = JobQueue(pool: pool, logger: TestCluster.logger)
        try await body(pool, Journal(pool: pool, queue: queue, logger: TestCluster.logger))
    } catch {
        pool.close()
        _ = try? await owner.query("DROP DATABASE \(unsafe: name) WITH (FORCE)")
        throw error
    }
    pool.close()
    _ = try await owner.query("DROP DATABASE \(unsafe: name) WITH (FORCE)")
}
