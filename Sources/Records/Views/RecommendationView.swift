import FoundationEssentials
package import Postgres
import Rules
package import Understanding
import WireFormat

/// Advice as the API and `brevdue quote --json` show it.
package struct RecommendationView: Encodable, Sendable {
    @ExplicitNull var id: String?
    var kind: String
    var action: String
    @ExplicitNull var owner: String?
    @ExplicitNull var dueOn: String?
    var priority: Int
    var rule: String
    var reason: String
    var evidence: [EvidenceView]

    /// Advice that is kept nowhere; `messageID` names the letter that its words stand in.
    package init(_ advice: Recommendation, messageID: String?) {
        _id = ExplicitNull(wrappedValue: nil)
        kind = advice.kind.rawValue
        action = advice.action
        _owner = ExplicitNull(wrappedValue: advice.owner)
        _dueOn = ExplicitNull(wrappedValue: advice.dueOn?.description)
        priority = advice.priority
        rule = advice.rule
        reason = advice.reason
        evidence = advice.evidence.map { EvidenceView($0, atHand: messageID) }
    }

    /// What is advised on a lead now, most urgent first.
    package static func page(
        ofLead lead: Int64, _ request: PageRequest, _ scope: Scope, in pool: PostgresPool
    ) async throws -> Page<RecommendationView> {
        let first = request.after[0] == .max ? -1 : request.after[0]
        let rows = try await pool.query(
            """
            SELECT id, position, message_id, kind, action, owner, due_on::text, priority, rule, reason, evidence::text
            FROM brevdue.recommendation
            WHERE lead_id = \(lead) AND superseded_at IS NULL AND position > \(first)
            AND (\(scope.companies) IS NULL OR cvr = ANY(\(scope.companies)))
            ORDER BY position LIMIT \(Int64(request.limit + 1))
            """)
        let items = try rows.map { row in
            let (id, position, message, kind, action, owner, dueOn, priority, rule, reason, evidence) = try row.decode(
                Int64.self, Int32.self, Int64.self, String.self, String.self, String?.self, String?.self, Int32.self,
                String.self, String.self, String.self)
            var view = RecommendationView(
                Recommendation(
                    kind: Recommendation.Kind(rawValue: kind) ?? .step, action: action, owner: owner,
                    priority: Int(priority), rule: rule, reason: reason,
                    evidence: try JSONText.decode([Evidence].self, from: evidence)), messageID: String(message))
            view.id = String(id)
            view.dueOn = dueOn
            view.cursor = String(position)
            return view
        }
        return Page(items, limit: request.limit, cursor: \.cursor)
    }

    private var cursor = ""

    private enum CodingKeys: String, CodingKey {
        case id, kind, action, owner, dueOn, priority, rule, reason, evidence
    }
}
