import Postgres

/// This process among those that work on the same database.
package struct Node: Sendable {
    package var id: Int32
    package var name: String

    /// Makes the node known under its name and takes back every lease of its earlier life.
    ///
    /// Whoever calls this must know that life to be over: the lock on the data directory, where the name is kept,
    /// proves it.
    package static func start(name: String, queue: JobQueue) async throws -> Node {
        let rows = try await queue.pool.query(
            """
            INSERT INTO \(unsafe: queue.schema).node (name) VALUES (\(name))
            ON CONFLICT (name) DO UPDATE SET started_at = clock_timestamp() RETURNING id
            """)
        guard let row = rows.first else { throw PostgresError(.statement, "the node could not be registered") }
        let node = Node(id: try row.decode(Int32.self), name: name)
        try await queue.takeBack(node: node.id, reason: "its process ended during the work")
        return node
    }
}
