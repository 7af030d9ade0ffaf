package import Postgres

/// Keys that all daemons on one database share, made when they are first asked for.
package enum SharedKeys {
    /// The key of a purpose; `fresh` becomes it where there is none yet.
    package static func key(_ purpose: String, fresh: [UInt8], in pool: PostgresPool) async throws -> [UInt8] {
        _ = try await pool.query(
            "INSERT INTO brevdue.shared_key (name, octets) VALUES (\(purpose), \(fresh)) ON CONFLICT DO NOTHING")
        let rows = try await pool.query("SELECT octets FROM brevdue.shared_key WHERE name = \(purpose)")
        return try rows.first?.decode([UInt8].self) ?? fresh
    }
}
