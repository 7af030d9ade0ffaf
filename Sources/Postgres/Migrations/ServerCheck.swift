/// Whether a server can hold our data; each thing missing is said with what to do.
package enum ServerCheck {
    /// Checks version, encoding, locale, pgvector and privileges.
    package static func run(on pool: PostgresPool, schema: String) async throws {
        let rows = try await pool.query(
            """
            SELECT current_setting('server_version_num')::int, current_setting('server_version'),
                current_setting('server_encoding'), lower('ÆØÅ') = 'æøå',
                EXISTS (SELECT FROM pg_available_extensions WHERE name = 'vector'),
                coalesce(
                    (SELECT has_schema_privilege(oid, 'USAGE') FROM pg_namespace WHERE nspname = \(schema)),
                    has_database_privilege(current_database(), 'CREATE')),
                current_user::text, current_database()::text, pg_is_in_recovery()
            """)
        guard let row = rows.first else { return }
        let (version, versionText, encoding, foldsCase, hasVector, mayUse, user, database, isStandby) =
            try row.decode(
                Int32.self, String.self, String.self, Bool.self, Bool.self, Bool.self, String.self, String.self,
                Bool.self)
        func refuse(_ message: String) -> PostgresError { PostgresError(.refusedServer, message) }
        guard version >= 150_000 else {
            throw refuse("PostgreSQL \(versionText) is too old: version 15 or later is needed")
        }
        guard !isStandby else {
            throw refuse("the server is a standby and takes no writes: name the primary in database.url")
        }
        guard encoding == "UTF8" else {
            throw refuse("database \(database) is encoded in \(encoding): make one with ENCODING 'UTF8'")
        }
        guard foldsCase else {
            throw refuse(
                "lower('ÆØÅ') is not 'æøå' in database \(database): make one with a UTF-8 locale, such as "
                    + "CREATE DATABASE … TEMPLATE template0 LOCALE 'C.UTF-8'")
        }
        guard hasVector else {
            throw refuse(
                "the extension pgvector is not installed on the server: install its package (postgresql-NN-pgvector) "
                    + "or enable it with the provider")
        }
        guard mayUse else {
            throw refuse(
                "user \(user) may neither use nor create schema \(schema) in database \(database): "
                    + "GRANT CREATE ON DATABASE \(database) TO \(user), or let the schema's owner grant it")
        }
    }
}
