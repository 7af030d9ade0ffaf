package import Cryptography
package import FoundationEssentials
package import Postgres
package import WireFormat

/// People with access, and their bearer tokens.
package enum People {
    package enum Role: String, Sendable, Codable, CaseIterable { case admin, sales, reader, partner }

    /// Somebody with access.
    package struct User: Sendable, Hashable {
        package var id: UUID
        package var email: String
        package var name: String
        package var role: Role

        package init(id: UUID, email: String, name: String, role: Role) {
            self.id = id
            self.email = email
            self.name = name
            self.role = role
        }
    }

    /// Why a person could not be added or found.
    package enum Refusal: Error, Hashable, Sendable, CustomStringConvertible {
        case exists(email: String)
        case unknown(email: String)

        package var description: String {
            switch self {
            case .exists(let email): "there is a user \(email) already, active or disabled; nothing was changed"
            case .unknown(let email): "there is no active user \(email); add one with `brevdue user add`"
            }
        }
    }

    /// Adds a person.
    ///
    /// The password, when given, is kept as argon2id (web log-in) and as SCRAM-SHA-256 keys (mail).
    package static func add(
        email: String, name: String, role: Role, passwordHash: String?, scramKeys: String?, to pool: PostgresPool
    ) async throws -> UUID {
        let rows = try await pool.query(
            """
            INSERT INTO brevdue.app_user (email, name, role, password_hash, scram_keys)
            VALUES (\(email.lowercased()), \(name), \(role.rawValue), \(passwordHash), \(scramKeys))
            ON CONFLICT (email) DO NOTHING RETURNING id
            """)
        guard let row = rows.first else { throw Refusal.exists(email: email) }
        return try row.decode(UUID.self)
    }

    /// Stores a token's digest for an active person.
    package static func store(
        token digest: Digest, for email: String, expiresAt: Date?, in pool: PostgresPool
    ) async throws {
        let rows = try await pool.query(
            """
            INSERT INTO brevdue.api_token (sha256, user_id, expires_at)
            SELECT \(digest.bytes), id, \(expiresAt) FROM brevdue.app_user
            WHERE email = \(email.lowercased()) AND disabled_at IS NULL RETURNING user_id
            """)
        if rows.isEmpty { throw Refusal.unknown(email: email) }
    }

    /// The companies that a partner was granted.
    package static func grants(of user: User, in pool: PostgresPool) async throws -> [String] {
        try await pool.query("SELECT cvr::text FROM brevdue.company_grant WHERE user_id = \(user.id)")
            .map { try $0.decode(String.self) }
    }

    /// The person whose token has this digest, when it is valid now.
    package static func user(token digest: Digest, in pool: PostgresPool) async throws -> User? {
        let rows = try await pool.query(
            """
            SELECT id, email, name, role FROM brevdue.app_user JOIN brevdue.api_token ON user_id = id
            WHERE sha256 = \(digest.bytes) AND disabled_at IS NULL AND (expires_at IS NULL OR expires_at > now())
            """)
        guard let row = rows.first else { return nil }
        let (id, email, name, role) = try row.decode(UUID.self, String.self, String.self, String.self)
        return Role(rawValue: role).map { User(id: id, email: email, name: name, role: $0) }
    }
}

extension People {
    /// A person, as they are listed.
    package struct Listed: Sendable, Encodable {
        package var email: String
        package var name: String
        package var role: String
        @ExplicitNull package var disabledAt: Timestamp?
    }

    /// Everybody, by address.
    package static func list(in pool: PostgresPool) async throws -> [Listed] {
        try await pool.query("SELECT email, name, role, disabled_at FROM brevdue.app_user ORDER BY email").map { row in
            let (email, name, role, disabledAt) = try row.decode(String.self, String.self, String.self, Date?.self)
            return Listed(email: email, name: name, role: role, disabledAt: disabledAt.map { Timestamp($0) })
        }
    }

    /// Shuts a person out: tokens and passwords are refused from now on, what they did stays.
    package static func disable(email: String, in pool: PostgresPool) async throws {
        let rows = try await pool.query(
            """
            UPDATE brevdue.app_user SET disabled_at = now()
            WHERE email = \(email.lowercased()) AND disabled_at IS NULL RETURNING id
            """)
        if rows.isEmpty { throw Refusal.unknown(email: email) }
    }
}
