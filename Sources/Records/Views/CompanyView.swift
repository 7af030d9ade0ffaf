import FoundationEssentials
package import Postgres
import WireFormat

/// A company as the API shows it.
package struct CompanyView: Encodable, Sendable {
    var cvr: String
    @ExplicitNull var name: String?
    @ExplicitNull var town: String?
    var createdAt: Timestamp
    var updatedAt: Timestamp

    package static func one(_ cvr: String, _ scope: Scope, in pool: PostgresPool) async throws -> CompanyView? {
        try await pool.query(
            """
            SELECT cvr::text, name, town, created_at, updated_at FROM brevdue.company
            WHERE cvr = \(cvr) AND (\(scope.companies) IS NULL OR cvr = ANY(\(scope.companies)))
            """
        ).first.map(CompanyView.init)
    }

    /// Companies whose name or number begins with the words, from the highest number down.
    package static func page(
        _ request: PageRequest, _ query: String, _ scope: Scope, in pool: PostgresPool
    ) async throws -> Page<CompanyView> {
        let pattern = query.lowercased().filter { $0 != "%" && $0 != "_" && $0 != "\\" } + "%"
        let rows = try await pool.query(
            """
            SELECT cvr::text, name, town, created_at, updated_at FROM brevdue.company
            WHERE (lower(coalesce(name, '')) LIKE \(pattern) OR cvr LIKE \(pattern)) AND cvr::bigint < \(request.after[0])
            AND (\(scope.companies) IS NULL OR cvr = ANY(\(scope.companies)))
            ORDER BY cvr DESC LIMIT \(Int64(request.limit + 1))
            """)
        return Page(try rows.map(CompanyView.init), limit: request.limit, cursor: \.cvr)
    }

    private init(_ row: Row) throws {
        let (cvr, name, town, createdAt, updatedAt) = try row.decode(
            String.self, String?.self, String?.self, Date.self, Date.self)
        self.cvr = cvr
        self.createdAt = Timestamp(createdAt)
        self.updatedAt = Timestamp(updatedAt)
        _name = ExplicitNull(wrappedValue: name)
        _town = ExplicitNull(wrappedValue: town)
    }
}

/// Something that happened with a company.
package struct TimelineEntry: Encodable, Sendable {
    package struct Author: Encodable, Sendable {
        @ExplicitNull var name: String?
        @ExplicitNull var address: String?
        var role: String
    }

    var id: String
    var type: String
    var occurredAt: Timestamp
    var direction: String
    var author: Author
    @ExplicitNull var subject: String?
    @ExplicitNull var text: String?
    var refId: String
    private var cursor: String

    private enum CodingKeys: String, CodingKey { case id, type, occurredAt, direction, author, subject, text, refId }

    /// Mail, chats, quotes and advice of a company in one order, the newest first.
    package static func page(
        of cvr: String, _ request: PageRequest, _ scope: Scope, in pool: PostgresPool
    ) async throws -> Page<TimelineEntry> {
        let rows = try await pool.query(
            """
            SELECT type, id, occurred_at, direction, author_name, author_address, role, subject, text, stamp, rank FROM (
                SELECT CASE door WHEN 'chat' THEN 'chat' ELSE 'email' END AS type, id, occurred_at, direction, author_name, author_address, author_role AS role, subject,
                    text, (extract(epoch FROM occurred_at) * 1000000)::bigint AS stamp, 0::bigint AS rank
                FROM brevdue.message WHERE cvr = \(cvr) AND \(Twins.isFirst("message"))
                UNION ALL
                SELECT 'quote', q.id, q.created_at, 'outbound', NULL, NULL, 'system', q.number || ' v' || q.version,
                    q.state || ', ' || q.total_ore, (extract(epoch FROM q.created_at) * 1000000)::bigint, 1
                FROM brevdue.quote q JOIN brevdue.lead l ON l.id = q.lead_id
                WHERE l.cvr = \(cvr) AND \(scope.seesQuote)
                UNION ALL
                SELECT 'recommendation', r.id, r.made_at, 'outbound', NULL, NULL, 'system', r.rule, r.action,
                    (extract(epoch FROM r.made_at) * 1000000)::bigint, 2
                FROM brevdue.recommendation r JOIN brevdue.lead l ON l.id = r.lead_id
                WHERE l.cvr = \(cvr) AND r.superseded_at IS NULL
                UNION ALL
                SELECT 'change', k.id, k.made_at, 'inbound', NULL, k.made_by, 'own', m.subject,
                    'moved here by ' || k.made_by, (extract(epoch FROM k.made_at) * 1000000)::bigint, 3
                FROM brevdue.link k JOIN brevdue.message m ON m.id = k.message_id
                WHERE m.cvr = \(cvr) AND k.cvr = \(cvr) AND k.made_by <> 'reader'
            ) AS every
            WHERE (\(scope.companies) IS NULL OR \(cvr) = ANY(\(scope.companies)))
            AND (stamp, rank, id) < (\(request.after[0]), \(request.after[1]), \(request.after[2]))
            ORDER BY stamp DESC, rank DESC, id DESC LIMIT \(Int64(request.limit + 1))
            """)
        return Page(try rows.map(TimelineEntry.init), limit: request.limit, cursor: \.cursor)
    }

    private init(_ row: Row) throws {
        let (type, id, occurredAt, direction, name, address, role, subject, text, stamp, rank) = try row.decode(
            String.self, Int64.self, Date.self, String.self, String?.self, String?.self, String.self, String?.self,
            String?.self, Int64.self, Int64.self)
        self.id = "\(type)-\(id)"
        self.type = type
        self.occurredAt = Timestamp(occurredAt)
        self.direction = direction
        author = Author(name: name, address: address, role: role)
        refId = String(id)
        cursor = "\(stamp).\(rank).\(id)"
        _subject = ExplicitNull(wrappedValue: subject)
        _text = ExplicitNull(wrappedValue: text)
    }
}
