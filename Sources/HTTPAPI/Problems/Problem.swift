import Hummingbird
import NIOCore
import WireFormat

/// An error of the API as a problem document (RFC 9457).
struct Problem: Error, HTTPResponseError {
    private struct Document: Encodable {
        var type = "about:blank"
        var title: String
        var status: Int
        var detail: String
    }

    var status: HTTPResponse.Status
    var title: String
    var detail: String
    var headers = HTTPFields()

    static let unauthorized: Problem = {
        var problem = Problem(
            status: .unauthorized, title: "Not signed in",
            detail: "send a bearer token: Authorization: Bearer brv_…; `brevdue token create` makes one")
        problem.headers[.wwwAuthenticate] = "Bearer"
        return problem
    }()

    static func methodNotAllowed(_ detail: String, allow methods: String) -> Problem {
        var problem = Problem(status: .methodNotAllowed, title: "Method not allowed", detail: detail)
        problem.headers[.allow] = methods
        return problem
    }

    static func notFound(_ what: String) -> Problem {
        Problem(status: .notFound, title: "Not found", detail: "there is no such \(what), or it is not yours to see")
    }

    static func badRequest(_ detail: String) -> Problem {
        Problem(status: .badRequest, title: "Bad request", detail: detail)
    }

    static func unavailable(_ detail: String) -> Problem {
        var problem = Problem(status: .serviceUnavailable, title: "Try again", detail: detail)
        problem.headers[.retryAfter] = "1"
        return problem
    }

    func response(from request: Request, context: some RequestContext) throws -> Response {
        var headers = headers
        headers[.contentType] = "application/problem+json"
        let document = Document(title: title, status: status.code, detail: detail)
        let body = try JSONLine.encode(document)
        return Response(
            status: status, headers: headers, body: ResponseBody(byteBuffer: ByteBuffer(string: body + "\n")))
    }
}
