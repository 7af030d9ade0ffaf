/// What to do about a connection that was refused, where libpq's own words leave that open.
enum ConnectionAdvice {
    private static let table: [(sign: String, advice: String)] = [
        (
            "does not match host name",
            "name the server in database.url by a name of its certificate, which sslmode=verify-full compares"
        ),
        (
            "certificate verify failed",
            "sslrootcert must name the file of the authority that issued the server's certificate"
        ),
        ("no encryption", "the server wants TLS: sslmode=verify-full in database.url asks for it"),
        ("server does not support SSL", "turn TLS on at the server"),
    ]

    /// The message, with the advice behind it.
    static func added(to message: String) -> String {
        table.first { message.contains($0.sign) }.map { "\(message): \($0.advice)" } ?? message
    }
}
