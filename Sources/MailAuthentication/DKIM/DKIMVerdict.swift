/// Results of SPF, DKIM, DMARC and ARC, named as in RFC 8601 section 2.7.
package enum AuthenticationResult: String, Codable, Hashable, Sendable {
    case none
    case pass
    case fail
    case softfail
    case neutral
    case temperror
    case permerror
}

/// What one DKIM-Signature field is worth.
package struct DKIMVerdict: Codable, Hashable, Sendable {
    package var result: AuthenticationResult
    /// The signing domain (`d=`) in lower case; empty where it cannot be read.
    package var domain: String
    package var selector: String
    /// As in `a=`.
    package var algorithm: String
    /// Why it did not pass.
    package var reason: String?
    /// Whether all octets of the body are signed: false where `l=` left some out.
    package var coversBody: Bool
    /// Whether the domain says that it is only testing (`t=y`).
    package var isTest: Bool

    /// Whether the domain answers for this message: passed, for the whole body, and in earnest.
    ///
    /// RFC 6376 section 3.6.1: mail of a domain in test mode is as good as unsigned.
    package var counts: Bool { result == .pass && coversBody && !isTest }
}
