import Postgres
package import WireFormat

/// What a person may see: everything, or some companies.
package struct Scope: Sendable {
    /// `nil` is everything.
    let companies: [String]?

    package static let everything = Scope(companies: nil)

    /// Only these; nothing when there are none.
    package static func only(_ companies: [String]) -> Scope { Scope(companies: companies) }

    /// Whether a person may see a quote `q`: it stays where it was made, but what it was made from and quotes may have
    /// turned out to be another company's.
    var seesQuote: SQL {
        """
        (\(companies) IS NULL OR q.cvr = ANY(\(companies)) AND NOT EXISTS (
            SELECT FROM brevdue.message s WHERE s.id IN (
                SELECT q.message_id
                UNION ALL
                SELECT (e ->> 'messageID')::bigint FROM brevdue.quote_line l, json_array_elements(l.evidence) e
                WHERE l.quote_id = q.id
            ) AND (s.cvr IS NULL OR s.cvr <> ALL(\(companies)))))
        """
    }
}

/// A page of a list and where the next one begins.
package struct Page<Item: Encodable & Sendable>: Encodable, Sendable {
    package var items: [Item]
    @ExplicitNull package var nextCursor: String?

    /// One more row than a page has was asked for: it tells that there is a next page.
    init(_ rows: [Item], limit: Int, cursor: (Item) -> String) {
        items = Array(rows.prefix(limit))
        _nextCursor = ExplicitNull(wrappedValue: rows.count > limit ? items.last.map(cursor) : nil)
    }
}

/// A page that is asked for.
package struct PageRequest: Sendable {
    package static let limits = 1...200

    var limit: Int
    /// Values of the last row of the page before.
    var after: [Int64]

    /// `nil` for a cursor that is none of ours.
    package init?(limit: Int?, cursor: String?, values: Int) {
        self.limit = min(max(limit ?? 50, Self.limits.lowerBound), Self.limits.upperBound)
        guard let cursor else {
            after = Array(repeating: .max, count: values)
            return
        }
        after = cursor.split(separator: ".").compactMap { Int64($0) }
        // Read leniently, it must still be what we gave out.
        guard after.count == values, after.map(String.init).joined(separator: ".") == cursor else { return nil }
    }
}
