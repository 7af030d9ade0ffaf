package import Foundation
import FoundationNetworking

/// Plain requests.
package enum HTTP {
    /// What came back.
    package struct Answer: Sendable {
        package var status: Int
        private var headers: [String: String]
        package var octets: [UInt8]

        package var text: String { String(decoding: octets, as: UTF8.self) }

        /// The value of a header field, whatever the case of its name.
        package subscript(_ name: String) -> String? { headers[name.lowercased()] }

        fileprivate init(_ response: HTTPURLResponse, _ data: Data) {
            status = response.statusCode
            headers = Dictionary(
                response.allHeaderFields.map { ("\($0.key)".lowercased(), "\($0.value)") }, uniquingKeysWith: { $1 })
            octets = Array(data)
        }

        /// The octets as an object of JSON.
        package func object() throws -> [String: Any] {
            guard let object = try JSONSerialization.jsonObject(with: Data(octets)) as? [String: Any] else {
                throw TestFailure("no object: \(text.prefix(200))")
            }
            return object
        }
    }

    package static func get(_ url: URL, token: String?) async throws -> String {
        try await send("GET", url, headers: token.map { ["Authorization": "Bearer \($0)"] } ?? [:]).text
    }

    package static func send(
        _ method: String, _ url: URL, headers: [String: String] = [:], body: Data? = nil
    ) async throws -> Answer {
        var request = URLRequest(url: url, timeoutInterval: 10)
        request.httpMethod = method
        request.httpBody = body
        for (name, value) in headers { request.setValue(value, forHTTPHeaderField: name) }
        let (data, response) = try await URLSession.shared.data(for: request)
        guard let response = response as? HTTPURLResponse else { throw TestFailure("no answer of HTTP") }
        return Answer(response, data)
    }
}
