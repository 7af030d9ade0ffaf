package import Cryptography

/// Knows the passwords of our own people.
///
/// All keys of one user should be made with the same salt and the same number of iterations: SCRAM names them before it
/// knows which password the client has, and then takes any of them. PLAIN and LOGIN take them all in any case.
package protocol SMTPAuthenticator: Sendable {
    /// The keys of the user's passwords, the newest first; empty for a user who is unknown or may not log in.
    ///
    /// Throws when it cannot be known now; what takes longer than ``SMTPLimits/logInLookUp`` counts as that. It may wait but
    /// must not block.
    func credentials(of user: String) async throws -> [SCRAMKeys]
}
