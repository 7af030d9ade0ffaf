import Cryptography
import Hummingbird
import Postgres
import Records

/// A request with the person who makes it.
struct Session: RequestContext {
    var coreContext: CoreRequestContextStorage
    var user: People.User?
    var scope = Scope.only([])

    init(source: Source) { coreContext = .init(source: source) }
}

/// Lets in whoever shows a valid bearer token.
struct BearerMiddleware: RouterMiddleware {
    let pool: PostgresPool

    func handle(
        _ request: Request, context: Session, next: @concurrent (Request, Session) async throws -> Response
    ) async throws -> Response {
        guard let header = request.headers[.authorization], let space = header.firstIndex(of: " "),
            header[..<space].lowercased() == "bearer"
        else { throw Problem.unauthorized }
        let token = BearerToken(text: String(header[header.index(after: space)...].prefix(200)))
        guard let user = try await People.user(token: token.digest, in: pool) else { throw Problem.unauthorized }
        var context = context
        context.user = user
        context.scope = user.role == .partner ? .only(try await People.grants(of: user, in: pool)) : .everything
        return try await next(request, context)
    }
}
