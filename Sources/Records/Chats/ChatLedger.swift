package import Postgres

/// Which utterances of some conversations are filed, and with which message.
package struct ChatLedger: Sendable {
    private struct Place: Hashable {
        var conversation: Conversation
        var key: String
    }

    private var messages: [Place: Int64] = [:]

    /// Looks up the utterances of a batch of transcripts.
    package init(
        for transcripts: [(conversation: Conversation, keys: [String])], in transaction: Transaction
    ) async throws {
        let wanted = transcripts.flatMap { transcript in
            transcript.keys.map { Place(conversation: transcript.conversation, key: $0) }
        }
        guard !wanted.isEmpty else { return }
        let rows = try await transaction.query(
            """
            SELECT source, conversation_id, utterance_key, message_id FROM brevdue.chat_utterance
            JOIN unnest(\(wanted.map(\.conversation.source)), \(wanted.map(\.conversation.id)), \(wanted.map(\.key)))
                AS w (source, conversation_id, utterance_key) USING (source, conversation_id, utterance_key)
            """)
        for row in rows {
            let (source, id, key, message) = try row.decode(String.self, String.self, String.self, Int64.self)
            messages[Place(conversation: Conversation(source: source, id: id), key: key)] = message
        }
    }

    /// Notes that a message holds what is new among the keys, and gives that back; with nothing new, the message that
    /// holds the first of them.
    package mutating func take(
        _ keys: [String], of conversation: Conversation, as message: Int64
    ) -> (new: [String], twin: Int64?) {
        let places = keys.map { Place(conversation: conversation, key: $0) }
        let new = places.filter { messages[$0] == nil }
        for place in new { messages[place] = message }
        return (new.map(\.key), new.isEmpty ? places.first.flatMap { messages[$0] } : nil)
    }

    /// Files the utterances of some messages; gives back a row for each that no other transaction filed meanwhile.
    static func file(_ parts: [(message: Int64, part: ChatPart)]) -> SQL {
        let rows = parts.flatMap { message, part in part.keys.map { (message, part.conversation, $0) } }
        return """
            INSERT INTO brevdue.chat_utterance (source, conversation_id, utterance_key, message_id)
            SELECT * FROM unnest(\(rows.map(\.1.source)), \(rows.map(\.1.id)), \(rows.map(\.2)), \(rows.map(\.0)))
                AS u (source, conversation_id, utterance_key, message_id)
            ORDER BY source, conversation_id, utterance_key
            ON CONFLICT DO NOTHING RETURNING message_id
            """
    }
}
