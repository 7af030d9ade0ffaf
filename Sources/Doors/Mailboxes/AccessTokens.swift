import Cryptography
import FoundationEssentials
import HTTPClient
import Postgres
import Records
import WireFormat

/// The access token of a mailbox: kept until shortly before it ends, then fetched anew.
actor AccessTokens {
    private struct Token {
        var text: String
        var end: ContinuousClock.Instant
    }

    private let grant: OAuthGrant
    private let key: MailboxKey
    private let pool: PostgresPool
    private var client: HTTPClient?
    private var token: Token?

    init(grant: OAuthGrant, key: MailboxKey, pool: PostgresPool) {
        self.grant = grant
        self.key = key
        self.pool = pool
    }

    /// A token that is good for a session to come.
    func current() async throws -> String {
        if let token, token.end > .now { return token.text }
        let answer = try await ask()
        guard let text = answer.accessToken, !text.isEmpty else {
            throw TokenFailure.refused("it gives no access_token")
        }
        // A tenth of its life, at most five minutes, is left for the session to begin in.
        let told = answer.expiresIn ?? 3600
        let life = told.isFinite ? min(max(told, 0), 86_400) : 3600
        token = Token(text: text, end: .now + .seconds(life - min(life / 10, 300)))
        return text
    }

    /// The server refused the token although its time was not over.
    func drop() { token = nil }

    private func ask() async throws -> TokenAnswer {
        let digest = grant.refreshToken.map { SHA256.hash($0.utf8).bytes }
        var refreshToken = grant.refreshToken
        if let digest {
            refreshToken = try await MailboxLease.refreshToken(of: key, insteadOf: digest, in: pool) ?? refreshToken
        }
        let answer = try await fetch(refreshToken)
        // Kept before anything else: the old one may be worth nothing any more (RFC 6749 section 6).
        if let digest, let new = answer.refreshToken, new != refreshToken {
            try await MailboxLease.keep(refreshToken: new, of: key, insteadOf: digest, in: pool)
        }
        return answer
    }

    private func fetch(_ refreshToken: String?) async throws -> TokenAnswer {
        let response: HTTPResponse
        do {
            let client = try self.client ?? HTTPClient(sizeLimit: 64 << 10, caFile: grant.caFile)
            self.client = client
            response = try await client.send(try grant.request(refreshToken: refreshToken))
        } catch let error as HTTPRequest.Fault {
            throw TokenFailure.refused("\(error)")
        } catch {
            throw TokenFailure.unavailable("\(grant.tokenURL): \(error)")
        }
        let answer = try? JSONDecoder().decode(TokenAnswer.self, from: Data(response.body))
        if response.status == 200, let answer { return answer }
        let words = [answer?.error, answer?.errorDescription].compactMap { $0 }.joined(separator: ": ")
        let reason = "\(grant.tokenURL): status \(response.status) \(PlainLine.clean(words.utf8.prefix(300)))"
        // Only what RFC 6749 section 5.2 calls an error of the request is one for good.
        if [400, 401].contains(response.status), answer?.error != nil { throw TokenFailure.refused(reason) }
        throw TokenFailure.unavailable(reason)
    }
}
