import FoundationEssentials
package import Postgres
package import WireFormat

/// A mail of the outbox as the API and the commands show it.
package struct OutboxView: Encodable, Sendable {
    package struct Attempt: Encodable, Sendable {
        var at: String
        /// `began` while it is under way.
        package var outcome: String
        @ExplicitNull package var reply: String?
    }

    /// An attempt as the database writes it.
    private struct StoredAttempt: Decodable {
        var at: String
        var outcome: String
        var reply: String?
    }

    package var id: String
    package var kind: String
    package var state: String
    package var to: [String]
    package var subject: String
    package var messageId: String
    @ExplicitNull package var inReplyTo: String?
    @ExplicitNull var causeMessageId: String?
    @ExplicitNull var leadId: String?
    @ExplicitNull var quoteId: String?
    package var createdAt: Timestamp
    /// When it is given up.
    package var expiresAt: Timestamp
    /// Why it waits for a person.
    @ExplicitNull package var heldReason: String?
    @ExplicitNull package var sentAt: Timestamp?
    package var attempts: [Attempt]

    /// The newest first; of one state where one is named.
    package static func page(
        _ request: PageRequest, state: String? = nil, _ scope: Scope, in pool: PostgresPool
    ) async throws -> Page<OutboxView> {
        let rows = try await pool.query(
            selection
                + """
                 WHERE o.id < \(request.after[0]) AND o.state = coalesce(\(state), o.state) AND \(seen(in: scope))
                ORDER BY o.id DESC LIMIT \(Int64(request.limit + 1))
                """)
        return Page(try rows.map(OutboxView.init), limit: request.limit, cursor: \.id)
    }

    package static func one(_ id: Int64, _ scope: Scope, in pool: PostgresPool) async throws -> OutboxView? {
        try await pool.query(
            selection + " WHERE o.id = \(id) AND \(seen(in: scope))"
        ).first.map(OutboxView.init)
    }

    /// Of the person's companies; what tells of a quote, as its subject does, only with the quote.
    private static func seen(in scope: Scope) -> SQL {
        """
        (\(scope.companies) IS NULL OR o.cvr = ANY(\(scope.companies)) AND (o.quote_id IS NULL OR EXISTS (
            SELECT FROM brevdue.quote q WHERE q.id = o.quote_id AND \(scope.seesQuote))))
        """
    }

    /// The octets of a mail, exactly as every attempt sends them.
    package static func octets(of id: Int64, in pool: PostgresPool) async throws -> [UInt8]? {
        try await pool.query("SELECT octets FROM brevdue.outbox WHERE id = \(id)").first?.decode([UInt8].self)
    }

    private static let selection: SQL = """
        SELECT o.id, o.kind, o.state, \(Outbox.recipient), o.subject, o.message_id, o.in_reply_to,
            o.cause_message_id, o.lead_id, o.quote_id, o.created_at, o.expires_at, o.held_reason, o.sent_at,
            (SELECT coalesce(json_agg(json_build_object('at', to_char(a.began_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"'),
                'outcome', a.outcome, 'reply', a.reply) ORDER BY a.id), '[]') FROM brevdue.outbox_attempt a
                WHERE a.outbox_id = o.id)::text
        FROM brevdue.outbox o
        """

    private init(_ row: Row) throws {
        let (
            id, kind, state, to, subject, messageID, inReplyTo, cause, lead, quote, createdAt, expiresAt, heldReason,
            sentAt, attempts
        ) = try row.decode(
            Int64.self, String.self, String.self, String.self, String.self, String.self, String?.self, Int64?.self,
            Int64?.self, Int64?.self, Date.self, Date.self, String?.self, Date?.self, String.self)
        self.id = String(id)
        self.kind = kind
        self.state = state
        self.to = [to]
        self.subject = subject
        messageId = messageID
        self.createdAt = Timestamp(createdAt)
        self.expiresAt = Timestamp(expiresAt)
        self.attempts = try JSONText.decode([StoredAttempt].self, from: attempts).map {
            Attempt(at: $0.at, outcome: $0.outcome, reply: $0.reply)
        }
        _heldReason = ExplicitNull(wrappedValue: heldReason)
        _inReplyTo = ExplicitNull(wrappedValue: inReplyTo)
        _causeMessageId = ExplicitNull(wrappedValue: cause.map(String.init))
        _leadId = ExplicitNull(wrappedValue: lead.map(String.init))
        _quoteId = ExplicitNull(wrappedValue: quote.map(String.init))
        _sentAt = ExplicitNull(wrappedValue: sentAt.map { Timestamp($0) })
    }
}
