import FoundationEssentials
import Mail
package import Postgres
package import WireFormat

/// Addresses that refused mail for good; what is put into the outbox for one of them is held.
package enum Suppression {
    /// Notes an address with the words of the server that refused it; the first words stay.
    static func add(_ address: String, status: String, words: String?, mail: Int64, message: Int64) -> SQL {
        """
        INSERT INTO brevdue.suppressed_address (address, status, words, outbox_id, message_id)
        VALUES (lower(\(Mailbox(address: address).envelopeAddress)), \(status), \(words.map { String($0.prefix(1000)) }), \(mail), \(message))
        ON CONFLICT DO NOTHING
        """
    }

    /// An address, as it is listed.
    package struct Listed: Sendable, Encodable {
        package var address: String
        package var status: String
        @ExplicitNull package var words: String?
        package var since: Timestamp
    }

    /// All of them, the newest first, at most so many.
    package static func list(_ limit: Int, in pool: PostgresPool) async throws -> [Listed] {
        try await pool.query(
            """
            SELECT address, status, words, suppressed_at FROM brevdue.suppressed_address
            ORDER BY suppressed_at DESC, address LIMIT \(Int64(limit))
            """
        ).map { row in
            let (address, status, words, since) = try row.decode(String.self, String.self, String?.self, Date.self)
            return Listed(address: address, status: status, words: words, since: Timestamp(since))
        }
    }

    /// Lets mail go to an address again; false where it was not suppressed.
    package static func release(_ address: String, in pool: PostgresPool) async throws -> Bool {
        let rows = try await pool.query(
            """
            DELETE FROM brevdue.suppressed_address WHERE address = lower(\(Mailbox(address: address).envelopeAddress))
            RETURNING address
            """)
        return !rows.isEmpty
    }
}
