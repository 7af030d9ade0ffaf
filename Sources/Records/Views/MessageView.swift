import FoundationEssentials
import Mail
package import Postgres
import Understanding
import WireFormat

/// A message as the API shows it.
package struct MessageView: Encodable, Sendable {
    package struct Address: Encodable, Sendable {
        @ExplicitNull var name: String?
        var address: String

        init(_ mailbox: Mailbox) {
            _name = ExplicitNull(wrappedValue: mailbox.name)
            address = mailbox.address
        }
    }

    package struct Original: Encodable, Sendable {
        @ExplicitNull var from: Address?
        var subject: String
        @ExplicitNull var date: Timestamp?
    }

    package struct Attachment: Encodable, Sendable {
        var id: String
        @ExplicitNull var filename: String?
        var contentType: String
        var size: Int
        var sha256: String
        /// `text`, `message`, `empty`, `unreadable` or `skipped` for what came of reading it, `pending` while that is to
        /// come, `none` where nothing is read of it.
        var textStatus: String
        /// Why there is no text.
        @ExplicitNull var reason: String?
    }

    /// What came of reading an attachment, by its place in the mail.
    private struct AttachmentState: Decodable {
        var position: Int
        var pending: Bool
        var outcome: String?
        var reason: String?

        var status: String { pending ? "pending" : outcome ?? "none" }
    }

    var id: String
    var direction: String
    package var door: String
    @ExplicitNull var kind: String?
    var state: String
    @ExplicitNull var setAsideReason: String?
    @ExplicitNull var messageId: String?
    var receivedAt: Timestamp
    @ExplicitNull var sentAt: Timestamp?
    @ExplicitNull var from: Address?
    var to: [Address]
    var cc: [Address]
    @ExplicitNull var subject: String?
    @ExplicitNull var original: Original?
    @ExplicitNull var forwarder: Address?
    @ExplicitNull var text: String?
    @ExplicitNull var language: String?
    @ExplicitNull var cvr: String?
    @ExplicitNull var cvrStatus: String?
    @ExplicitNull var cvrEvidence: Evidence?
    @ExplicitNull var leadId: String?
    var attachments: [Attachment]
    /// What was found broken, missing or not read.
    var defects: [String]

    /// What a list is narrowed to.
    package struct Filter: Sendable {
        package var messageID: String?
        package var cvr: String?
        package var state: String?

        package init(messageID: String? = nil, cvr: String? = nil, state: String? = nil) {
            self.messageID = messageID
            self.cvr = cvr
            self.state = state
        }
    }

    /// The newest first.
    package static func page(
        _ request: PageRequest, _ filter: Filter, _ scope: Scope, in pool: PostgresPool
    ) async throws -> Page<MessageView> {
        let rows = try await pool.query(
            selection
                + """
                 WHERE id < \(request.after[0]) AND (\(scope.companies) IS NULL OR cvr = ANY(\(scope.companies)))
                AND (\(filter.messageID) IS NULL OR message_key = \(filter.messageID.map { MessageKey(messageID: $0).octets }))
                AND (\(filter.cvr) IS NULL OR cvr = \(filter.cvr)) AND (\(filter.state) IS NULL OR state = \(filter.state))
                ORDER BY id DESC LIMIT \(Int64(request.limit + 1))
                """)
        return Page(try rows.map(MessageView.init), limit: request.limit, cursor: \.id)
    }

    package static func one(_ id: Int64, _ scope: Scope, in pool: PostgresPool) async throws -> MessageView? {
        try await pool.query(
            selection + " WHERE id = \(id) AND (\(scope.companies) IS NULL OR cvr = ANY(\(scope.companies)))"
        ).first.map(MessageView.init)
    }

    /// Messages, and before them what was received and is not read yet, or could not be.
    private static let selection: SQL = """
        SELECT id, direction, door, kind, state, set_aside_reason, message_id, received_at, sent_at, subject, cvr, cvr_status,
            lead_id, letter::text, cvr_evidence::text, trusted, dialogue, readings
        FROM (
            SELECT m.id, m.direction, m.door, m.kind, m.state, m.set_aside_reason, m.message_id, m.message_key, m.received_at,
                m.sent_at, m.subject, m.cvr::text, m.cvr_status, m.lead_id, m.letter, m.cvr_evidence,
                (SELECT \(SenderFindings.isProved) FROM brevdue.arrival a
                    WHERE a.id = m.id AND a.received_at = m.received_at) AS trusted,
                CASE WHEN m.kind = 'chat' THEN m.text END AS dialogue,
                (SELECT json_agg(json_build_object('position', a.position, 'pending', a.is_pending, 'outcome', t.outcome,
                        'reason', t.reason))::text
                    FROM brevdue.attachment a LEFT JOIN brevdue.attachment_text t USING (sha256)
                    WHERE a.message_id = m.id) AS readings
            FROM brevdue.message m
            UNION ALL
            SELECT a.id, 'inbound', a.door, NULL, CASE WHEN p.reason IS NULL THEN 'received' ELSE 'set_aside' END, p.reason, NULL,
                NULL, a.received_at, NULL, NULL, NULL, NULL, NULL, NULL, NULL, a.trusted, NULL, NULL
            FROM (
                SELECT (payload->>'arrival')::bigint AS id, NULL AS reason FROM brevdue.job WHERE kind = \(ReadJob.kind)
                UNION ALL SELECT (payload->>'arrival')::bigint, reason FROM brevdue.job_dead WHERE kind = \(ReadJob.kind)
            ) p JOIN brevdue.arrival a ON a.id = p.id
            WHERE NOT EXISTS (SELECT FROM brevdue.message m WHERE m.id = a.id)
        ) AS every
        """

    private init(_ row: Row) throws {
        let (
            id, direction, door, kind, state, reason, messageID, receivedAt, sentAt, subject, cvr, cvrStatus, leadID,
            letter, evidence, trusted, dialogue, readings
        ) = try row.decode(
            Int64.self, String.self, String.self, String?.self, String.self, String?.self, String?.self, Date.self,
            Date?.self,
            String?.self, String?.self, String?.self, Int64?.self, String?.self, String?.self, Bool?.self, String?.self,
            String?.self)
        let content = try letter.map { try JSONText.decode(Letter.self, from: $0) }
        self.id = String(id)
        self.direction = direction
        self.door = door
        self.state = state
        self.receivedAt = Timestamp(receivedAt)
        defects = content?.defects ?? []
        to = content?.to.map(Address.init) ?? []
        cc = content?.cc.map(Address.init) ?? []
        let states = try readings.map { try JSONText.decode([AttachmentState].self, from: $0) } ?? []
        attachments = (content?.attachments ?? []).enumerated().map { place, attachment in
            let state = states.first { $0.position == place }
            return Attachment(
                id: "\(id).\(place)", filename: attachment.filename, contentType: attachment.contentType,
                size: attachment.size, sha256: attachment.sha256, textStatus: state?.status ?? "none",
                reason: state?.reason)
        }
        _kind = ExplicitNull(wrappedValue: kind)
        _setAsideReason = ExplicitNull(wrappedValue: reason)
        _messageId = ExplicitNull(wrappedValue: messageID)
        _sentAt = ExplicitNull(wrappedValue: sentAt.map { Timestamp($0, offset: content?.date.offset ?? 0) })
        _from = ExplicitNull(wrappedValue: content?.from.first.map(Address.init))
        _subject = ExplicitNull(wrappedValue: dialogue == nil ? content?.subject ?? subject : subject)
        _original = ExplicitNull(
            wrappedValue: content.map { content in
                Original(
                    from: content.original.from.map(Address.init), subject: content.original.subject,
                    date: content.original.date.instant.map { Timestamp($0, offset: content.original.date.offset ?? 0) }
                )
            })
        _forwarder = ExplicitNull(wrappedValue: trusted == true ? content?.forwarder.map(Address.init) : nil)
        _text = ExplicitNull(wrappedValue: dialogue ?? content?.text)
        _language = ExplicitNull(wrappedValue: content?.language)
        _cvr = ExplicitNull(wrappedValue: cvr)
        _cvrStatus = ExplicitNull(wrappedValue: cvrStatus)
        _cvrEvidence = ExplicitNull(wrappedValue: try evidence.map { try JSONText.decode(Evidence.self, from: $0) })
        _leadId = ExplicitNull(wrappedValue: leadID.map(String.init))
    }
}
