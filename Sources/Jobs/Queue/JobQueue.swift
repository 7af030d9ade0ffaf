package import Logging
package import Postgres

/// The queue in PostgreSQL: work is claimed under a lease and finished in the transaction that holds its results.
package final class JobQueue: Sendable {
    /// Times of leases and polling; the defaults are for production.
    package struct Times: Sendable {
        package var lease = Duration.seconds(60)
        package var renewal = Duration.seconds(20)
        package var poll = Duration.seconds(1)
        package var leaderTerm = Duration.seconds(15)
        package var leaderRenewal = Duration.seconds(5)

        package init() {}
    }

    package let pool: PostgresPool
    package let times: Times
    let schema: String
    let logger: Logger
    let alarms = Alarms()
    let held = HeldLeases()

    /// `schema`: a plain identifier of ours.
    package init(pool: PostgresPool, schema: String = "brevdue", times: Times = Times(), logger: Logger) {
        self.pool = pool
        self.schema = schema
        self.times = times
        self.logger = logger
    }

    /// Wakes whoever works on the queue here, and hints other nodes.
    package func wake(_ queue: String) {
        alarms.ring(queue)
        alarms.ring(Alarms.hint)
    }

    // MARK: Statements for the transactions of others

    /// Queues jobs; one whose unique key waits already is left out.
    package static func insert(_ jobs: [NewJob], schema: String = "brevdue") -> SQL {
        """
        INSERT INTO \(unsafe: schema).job (queue, kind, state, priority, run_at, max_attempts, unique_key, payload)
        SELECT queue, kind, CASE WHEN run_at > clock_timestamp() THEN 's'::"char" ELSE 'r'::"char" END, priority,
            coalesce(run_at, clock_timestamp()), max_attempts, unique_key, payload::json
        FROM unnest(\(jobs.map(\.queue)), \(jobs.map(\.kind)), \(jobs.map(\.priority)), \(jobs.map(\.runAt)),
            \(jobs.map(\.maximumAttempts)), \(jobs.map(\.uniqueKey)), \(jobs.map(\.payload)))
            AS j (queue, kind, priority, run_at, max_attempts, unique_key, payload)
        ON CONFLICT (kind, unique_key) WHERE unique_key IS NOT NULL AND state IN ('s', 'r') DO NOTHING
        """
    }

    /// Queues a job for each row of a query: its payload, and its unique key or NULL.
    package static func insert(queue: String, kind: String, from query: SQL, schema: String = "brevdue") -> SQL {
        """
        INSERT INTO \(unsafe: schema).job (queue, kind, state, run_at, unique_key, payload)
        SELECT \(queue), \(kind), 'r', clock_timestamp(), unique_key, payload FROM (\(query)) AS j (payload, unique_key)
        ON CONFLICT (kind, unique_key) WHERE unique_key IS NOT NULL AND state IN ('s', 'r') DO NOTHING
        """
    }

    /// Makes jobs of a kind ready that were put off, by their unique keys.
    package static func hasten(kind: String, _ keys: [[UInt8]], schema: String = "brevdue") -> SQL {
        """
        UPDATE \(unsafe: schema).job SET state = 'r', run_at = clock_timestamp()
        WHERE kind = \(kind) AND unique_key = ANY(\(keys)) AND state = 's'
        """
    }

    /// Finishes jobs inside the transaction that holds their results; gives back those that were still ours.
    package func finish(_ jobs: [Job], in transaction: Transaction) async throws -> [Job] {
        let rows = try await transaction.query(
            """
            DELETE FROM \(unsafe: schema).job j
            USING unnest(\(jobs.map(\.id)), \(jobs.map(\.leaseToken))) AS done (id, token)
            WHERE j.id = done.id AND j.lease_token = done.token RETURNING j.id
            """)
        let ours = Set(try rows.map { try $0.decode(Int64.self) })
        return jobs.filter { ours.contains($0.id) }
    }

    // MARK: Leases

    /// Takes up to `limit` ready jobs under a lease, in the order of their priority and age.
    func claim(_ queue: String, limit: Int, node: Int32) async throws -> [Job] {
        let rows = try await pool.query(
            """
            WITH next AS MATERIALIZED (
                SELECT id FROM \(unsafe: schema).job WHERE queue = \(queue) AND state = 'r'
                ORDER BY priority, id LIMIT \(Int64(limit)) FOR UPDATE SKIP LOCKED
            )
            UPDATE \(unsafe: schema).job j SET state = 'x', attempt = j.attempt + 1, node_id = \(node),
                lease_token = nextval('\(unsafe: schema).job_lease'),
                lease_until = clock_timestamp() + make_interval(secs => \(times.lease.seconds))
            FROM next WHERE j.id = next.id
            RETURNING j.priority, j.id, j.queue, j.kind, j.attempt, j.max_attempts, j.lease_token, j.payload::text
            """)
        let jobs = try rows.map { row in
            let (priority, id, queue, kind, attempt, limit, token, payload) = try row.decode(
                Int16.self, Int64.self, String.self, String.self, Int16.self, Int16.self, Int64.self, String.self)
            return (
                priority,
                Job(
                    id: id, queue: queue, kind: kind, attempt: attempt, maximumAttempts: limit, leaseToken: token,
                    payload: payload)
            )
        }
        let ordered = jobs.sorted { ($0.0, $0.1.id) < ($1.0, $1.1.id) }.map(\.1)
        held.add(ordered)
        return ordered
    }
}

extension Duration {
    /// In seconds.
    var seconds: Double { Double(components.seconds) + Double(components.attoseconds) * 1e-18 }
}
