import FoundationEssentials
import HTTPClient

/// With what an access token is asked for (RFC 6749): a refresh token, or the client's own credentials.
package struct OAuthGrant: Sendable, CustomStringConvertible, CustomReflectable {
    package var tokenURL: String
    package var clientID: String
    package var clientSecret: String?
    /// `nil`: client credentials (section 4.4).
    package var refreshToken: String?
    package var scope: String?
    /// Who is trusted instead of the system's authorities.
    package var caFile: String?

    package init(
        tokenURL: String, clientID: String, clientSecret: String?, refreshToken: String?, scope: String?,
        caFile: String?
    ) {
        self.tokenURL = tokenURL
        self.clientID = clientID
        self.clientSecret = clientSecret
        self.refreshToken = refreshToken
        self.scope = scope
        self.caFile = caFile
    }

    /// Its secrets are never printed.
    package var description: String { "OAuth grant of \(clientID) at \(tokenURL)" }
    package var customMirror: Mirror { Mirror(self, children: []) }

    /// The request for a token; `refreshToken` in place of the configured one.
    func request(refreshToken: String?) throws(HTTPRequest.Fault) -> HTTPRequest {
        var fields = [("client_id", clientID)]
        if let clientSecret { fields.append(("client_secret", clientSecret)) }
        if let refreshToken {
            fields += [("grant_type", "refresh_token"), ("refresh_token", refreshToken)]
        } else {
            fields.append(("grant_type", "client_credentials"))
        }
        if let scope { fields.append(("scope", scope)) }
        let body = fields.map { "\(Self.escaped($0.0))=\(Self.escaped($0.1))" }.joined(separator: "&")
        return try HTTPRequest(
            .post, tokenURL,
            headers: [("Content-Type", "application/x-www-form-urlencoded"), ("Accept", "application/json")],
            body: Array(body.utf8))
    }

    private static func escaped(_ text: String) -> String {
        var output = ""
        for octet in text.utf8 {
            switch octet {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"):
                output.unicodeScalars.append(Unicode.Scalar(octet))
            default:
                let digits = String(octet, radix: 16, uppercase: true)
                output += "%" + (digits.count == 1 ? "0" : "") + digits
            }
        }
        return output
    }
}

/// A token endpoint's answer (RFC 6749 sections 5.1 and 5.2).
struct TokenAnswer: Decodable {
    var accessToken: String?
    var expiresIn: Double?
    var refreshToken: String?
    var error: String?
    var errorDescription: String?

    enum CodingKeys: String, CodingKey {
        case accessToken = "access_token"
        case expiresIn = "expires_in"
        case refreshToken = "refresh_token"
        case error
        case errorDescription = "error_description"
    }

    init(from decoder: any Decoder) throws {
        let values = try decoder.container(keyedBy: CodingKeys.self)
        accessToken = try values.decodeIfPresent(String.self, forKey: .accessToken)
        refreshToken = try values.decodeIfPresent(String.self, forKey: .refreshToken)
        error = try? values.decodeIfPresent(String.self, forKey: .error)
        errorDescription = try? values.decodeIfPresent(String.self, forKey: .errorDescription)
        // Some providers write the number as a string.
        let seconds = try? values.decodeIfPresent(Double.self, forKey: .expiresIn)
        let text = try? values.decodeIfPresent(String.self, forKey: .expiresIn)
        expiresIn = seconds ?? text.flatMap { Double($0) }
    }
}

/// Why no access token was given.
package enum TokenFailure: Error, Sendable, CustomStringConvertible {
    /// The endpoint is away or not well; later it may work.
    case unavailable(String)
    /// The endpoint refuses: the operator has to log in anew or correct the configuration.
    case refused(String)

    package var description: String {
        switch self {
        case .unavailable(let reason): "no access token: \(reason)"
        case .refused(let reason): "the token endpoint refuses: \(reason)"
        }
    }
}
