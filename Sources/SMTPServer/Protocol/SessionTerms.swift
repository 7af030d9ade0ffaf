/// What a session may do and is offered, by the port it came in by and what is there.
struct SessionTerms: Sendable {
    var role = SMTPListener.Role.exchange
    /// Whether STARTTLS can be done.
    var offersTLS = false
    var requiresTLS = false
    var requiresAuthentication = false
    /// Whether somebody knows passwords.
    var hasAuthenticator = false
}
