import FoundationEssentials
package import Postgres
import WireFormat

/// A lead as the API shows it.
package struct LeadView: Encodable, Sendable {
    package struct Contact: Encodable, Sendable {
        @ExplicitNull var name: String?
        @ExplicitNull var address: String?
    }

    package struct LatestQuote: Encodable, Sendable {
        var id: String
        var number: String
        var totalOre: Int64
        var state: String
    }

    var id: String
    var reference: String
    @ExplicitNull var cvr: String?
    @ExplicitNull var companyName: String?
    var contact: Contact
    var subject: String
    var status: String
    @ExplicitNull var owner: String?
    @ExplicitNull var nextStep: String?
    var updatedAt: Timestamp
    @ExplicitNull var latestQuote: LatestQuote?
    private var cursor: String

    private enum CodingKeys: String, CodingKey {
        case id, reference, cvr, companyName, contact, subject, status, owner, nextStep, updatedAt, latestQuote
    }

    /// The newest first.
    package static func page(_ request: PageRequest, _ scope: Scope, in pool: PostgresPool) async throws -> Page<
        LeadView
    > {
        let rows = try await pool.query(
            selection(scope)
                + """
                 WHERE (\(scope.companies) IS NULL OR l.cvr = ANY(\(scope.companies)))
                AND ((extract(epoch FROM l.updated_at) * 1000000)::bigint, l.id) < (\(request.after[0]), \(request.after[1]))
                ORDER BY l.updated_at DESC, l.id DESC LIMIT \(Int64(request.limit + 1))
                """)
        return Page(try rows.map(LeadView.init), limit: request.limit, cursor: \.cursor)
    }

    package static func one(_ id: Int64, _ scope: Scope, in pool: PostgresPool) async throws -> LeadView? {
        try await pool.query(
            selection(scope) + " WHERE l.id = \(id) AND (\(scope.companies) IS NULL OR l.cvr = ANY(\(scope.companies)))"
        ).first.map(LeadView.init)
    }

    private static func selection(_ scope: Scope) -> SQL {
        """
        SELECT l.id, l.reference, l.cvr, coalesce(c.name, l.company_name), l.contact_name, l.contact_address, l.subject,
            l.status, l.owner, l.next_step, l.updated_at, (extract(epoch FROM l.updated_at) * 1000000)::bigint,
            q.id, q.number, q.total_ore, q.state
        FROM brevdue.lead l LEFT JOIN brevdue.company c ON c.cvr = l.cvr
        LEFT JOIN LATERAL (SELECT id, number, total_ore, state FROM brevdue.quote q WHERE lead_id = l.id
            AND \(scope.seesQuote) ORDER BY version DESC LIMIT 1) q ON true
        """
    }

    private init(_ row: Row) throws {
        let (
            id, reference, cvr, company, contactName, contactAddress, subject, status, owner, nextStep, updatedAt,
            stamp,
            quoteID, number, total, state
        ) = try row.decode(
            Int64.self, String.self, String?.self, String?.self, String?.self, String?.self, String.self, String.self,
            String?.self, String?.self, Date.self, Int64.self, Int64?.self, String?.self, Int64?.self, String?.self)
        self.id = String(id)
        self.reference = reference
        _cvr = ExplicitNull(wrappedValue: cvr)
        _companyName = ExplicitNull(wrappedValue: company)
        contact = Contact(name: contactName, address: contactAddress)
        self.subject = subject
        self.status = status
        _owner = ExplicitNull(wrappedValue: owner)
        _nextStep = ExplicitNull(wrappedValue: nextStep)
        self.updatedAt = Timestamp(updatedAt)
        cursor = "\(stamp).\(id)"
        _latestQuote = ExplicitNull(wrappedValue: nil)
        if let quoteID, let number, let total, let state {
            latestQuote = LatestQuote(id: String(quoteID), number: number, totalOre: total, state: state)
        }
    }
}
