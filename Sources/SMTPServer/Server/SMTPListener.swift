/// A port where mail is taken, and on what terms.
package struct SMTPListener: Hashable, Sendable {
    /// Who is expected to call.
    package enum Role: String, Hashable, Sendable {
        /// Mail servers of anybody (MX).
        case exchange
        /// Mail programs of our own people (RFC 6409).
        case submission
    }

    /// When a session becomes encrypted.
    package enum Encryption: String, Hashable, Sendable {
        case none
        /// By the command, once there is a certificate (RFC 3207).
        case startTLS
        /// From the first octet (RFC 8314).
        case implicit
    }

    /// `HOST:PORT`; port 0 takes a free one.
    package var address: String
    package var role: Role
    package var encryption: Encryption
    /// Nothing but what leads to TLS is done in clear text.
    package var requiresTLS: Bool
    /// No mail is taken from who has not logged in.
    package var requiresAuthentication: Bool

    package init(
        address: String, role: Role = .exchange, encryption: Encryption = .startTLS, requiresTLS: Bool = false,
        requiresAuthentication: Bool = false
    ) {
        self.address = address
        self.role = role
        self.encryption = encryption
        self.requiresTLS = requiresTLS
        self.requiresAuthentication = requiresAuthentication
    }

    /// For mail programs: nobody is let in without TLS and a log-in.
    package static func submission(_ address: String, encryption: Encryption = .startTLS) -> Self {
        Self(
            address: address, role: .submission, encryption: encryption, requiresTLS: true, requiresAuthentication: true
        )
    }
}
