import Logging
import Postgres

/// This process among those that work on the same database.
package struct Node: Sendable {
    package var id: Int32
    package var name: String

    /// Makes the node known under its name and takes back at once, without back-off, every lease of its earlier life.
    ///
    /// Whoever calls this must know that life to be over: the lock on the data directory, where the name is kept,
    /// proves it.
    package static func start(name: String, queue: JobQueue) async throws -> Node {
        let rows = try await queue.pool.query(
            """
            WITH this AS (
                INSERT INTO \(unsafe: queue.schema).node (name) VALUES (\(name))
                ON CONFLICT (name) DO UPDATE SET started_at = clock_timestamp() RETURNING id
            ), back AS (
                UPDATE \(unsafe: queue.schema).job j SET state = 'r', lease_token = NULL, node_id = NULL
                FROM this WHERE j.node_id = this.id AND j.state = 'x' RETURNING j.id
            )
            SELECT this.id, (SELECT count(*) FROM back) FROM this
            """)
        guard let row = rows.first else { throw PostgresError(.statement, "the node could not be registered") }
        let (id, taken) = try row.decode(Int32.self, Int64.self)
        if taken > 0 { queue.logger.notice("leases taken back", metadata: ["count": "\(taken)"]) }
        return Node(id: id, name: name)
    }
}
