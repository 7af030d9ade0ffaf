/// Whether a server can hold our data; each thing missing is said with what to do.
package enum ServerCheck {
    /// Checks version, encoding, locale, pgvector and privileges.
    ///
    /// `makesRoles`: whether the migrations of a new schema make roles of the cluster.
    package static func run(on pool: PostgresPool, schema: String, makesRoles: Bool = false) async throws {
        let rows = try await pool.query(
            """
            SELECT current_setting('server_version_num')::int, current_setting('server_version'),
                current_setting('server_encoding'), lower('ÆØÅ') = 'æøå',
                EXISTS (SELECT FROM pg_available_extensions WHERE name = 'vector'),
                coalesce(
                    (SELECT has_schema_privilege(oid, 'USAGE') FROM pg_namespace WHERE nspname = \(schema)),
                    has_database_privilege(current_database(), 'CREATE')),
                current_user::text, current_database()::text, pg_is_in_recovery(),
                EXISTS (SELECT FROM pg_namespace WHERE nspname = \(schema))
                    OR EXISTS (SELECT FROM pg_roles WHERE rolname = current_user AND (rolcreaterole OR rolsuper))
            """)
        guard let row = rows.first else { return }
        let (version, versionText, encoding, foldsCase, hasVector, mayUse, user, database, isStandby, mayMakeRoles) =
            try row.decode(
                Int32.self, String.self, String.self, Bool.self, Bool.self, Bool.self, String.self, String.self,
                Bool.self, Bool.self)
        let server = Server(
            version: version, versionText: versionText, encoding: encoding, foldsCase: foldsCase, hasVector: hasVector,
            mayUse: mayUse, user: user, database: database, isStandby: isStandby,
            mayMakeRoles: mayMakeRoles || !makesRoles)
        if let refusal = server.refusal(schema: schema) { throw PostgresError(.refusedServer, refusal) }
    }

    /// What a server told of itself.
    struct Server {
        /// As `server_version_num`: 150004 is 15.4.
        var version: Int32
        var versionText: String
        var encoding: String
        var foldsCase: Bool
        var hasVector: Bool
        var mayUse: Bool
        var user: String
        var database: String
        var isStandby: Bool
        var mayMakeRoles = true

        /// Why it will not do, and what to do about it; `nil` when it will.
        func refusal(schema: String) -> String? {
            if version < 150_000 {
                return "PostgreSQL \(versionText) is too old: version 15 or later is needed"
            }
            if isStandby {
                return "the server is a standby and takes no writes: name the primary in database.url"
            }
            if encoding != "UTF8" {
                return "database \(database) is encoded in \(encoding): make one with ENCODING 'UTF8'"
            }
            if !foldsCase {
                return "lower('ÆØÅ') is not 'æøå' in database \(database): make one with a UTF-8 locale, such as "
                    + "CREATE DATABASE … TEMPLATE template0 LOCALE 'C.UTF-8'"
            }
            if !hasVector {
                return "the extension pgvector is not installed on the server: install its package "
                    + "(postgresql-\(version / 10_000)-pgvector) or enable it with the provider"
            }
            if !mayUse {
                return "user \(user) may neither use nor create schema \(schema) in database \(database): "
                    + "GRANT CREATE ON DATABASE \(database) TO \(user), or let the schema's owner grant it"
            }
            if !mayMakeRoles {
                return
                    "user \(user) may not make the roles that come with a new schema: ALTER ROLE \(user) CREATEROLE, "
                    + "which may be taken back afterwards"
            }
            return nil
        }
    }
}
