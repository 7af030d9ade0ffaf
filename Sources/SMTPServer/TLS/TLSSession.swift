/// What is known of the encryption of a session.
package struct TLSSession: Hashable, Sendable {
    /// `TLSv1.3` or `TLSv1.2`.
    package var version: String
    /// The client's certificate, verified against the authority that is configured for its network.
    package var clientCertificate: ClientCertificate?

    package init(version: String, clientCertificate: ClientCertificate? = nil) {
        self.version = version
        self.clientCertificate = clientCertificate
    }

    /// Whom a verified certificate names.
    package struct ClientCertificate: Hashable, Sendable {
        /// The common name of the subject.
        package var subject: String
        /// Names of the DNS among the alternative names, in lower case.
        package var hostNames: [String]
        /// SHA-256 of the certificate, in hexadecimal digits.
        package var fingerprint: String

        package init(subject: String, hostNames: [String], fingerprint: String) {
            self.subject = subject
            self.hostNames = hostNames
            self.fingerprint = fingerprint
        }
    }
}
