import Logging
import Postgres

extension JobQueue {
    /// One statement renews all leases that this process works under.
    func renew(node: Int32) async throws {
        let tokens = held.all
        guard !tokens.isEmpty else { return }
        _ = try await pool.query(
            """
            UPDATE \(unsafe: schema).job SET lease_until = clock_timestamp() + make_interval(secs => \(times.lease.seconds))
            WHERE node_id = \(node) AND state = 'x' AND lease_token = ANY(\(tokens))
            """, slot: .reserved)
    }

    /// Becomes or stays leader, judged by the database's clock.
    func lead(node: Int32) async throws -> Bool {
        let rows = try await pool.query(
            """
            INSERT INTO \(unsafe: schema).leader AS l (name, node_id, expires_at)
            VALUES ('queue', \(node), clock_timestamp() + make_interval(secs => \(times.leaderTerm.seconds)))
            ON CONFLICT (name) DO UPDATE SET node_id = excluded.node_id, expires_at = excluded.expires_at,
                term = CASE WHEN l.node_id = excluded.node_id THEN l.term ELSE l.term + 1 END
            WHERE l.expires_at < clock_timestamp() OR l.node_id = excluded.node_id RETURNING term
            """, slot: .reserved)
        return !rows.isEmpty
    }

    /// Makes due jobs ready, a bounded number at a time; gives back the queues that got some.
    func promote() async throws -> Set<String> {
        let rows = try await pool.query(
            """
            WITH due AS MATERIALIZED (
                SELECT id FROM \(unsafe: schema).job WHERE state = 's' AND run_at <= clock_timestamp()
                ORDER BY run_at LIMIT 1000 FOR UPDATE SKIP LOCKED
            )
            UPDATE \(unsafe: schema).job j SET state = 'r' FROM due WHERE j.id = due.id RETURNING j.queue
            """, slot: .reserved)
        return Set(try rows.map { try $0.decode(String.self) })
    }
}
