/// What SPF says of the client that brought a message (RFC 7208 section 2.6).
package struct SPFVerdict: Codable, Hashable, Sendable {
    /// Whose domain was looked at.
    package enum Identity: String, Codable, Hashable, Sendable {
        case mailFrom = "mailfrom"
        /// The name in HELO, where the return path is empty.
        case helo
    }

    package var result: AuthenticationResult
    /// In lower case; empty where there was none to look at.
    package var domain: String
    package var identity: Identity
    /// The term that decided, or what is wrong.
    package var reason: String?

    package init(
        result: AuthenticationResult, domain: String = "", identity: Identity = .mailFrom, reason: String? = nil
    ) {
        self.result = result
        self.domain = domain
        self.identity = identity
        self.reason = reason
    }
}
