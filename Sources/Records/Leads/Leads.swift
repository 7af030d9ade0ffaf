package import CVR
package import FoundationEssentials
package import Postgres

/// A lead as a letter brings it.
package struct LeadOpening: Sendable {
    /// `nil` for a lead whose company is not known yet.
    package var cvr: CVRNumber?
    package var companyName: String?
    package var contactName: String?
    package var contactAddress: String?
    package var subject: String
    /// Address of the salesperson who owns it.
    package var owner: String?
    package var openedAt: Date

    package init(
        cvr: CVRNumber?, companyName: String?, contactName: String?, contactAddress: String?, subject: String,
        owner: String?, openedAt: Date
    ) {
        self.cvr = cvr
        self.companyName = companyName
        self.contactName = contactName
        self.contactAddress = contactAddress
        self.subject = subject
        self.owner = owner
        self.openedAt = openedAt
    }
}

/// Leads: one open lead per company.
package enum Leads {
    /// Finds the company's open lead or opens one, for each opening in its order; gives back the lead's ids.
    package static func open(_ openings: [LeadOpening], in transaction: Transaction) async throws -> [Int64] {
        var byCompany = try await openLeads(of: openings.compactMap(\.cvr), in: transaction)
        let missing =
            openings.filter { $0.cvr == nil }
            + openings.filter { $0.cvr.map { byCompany[$0] == nil } ?? false }.last(by: \.cvr)
        let made = try await insert(missing, in: transaction)
        for (opening, id) in zip(missing, made) {
            if let cvr = opening.cvr { byCompany[cvr] = id }
        }
        let known = openings.filter { $0.cvr != nil }.last(by: \.cvr)
        _ = try await transaction.query(refresh(known, ids: byCompany))
        var unlinked = made.makeIterator()
        return try openings.map { opening in
            guard let id = opening.cvr == nil ? unlinked.next() : opening.cvr.flatMap({ byCompany[$0] }) else {
                throw Timeline.FiledMeanwhile()
            }
            return id
        }
    }

    /// Leads of the companies that are open; locked, so that two steps do not open one each.
    private static func openLeads(
        of companies: [CVRNumber], in transaction: Transaction
    ) async throws -> [CVRNumber: Int64] {
        guard !companies.isEmpty else { return [:] }
        let rows = try await transaction.query(
            """
            SELECT cvr, id FROM brevdue.lead
            WHERE cvr = ANY(\(Set(companies).map(\.description).sorted())) AND status IN ('open', 'quoted')
            ORDER BY id FOR UPDATE
            """)
        var leads: [CVRNumber: Int64] = [:]
        for row in rows {
            let (cvr, id) = try row.decode(String.self, Int64.self)
            if let number = CVRNumber(cvr) { leads[number] = id }
        }
        return leads
    }

    private static func insert(_ openings: [LeadOpening], in transaction: Transaction) async throws -> [Int64] {
        guard !openings.isEmpty else { return [] }
        let rows = try await transaction.query(
            """
            WITH numbered AS MATERIALIZED (
                SELECT i.*, 'L-' || to_char(opened_at AT TIME ZONE 'Europe/Copenhagen', 'YYYY') || '-'
                    || brevdue.four_digits(nextval('brevdue.lead_number')) AS reference
                FROM unnest(\(openings.map { $0.cvr?.description }), \(openings.map(\.companyName)),
                    \(openings.map(\.contactName)), \(openings.map(\.contactAddress)), \(openings.map(\.subject)),
                    \(openings.map(\.owner)), \(openings.map(\.openedAt))) WITH ORDINALITY
                    AS i (cvr, company_name, contact_name, contact_address, subject, owner, opened_at, ordinal)
            ), made AS (
                INSERT INTO brevdue.lead (reference, cvr, company_name, contact_name, contact_address, subject, owner)
                SELECT reference, cvr, company_name, contact_name, contact_address, subject, owner FROM numbered
                ON CONFLICT DO NOTHING RETURNING id, reference
            )
            SELECT id FROM numbered JOIN made USING (reference) ORDER BY ordinal
            """)
        guard rows.count == openings.count else { throw Timeline.FiledMeanwhile() }
        return try rows.map { try $0.decode(Int64.self) }
    }

    private static func refresh(_ openings: [LeadOpening], ids: [CVRNumber: Int64]) -> SQL {
        """
        UPDATE brevdue.lead l SET updated_at = now(), version = version + 1,
            company_name = coalesce(l.company_name, i.company_name), contact_name = coalesce(i.contact_name, l.contact_name),
            contact_address = coalesce(i.contact_address, l.contact_address), owner = coalesce(l.owner, i.owner)
        FROM unnest(\(openings.map { $0.cvr.flatMap { ids[$0] } }), \(openings.map(\.companyName)),
            \(openings.map(\.contactName)), \(openings.map(\.contactAddress)), \(openings.map(\.owner)))
            AS i (id, company_name, contact_name, contact_address, owner)
        WHERE l.id = i.id
        """
    }
}
