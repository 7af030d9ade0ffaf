import FoundationEssentials

/// A request to another service, its address checked.
package struct HTTPRequest: Sendable {
    package enum Method: String, Sendable { case get = "GET", post = "POST" }

    /// Why a request cannot be made.
    package enum Fault: Error, Hashable, Sendable, CustomStringConvertible {
        case url
        case header(String)

        package var description: String {
            switch self {
            case .url: "expected https://HOST/PATH (http:// only to this very machine), without a user"
            case .header(let name): "the header field \(name) holds a line end"
            }
        }
    }

    let method: Method
    let url: String
    let headers: [(name: String, value: String)]
    let body: [UInt8]

    package init(
        _ method: Method, _ url: String, headers: [(name: String, value: String)] = [], body: [UInt8] = []
    ) throws(Fault) {
        guard Self.isUsable(url) else { throw .url }
        // A line end would begin a field, or the body, of its own.
        for (name, value) in headers where (name + value).utf8.contains(where: { $0 < 0x20 || $0 == 0x7F }) {
            throw .header(name)
        }
        self.method = method
        self.url = url
        self.headers = headers
        self.body = body
    }

    /// Whether requests can be sent there: over TLS, or within this machine.
    package static func isUsable(_ url: String) -> Bool {
        guard let parts = URLComponents(string: url), let scheme = parts.scheme?.lowercased(), let host = parts.host,
            !host.isEmpty, parts.user == nil, parts.password == nil, parts.fragment == nil
        else { return false }
        return scheme == "https" || scheme == "http" && ["localhost", "127.0.0.1", "[::1]", "::1"].contains(host)
    }
}

/// What came back, whatever its status.
package struct HTTPResponse: Hashable, Sendable {
    package var status: Int
    package var body: [UInt8]
}

/// Why nothing came back.
package enum HTTPFailure: Error, Hashable, Sendable, CustomStringConvertible {
    /// No connection, no TLS, no answer in time: in libcurl's words.
    case unreachable(String)
    /// The answer is larger than allowed.
    case tooLarge(limit: Int)
    case cancelled

    package var description: String {
        switch self {
        case .unreachable(let reason): reason
        case .tooLarge(let limit): "the answer is larger than \(limit) octets"
        case .cancelled: "the request was cancelled"
        }
    }
}
