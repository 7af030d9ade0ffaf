/// What the chain of those who handed a message on is worth (RFC 8617).
package struct ARCVerdict: Codable, Hashable, Sendable {
    /// One who handed the message on.
    package struct Sealer: Codable, Hashable, Sendable {
        package var instance: Int
        /// The domain that sealed, in lower case.
        package var domain: String
        /// What the sealer says of DMARC when the message came to it, as in `pass`; `nil` where it says nothing.
        package var dmarc: String?
        /// The domain in From that it says so of.
        package var fromDomain: String?
    }

    package var result: AuthenticationResult
    /// The oldest first; empty unless the chain passed.
    package var sealers: [Sealer]
    package var reason: String?

    package init(result: AuthenticationResult, sealers: [Sealer] = [], reason: String? = nil) {
        self.result = result
        self.sealers = sealers
        self.reason = reason
    }
}
