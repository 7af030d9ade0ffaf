import Hummingbird
import Postgres
import Records

/// What is advised on leads, and what they are quoted.
struct AdviceRoutes {
    let pool: PostgresPool

    func add(to router: some RouterMethods<Session>) {
        router.read("leads/:id/recommendations", use: recommendations)
        router.read("leads/:id/quotes", use: quotes)
        router.read("quotes/:id", use: quote)
    }

    @Sendable private func recommendations(_ request: Request, _ session: Session) async throws -> Response {
        try .json(
            await RecommendationView.page(
                ofLead: try await lead(session), try request.page(values: 1), session.scope, in: pool))
    }

    @Sendable private func quotes(_ request: Request, _ session: Session) async throws -> Response {
        try .json(
            await QuoteView.page(
                ofLead: try await lead(session), try request.page(values: 1), session.scope, in: pool))
    }

    @Sendable private func quote(_ request: Request, _ session: Session) async throws -> Response {
        guard let quote = try await QuoteView.one(try session.id("quote"), session.scope, in: pool) else {
            throw Problem.notFound("quote")
        }
        return try .json(quote)
    }

    /// A lead that the person may see.
    private func lead(_ session: Session) async throws -> Int64 {
        let id = try session.id("lead")
        guard try await LeadView.one(id, session.scope, in: pool) != nil else { throw Problem.notFound("lead") }
        return id
    }
}
