package import Cryptography
package import Postgres
import Records
import SMTPServer

/// Who may log in to hand mail in: active people of the sales team, with their own or an app password.
package struct MailAccounts: SMTPAuthenticator {
    private let pool: PostgresPool

    package init(pool: PostgresPool) { self.pool = pool }

    package func credentials(of user: String) async throws -> [SCRAMKeys] {
        try await MailPasswords.keys(of: user, in: pool)
    }
}
