/// Who is at the other end, and how far they can be believed.
package struct SessionInfo: Hashable, Sendable {
    package var remoteAddress: String
    package var heloName: String
    /// The protocol as a trace field names it (RFC 3848, RFC 6531): `SMTP`, `ESMTPSA`, `UTF8SMTPS`.
    package var with: String
    package var listenerRole: SMTPListener.Role
    /// Who logged in.
    package var authenticatedUser: String?
    /// `nil` in clear text.
    package var tls: TLSSession?

    package var isEncrypted: Bool { tls != nil }

    package init(
        remoteAddress: String, heloName: String, with: String, listenerRole: SMTPListener.Role = .exchange,
        authenticatedUser: String? = nil, tls: TLSSession? = nil
    ) {
        self.remoteAddress = remoteAddress
        self.heloName = heloName
        self.with = with
        self.listenerRole = listenerRole
        self.authenticatedUser = authenticatedUser
        self.tls = tls
    }
}
