import Hummingbird
import Logging
import Postgres

/// Turns every error into a problem document; what went wrong inside is logged, not told.
struct ProblemMiddleware<Context: RequestContext>: RouterMiddleware {
    let logger: Logger

    func handle(
        _ request: Request, context: Context, next: @concurrent (Request, Context) async throws -> Response
    ) async throws -> Response {
        do {
            return try await next(request, context)
        } catch let problem as Problem {
            throw problem
        } catch let error as HTTPError {
            throw Problem(
                status: error.status, title: error.status.reasonPhrase,
                detail: error.status == .notFound
                    ? "there is no such route; see the README" : error.body ?? error.status.reasonPhrase)
        } catch let error as PostgresError where error.isUnavailable {
            throw Problem.unavailable("the database is away")
        } catch {
            logger.error("request failed", metadata: ["path": "\(request.uri.path)", "error": "\(error)"])
            throw Problem(
                status: .internalServerError, title: "Internal error",
                detail: "the request failed; the log of the daemon says why")
        }
    }
}
