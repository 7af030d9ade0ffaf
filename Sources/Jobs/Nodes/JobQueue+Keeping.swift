import Postgres

extension JobQueue {
    /// One statement renews all leases that this process works under, in the slot of the pool that is kept for it.
    ///
    /// Those that a transaction of ours is just finishing are locked; nobody else can take them, and waiting for them
    /// would cost the others their lease.
    func renew(node: Int32) async throws {
        let tokens = held.all
        guard !tokens.isEmpty else { return }
        _ = try await pool.query(
            """
            WITH held AS MATERIALIZED (
                SELECT id FROM \(unsafe: schema).job
                WHERE node_id = \(node) AND state = 'x' AND lease_token = ANY(\(tokens)) FOR UPDATE SKIP LOCKED
            )
            UPDATE \(unsafe: schema).job j
            SET lease_until = clock_timestamp() + make_interval(secs => \(times.lease.seconds))
            FROM held WHERE j.id = held.id
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
            """)
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
            """)
        return Set(try rows.map { try $0.decode(String.self) })
    }

    /// Vacuums the table of jobs under churn: autovacuum looks once a minute, and the ready index is slow by then.
    func vacuum() async throws {
        let isDue = try await pool.query(
            "SELECT FROM pg_stat_user_tables WHERE relid = \(schema + ".job")::regclass AND n_dead_tup > 50000")
        guard !isDue.isEmpty else { return }
        // Not truncated: that would lock out the workers.
        _ = try await pool.query("VACUUM (SKIP_LOCKED, TRUNCATE false) \(unsafe: schema).job")
    }
}
