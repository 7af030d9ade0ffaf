package import Cryptography
import FoundationEssentials
package import Postgres
package import WireFormat

/// What people's mail programs log in with: SCRAM-SHA-256 keys, never a password.
///
/// All keys of one person share salt and iterations: the salt is sent before it is known which password is meant.
package enum MailPasswords {
    /// A password of a mail program, as it is listed.
    package struct Listed: Sendable, Hashable, Encodable {
        package var label: String
        package var createdAt: Timestamp
    }

    /// Why none could be made or taken back.
    package enum Refusal: Error, Hashable, Sendable, CustomStringConvertible {
        case exists(label: String, email: String)
        case unknown(label: String, email: String)
        case mayNotSend(email: String, role: String)

        package var description: String {
            switch self {
            case .exists(let label, let email): "\(email) has an app password \"\(label)\" already; revoke it first"
            case .unknown(let label, let email): "\(email) has no app password \"\(label)\""
            case .mayNotSend(let email, let role):
                "\(email) has the role \(role); only admin and sales hand mail in"
            }
        }
    }

    /// The keys of an active person who may hand mail in, the newest first; none for anybody else.
    package static func keys(of email: String, in pool: PostgresPool) async throws -> [SCRAMKeys] {
        try await pool.query(
            """
            SELECT keys FROM (
                SELECT p.scram_keys AS keys, p.id FROM brevdue.app_password p JOIN brevdue.app_user u ON u.id = p.user_id
                WHERE u.email = \(email.lowercased()) AND u.disabled_at IS NULL AND u.role IN ('admin', 'sales')
                UNION ALL
                SELECT scram_keys, 0 FROM brevdue.app_user
                WHERE email = \(email.lowercased()) AND disabled_at IS NULL AND role IN ('admin', 'sales')
                    AND scram_keys IS NOT NULL
            ) AS all_keys ORDER BY id DESC
            """
        ).compactMap { SCRAMKeys(try $0.decode(String.self)) }
    }

    /// Keeps a new password of a person under a label.
    package static func add(_ password: AppPassword, label: String, for email: String, in pool: PostgresPool)
        async throws
    {
        let person = try await pool.query(
            "SELECT role FROM brevdue.app_user WHERE email = \(email.lowercased()) AND disabled_at IS NULL")
        guard let role = try person.first?.decode(String.self) else { throw People.Refusal.unknown(email: email) }
        guard role == "admin" || role == "sales" else { throw Refusal.mayNotSend(email: email, role: role) }
        let known = try await keys(of: email, in: pool).first
        let keys = SCRAMKeys(
            password: password.text, salt: try known?.salt ?? SecureRandom.bytes(16),
            iterations: known?.iterations ?? SCRAMKeys.recommendedIterations)
        let added = try await pool.query(
            """
            INSERT INTO brevdue.app_password (user_id, label, scram_keys)
            SELECT id, \(label), \(keys.description) FROM brevdue.app_user WHERE email = \(email.lowercased())
            ON CONFLICT DO NOTHING RETURNING id
            """)
        if added.isEmpty { throw Refusal.exists(label: label, email: email) }
    }

    /// The passwords of a person, the oldest first.
    package static func list(of email: String, in pool: PostgresPool) async throws -> [Listed] {
        try await pool.query(
            """
            SELECT label, p.created_at FROM brevdue.app_password p JOIN brevdue.app_user u ON u.id = p.user_id
            WHERE u.email = \(email.lowercased()) ORDER BY p.id
            """
        ).map { row in
            let (label, createdAt) = try row.decode(String.self, Date.self)
            return Listed(label: label, createdAt: Timestamp(createdAt))
        }
    }

    /// Takes a password back; whoever uses it is refused from now on.
    package static func revoke(label: String, of email: String, in pool: PostgresPool) async throws {
        let gone = try await pool.query(
            """
            DELETE FROM brevdue.app_password p USING brevdue.app_user u
            WHERE u.id = p.user_id AND u.email = \(email.lowercased()) AND label = \(label) RETURNING p.id
            """)
        if gone.isEmpty { throw Refusal.unknown(label: label, email: email) }
    }
}
