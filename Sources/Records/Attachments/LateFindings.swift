import FoundationEssentials
package import Postgres
package import Understanding

/// What was read of a message's attachments once the message was filed.
package enum LateFindings {
    /// A message to take them up for.
    package struct Place: Sendable {
        package var id: Int64
        /// Whether it is to be read again as a whole.
        package var awaitsContents: Bool
        /// Whether its octets are in parts.
        package var isLarge: Bool
        /// Whether all is done with it; else its answer is still to be made, and takes up what is there then.
        package var isDone: Bool
        /// Whether one of our own people got a summary of it.
        package var hasSummary: Bool
    }

    /// Where messages stand; ids that are none are left out.
    package static func places(_ ids: [Int64], in transaction: Transaction) async throws -> [Place] {
        let rows = try await transaction.query(
            """
            SELECT m.id, m.awaits_contents, a.raw IS NULL, m.state = 'done', EXISTS (
                SELECT FROM brevdue.outbox o WHERE o.cause_message_id = m.id AND o.kind = \(Outbox.Kind.salesSummary.rawValue))
            FROM brevdue.message m JOIN brevdue.arrival a ON a.id = m.id AND a.received_at = m.received_at
            WHERE m.id = ANY(\(ids)) ORDER BY m.id
            """)
        return try rows.map { row in
            let (id, awaits, isLarge, isDone, hasSummary) = try row.decode(
                Int64.self, Bool.self, Bool.self, Bool.self, Bool.self)
            return Place(id: id, awaitsContents: awaits, isLarge: isLarge, isDone: isDone, hasSummary: hasSummary)
        }
    }

    /// The facts that messages are filed with.
    package static func facts(of ids: [Int64], in transaction: Transaction) async throws -> [Int64: [Fact]] {
        try FactRecords.byMessage(try await transaction.query(FactRecords.ofMessages(ids)))
    }

    /// Files further facts of a message, behind those that it has.
    package static func add(_ facts: [Fact], to message: Int64) throws -> SQL {
        try FactRecords.add(facts, to: message)
    }
}
