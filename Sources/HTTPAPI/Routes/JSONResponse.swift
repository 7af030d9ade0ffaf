import Hummingbird
import NIOCore
import Records
import WireFormat

extension Response {
    /// An object as JSON.
    static func json(_ value: some Encodable) throws -> Response {
        let body = try JSONLine.encode(value)
        return Response(
            status: .ok, headers: [.contentType: "application/json"],
            body: ResponseBody(byteBuffer: ByteBuffer(string: body + "\n")))
    }
}

extension Request {
    /// The page asked for by `limit` and `cursor`.
    func page(values: Int) throws(Problem) -> PageRequest {
        let parameters = uri.queryParameters
        let limit = parameters["limit"].map { Int($0) }
        if let limit, limit.map({ !PageRequest.limits.contains($0) }) ?? true {
            throw .badRequest("limit: expected a number from 1 to \(PageRequest.limits.upperBound)")
        }
        guard let page = PageRequest(limit: limit ?? nil, cursor: parameters["cursor"].map(String.init), values: values)
        else {
            throw .badRequest("cursor: not one of ours; take it from next_cursor")
        }
        return page
    }

    /// A query parameter, when it is there and says something.
    func parameter(_ name: String) -> String? {
        uri.queryParameters[name[...]].map(String.init).flatMap { $0.isEmpty ? nil : $0 }
    }
}

extension Session {
    /// The id in the path; an id that is none is not found.
    func id(_ what: String) throws(Problem) -> Int64 {
        guard let id = parameters.get("id").flatMap({ Int64($0) }) else { throw .notFound(what) }
        return id
    }
}
