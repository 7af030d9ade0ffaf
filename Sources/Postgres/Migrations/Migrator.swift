package import Logging

/// Brings a schema forward, one node at a time.
///
/// A node that dies in the middle holds the others up for a few seconds only: the lock is a lease that is renewed while
/// the node lives. Should two nodes migrate at once all the same, each step is applied by one of them, since its
/// version row can be inserted only once.
package struct Migrator: Sendable {
    private let schema: String
    private let pool: PostgresPool
    private let lock: MigrationLock
    private let node: String
    private let logger: Logger

    /// `schema`: a plain identifier of ours; it is made when missing.
    package init(schema: String, node: String, pool: PostgresPool, logger: Logger) {
        self.schema = schema
        self.node = node
        self.pool = pool
        self.logger = logger
        lock = MigrationLock(schema: schema, node: node, pool: pool)
    }

    /// Applies what is missing, each step in a transaction of its own; gives back the names of those applied.
    package func run(_ migrations: [Migration]) async throws -> [String] {
        try await prepare()
        if try await missing(of: migrations).isEmpty { return [] }
        return try await lock.held {
            var applied: [String] = []
            for migration in try await missing(of: migrations) where try await apply(migration) {
                applied.append(migration.name)
                logger.info("schema migrated", metadata: ["migration": "\(migration.name)"])
            }
            return applied
        }
    }

    /// The steps that were not applied yet.
    ///
    /// Throws when the database knows better than this list.
    package func missing(of migrations: [Migration]) async throws -> [Migration] {
        let rows = try await pool.query(
            """
            SELECT m.name, m.breaking, m.checksum = sha256(convert_to(known.sql, 'UTF8'))
            FROM \(unsafe: schema).schema_migration m
            LEFT JOIN unnest(\(migrations.map(\.name)), \(migrations.map(\.sql))) AS known (name, sql) USING (name)
            ORDER BY m.applied_at
            """)
        var applied: Set<String> = []
        for row in rows {
            let (name, isBreaking, isSame) = try row.decode(String.self, Bool.self, Bool?.self)
            if isSame == false { throw MigrationError.changed(name: name) }
            if isSame == nil && isBreaking { throw MigrationError.newerSchema(name: name) }
            applied.insert(name)
        }
        return migrations.filter { !applied.contains($0.name) }
    }

    /// Makes the tables of the migrator.
    private func prepare() async throws {
        let lockTable = "\(schema).migration_lock"
        // Looked for first: even "IF NOT EXISTS" asks for the right to make things.
        let rows = try await pool.query("SELECT to_regclass(\(lockTable)) IS NOT NULL")
        if try rows.first?.decode(Bool.self) ?? false { return }
        for attempt in 0... {
            do {
                return try await makeTables()
            } catch let error as PostgresError
                where attempt < 5 && ["23505", "42P06", "42P07"].contains(error.sqlState)
            {
                // Of two nodes that begin at the same moment the loser finds them made.
                continue
            }
        }
    }

    private func makeTables() async throws {
        try await pool.transaction { transaction in
            _ = try await transaction.query("CREATE SCHEMA IF NOT EXISTS \(unsafe: schema)")
            _ = try await transaction.query(
                """
                CREATE TABLE IF NOT EXISTS \(unsafe: schema).schema_migration (
                    name text PRIMARY KEY, checksum bytea NOT NULL, breaking boolean NOT NULL,
                    applied_at timestamptz NOT NULL DEFAULT clock_timestamp(), applied_by text NOT NULL)
                """)
            // The last one, since it is looked for.
            _ = try await transaction.query(
                """
                CREATE TABLE IF NOT EXISTS \(unsafe: schema).migration_lock (
                    only_one boolean PRIMARY KEY DEFAULT true CHECK (only_one),
                    node text NOT NULL, expires_at timestamptz NOT NULL)
                """)
        }
    }

    /// Whether the step was applied here; not so when another node was first.
    private func apply(_ migration: Migration) async throws -> Bool {
        try await pool.transaction { transaction in
            // A step that waits for a lock holds up everybody who comes behind it: rather a short wait, more often.
            _ = try await transaction.query(
                "SELECT set_config('statement_timeout', '1h', true), set_config('lock_timeout', '3s', true)")
            // The version row comes first: a second node that got this far waits here, and finds it taken.
            let version = try await transaction.query(
                """
                INSERT INTO \(unsafe: schema).schema_migration (name, checksum, breaking, applied_by)
                VALUES (\(migration.name), sha256(convert_to(\(migration.sql), 'UTF8')), \(migration.isBreaking), \(node))
                ON CONFLICT (name) DO NOTHING RETURNING name
                """)
            if version.isEmpty { return false }
            try await transaction.execute(script: migration.sql, patience: .seconds(3600 + 60))
            return true
        }
    }
}
