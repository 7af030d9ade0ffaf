import FoundationEssentials
package import Postgres
package import WireFormat

/// Senders of chats and the secrets that they sign with.
package enum ChatSources {
    /// A sender as the commands show it.
    package struct Source: Encodable, Sendable {
        package var name: String
        package var kind: String
        package var createdAt: Timestamp
        @ExplicitNull package var rotatedAt: Timestamp?
        /// Until when a secret from before the last rotation is valid.
        @ExplicitNull package var previousUntil: Timestamp?
    }

    /// Why a sender could not be added or found.
    package enum Refusal: Error, Hashable, Sendable, CustomStringConvertible {
        case exists(name: String)
        case unknown(name: String)

        package var description: String {
            switch self {
            case .exists(let name):
                "there is a source \(name) already; `brevdue source rotate \(name)` gives it a new secret"
            case .unknown(let name): "there is no source \(name); `brevdue source list` shows those there are"
            }
        }
    }

    /// Whether it can be the name of a sender.
    package static func isName(_ name: String) -> Bool {
        let letters = Set("abcdefghijklmnopqrstuvwxyz0123456789".utf8)
        return (1...63).contains(name.utf8.count) && name.utf8.first.map(letters.contains) == true
            && name.utf8.allSatisfy { letters.contains($0) || "_-".utf8.contains($0) }
    }

    package static func add(_ name: String, kind: String, secret: [UInt8], to pool: PostgresPool) async throws {
        let rows = try await pool.query(
            """
            WITH added AS (
                INSERT INTO brevdue.chat_source (name, kind) VALUES (\(name), \(kind)) ON CONFLICT DO NOTHING RETURNING name
            )
            INSERT INTO brevdue.chat_secret (source, secret) SELECT name, \(secret) FROM added RETURNING id
            """)
        if rows.isEmpty { throw Refusal.exists(name: name) }
    }

    /// Gives it a new secret; the one before is valid for another day, those whose day is over are forgotten.
    package static func rotate(_ name: String, secret: [UInt8], in pool: PostgresPool) async throws {
        try await pool.transaction { transaction in
            let rows = try await transaction.query("SELECT FROM brevdue.chat_source WHERE name = \(name) FOR UPDATE")
            guard !rows.isEmpty else { throw Refusal.unknown(name: name) }
            _ = try await transaction.pipeline([
                "DELETE FROM brevdue.chat_secret WHERE source = \(name) AND valid_until <= now()",
                """
                UPDATE brevdue.chat_secret SET valid_until = now() + interval '24 hours'
                WHERE source = \(name) AND valid_until IS NULL
                """,
                "INSERT INTO brevdue.chat_secret (source, secret) VALUES (\(name), \(secret))",
            ])
        }
    }

    package static func all(in pool: PostgresPool) async throws -> [Source] {
        let rows = try await pool.query(
            """
            SELECT s.name, s.kind, s.created_at,
                (SELECT nullif(max(created_at), s.created_at) FROM brevdue.chat_secret WHERE source = s.name),
                (SELECT max(valid_until) FROM brevdue.chat_secret WHERE source = s.name AND valid_until > now())
            FROM brevdue.chat_source s ORDER BY s.name
            """)
        return try rows.map { row in
            let (name, kind, createdAt, rotatedAt, previousUntil) = try row.decode(
                String.self, String.self, Date.self, Date?.self, Date?.self)
            return Source(
                name: name, kind: kind, createdAt: Timestamp(createdAt),
                rotatedAt: rotatedAt.map { Timestamp($0) }, previousUntil: previousUntil.map { Timestamp($0) })
        }
    }

    /// The secrets that are valid now, the current one first; none for a sender that is not there.
    ///
    /// Whoever asks gives up soon: a database that neither answers nor fails must not keep the door waiting.
    package static func secrets(of name: String, in pool: PostgresPool) async throws -> [[UInt8]] {
        let rows = try await pool.query(
            """
            SELECT secret FROM brevdue.chat_secret WHERE source = \(name) AND (valid_until IS NULL OR valid_until > now())
            ORDER BY id DESC
            """, patience: .seconds(2))
        return try rows.map { try $0.decode([UInt8].self) }
    }
}
