package import Foundation
import FoundationNetworking

/// Plain requests.
package enum HTTP {
    package static func get(_ url: URL, token: String?) async throws -> String {
        var request = URLRequest(url: url, timeoutInterval: 10)
        if let token { request.setValue("Bearer \(token)", forHTTPHeaderField: "Authorization") }
        let (data, _) = try await URLSession.shared.data(for: request)
        return String(decoding: data, as: UTF8.self)
    }
}
