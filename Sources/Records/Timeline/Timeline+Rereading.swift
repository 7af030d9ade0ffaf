import Jobs
package import Postgres

extension Timeline {
    /// Has a message's arrival read again, now that more is known of it: who sent it, or what is in its containers.
    ///
    /// It stays where it is filed till then: what answers it is to find it. Two may ask for that at the same moment, and both
    /// jobs are done, for the one that waits may begin before it is known what the other was for; whoever reads it later
    /// finds what the other left (``takeOff(_:in:)``).
    package static func readAgain(_ arrival: Int64, isLarge: Bool) -> SQL {
        JobQueue.insert([ReadJob.new(arrival: arrival, isLarge: isLarge)])
    }

    /// Takes messages off the timeline, so that they can be filed anew; gives back those that could be.
    ///
    /// Only mail that was filed without a lead and without an answer: nothing hangs on it.
    package static func takeOff(_ messages: [Int64], in transaction: Transaction) async throws -> Set<Int64> {
        let rows = try await transaction.query(
            """
            WITH free AS MATERIALIZED (
                SELECT id FROM brevdue.message m WHERE id = ANY(\(messages)) AND lead_id IS NULL
                    AND NOT EXISTS (SELECT FROM brevdue.outbox WHERE cause_message_id = m.id) FOR UPDATE
            ), attachments AS (DELETE FROM brevdue.attachment USING free WHERE message_id = free.id),
                facts AS (DELETE FROM brevdue.fact USING free WHERE message_id = free.id),
                links AS (DELETE FROM brevdue.link USING free WHERE message_id = free.id)
            DELETE FROM brevdue.message m USING free WHERE m.id = free.id RETURNING m.id
            """)
        return Set(try rows.map { try $0.decode(Int64.self) })
    }
}
