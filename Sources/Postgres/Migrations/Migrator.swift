package import Logging

/// One step of the schema: plain SQL, applied once, never changed afterwards.
package struct Migration: Sendable {
    /// Unique; the order of the list counts, not the name.
    package var name: String
    package var sql: String

    package init(name: String, sql: String) {
        self.name = name
        self.sql = sql
    }

    /// A first line `-- breaking` keeps older daemons, which do not know the step, from starting.
    var isBreaking: Bool { sql.hasPrefix("-- breaking") }
}

/// Why the schema cannot be brought up to date.
package enum MigrationError: Error, Hashable, Sendable, CustomStringConvertible {
    case changed(name: String)
    case newerSchema(name: String)
    case locked(by: String)

    package var description: String {
        switch self {
        case .changed(let name):
            "migration \(name) differs from the one that was applied: a migration is never changed, add a new one"
        case .newerSchema(let name):
            "the database was migrated by a newer brevdue (\(name)) that this one cannot work with: install that version"
        case .locked(let holder):
            "node \(holder) is migrating and has not finished: try again, or see its log"
        }
    }
}

/// Brings a schema forward, one node at a time.
package struct Migrator: Sendable {
    private let schema: String
    private let node: String
    private let pool: PostgresPool
    private let logger: Logger

    /// `schema`: a plain identifier of ours; it is made when missing.
    package init(schema: String, node: String, pool: PostgresPool, logger: Logger) {
        self.schema = schema
        self.node = node
        self.pool = pool
        self.logger = logger
    }

    /// Applies what is missing, each step in a transaction of its own; gives back the names of those applied.
    package func run(_ migrations: [Migration]) async throws -> [String] {
        try await prepare()
        try await lock()
        var applied: [String] = []
        do {
            let missing = try await missing(of: migrations)
            for migration in missing {
                try await apply(migration)
                applied.append(migration.name)
                logger.info("schema migrated", metadata: ["migration": "\(migration.name)"])
            }
        } catch {
            try? await unlock()
            throw error
        }
        try await unlock()
        return applied
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

    private func prepare() async throws {
        // Two nodes that begin at the same moment may both try to make these; the loser finds them made.
        for attempt in 0... {
            do {
                _ = try await pool.transaction { transaction in
                    _ = try await transaction.query("CREATE SCHEMA IF NOT EXISTS \(unsafe: schema)")
                    _ = try await transaction.query(
                        """
                        CREATE TABLE IF NOT EXISTS \(unsafe: schema).schema_migration (
                            name text PRIMARY KEY, checksum bytea NOT NULL, breaking boolean NOT NULL,
                            applied_at timestamptz NOT NULL DEFAULT clock_timestamp(), applied_by text NOT NULL)
                        """)
                    _ = try await transaction.query(
                        """
                        CREATE TABLE IF NOT EXISTS \(unsafe: schema).migration_lock (
                            only_one boolean PRIMARY KEY DEFAULT true CHECK (only_one),
                            node text NOT NULL, expires_at timestamptz NOT NULL)
                        """)
                }
                return
            } catch let error as PostgresError
                where attempt < 5 && ["23505", "42P06", "42P07"].contains(error.sqlState)
            {
                continue
            }
        }
    }

    /// Takes the lock row, judged by the database's clock, waiting at most a minute for another node.
    private func lock() async throws {
        var holder = "unknown"
        for _ in 0..<300 {
            let rows = try await pool.query(
                """
                INSERT INTO \(unsafe: schema).migration_lock AS l (node, expires_at)
                VALUES (\(node), clock_timestamp() + interval '1 hour')
                ON CONFLICT (only_one) DO UPDATE SET node = excluded.node, expires_at = excluded.expires_at
                WHERE l.expires_at < clock_timestamp() OR l.node = excluded.node RETURNING node
                """)
            if !rows.isEmpty { return }
            let held = try await pool.query("SELECT node FROM \(unsafe: schema).migration_lock")
            holder = try held.first?.decode(String.self) ?? holder
            try await Task.sleep(for: .milliseconds(200))
        }
        throw MigrationError.locked(by: holder)
    }

    private func unlock() async throws {
        _ = try await pool.query("DELETE FROM \(unsafe: schema).migration_lock WHERE node = \(node)")
    }

    /// The version row comes first: a second node that got this far fails on it and changes nothing.
    private func apply(_ migration: Migration) async throws {
        try await pool.transaction { transaction in
            _ = try await transaction.query("SELECT set_config('statement_timeout', '1h', true)")
            _ = try await transaction.query(
                """
                INSERT INTO \(unsafe: schema).schema_migration (name, checksum, breaking, applied_by)
                VALUES (\(migration.name), sha256(convert_to(\(migration.sql), 'UTF8')), \(migration.isBreaking), \(node))
                """)
            try await transaction.execute(script: migration.sql)
        }
    }
}
