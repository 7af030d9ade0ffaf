import Cryptography
package import Postgres

extension Outbox {
    /// A mail that something came in about, locked.
    struct Concerned {
        var id: Int64
        var effectKey: [UInt8]
        var messageKey: [UInt8]
        var recipient: String
        /// Owner of its lead.
        var owner: String?

        /// Its marker header, in full.
        var mark: String { Hexadecimal.encode(effectKey.prefix(16)) }
    }

    /// Notes what came in about mails of ours: reports on them, then what shows that others were taken.
    ///
    /// `mutes`: whether an address may be suppressed at all, by itself and the owner of the mail's lead.
    package static func take(
        _ bounces: [Bounce], _ evidence: [Evidence], mutes: (String, String?) -> Bool, in transaction: Transaction
    ) async throws {
        let mails = try await locked(
            marks: bounces.compactMap { Hexadecimal.decode($0.mark) } + evidence.compactMap(\.mark),
            keys: evidence.flatMap(\.keys), in: transaction)
        try await note(bounces, on: mails, mutes: mutes, in: transaction)
        try await settle(mails, by: evidence, in: transaction)
    }

    /// The mails that begin with a marker or have one of the Message-IDs, all of them locked at once and in one order:
    /// two nodes that read about the same ones never wait for each other both.
    ///
    /// Attempts are looked at by later statements, which see what whoever held a lock before has done.
    private static func locked(
        marks: [[UInt8]], keys: [[UInt8]], in transaction: Transaction
    ) async throws -> [Concerned] {
        guard !marks.isEmpty || !keys.isEmpty else { return [] }
        let rows = try await transaction.query(
            """
            SELECT o.id, o.effect_key, o.message_key, \(recipient),
                (SELECT owner FROM brevdue.lead WHERE id = o.lead_id)
            FROM brevdue.outbox o
            WHERE o.id = ANY(ARRAY(
                SELECT k.id FROM brevdue.outbox k WHERE k.message_key = ANY(\(keys))
                UNION
                SELECT k.id FROM unnest(\(marks.map { padded($0, with: 0) }), \(marks.map { padded($0, with: 0xFF) }))
                    AS m (first, last)
                JOIN brevdue.outbox k ON k.effect_key BETWEEN m.first AND m.last))
            ORDER BY o.id FOR UPDATE OF o
            """)
        return try rows.map { row in
            let (id, effectKey, messageKey, recipient, owner) = try row.decode(
                Int64.self, [UInt8].self, [UInt8].self, String.self, String?.self)
            return Concerned(
                id: id, effectKey: effectKey, messageKey: messageKey, recipient: recipient, owner: owner)
        }
    }

    /// A bound of the effect keys that begin with a marker.
    private static func padded(_ mark: [UInt8], with octet: UInt8) -> [UInt8] {
        mark + [UInt8](repeating: octet, count: max(0, 32 - mark.count))
    }
}
