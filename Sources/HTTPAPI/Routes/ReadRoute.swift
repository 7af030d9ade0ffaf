import Hummingbird

extension RouterMethods {
    /// A resource that can only be read: GET, and HEAD as the router makes it of GET; any other method is told so
    /// (RFC 9110 section 15.5.6).
    func read(
        _ path: RouterPath, use handler: @concurrent @Sendable @escaping (Request, Context) async throws -> Response
    ) {
        get(path, use: handler)
        for method in [HTTPRequest.Method.post, .put, .patch, .delete] {
            on(path, method: method) { _, _ -> Response in
                throw Problem.methodNotAllowed("this can only be read", allow: "GET, HEAD")
            }
        }
    }
}
