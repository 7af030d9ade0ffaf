/// How to reach the server, and the bounds of doing so.
package struct PostgresConfiguration: Sendable {
    /// A libpq URL or `key=value` string; TLS is asked for in it (`sslmode=verify-full`, `sslrootcert=…`).
    package var url: String
    package var applicationName = "brevdue"
    /// Connections at most, those reserved included.
    package var connections = 12
    /// Connections that only `.reserved` work takes: heartbeats must go through when everything else is busy.
    package var reserved = 1
    /// How long a caller waits for a connection.
    package var acquireTimeout = Duration.milliseconds(1500)
    /// The server's limit for one statement; 0 is none.
    package var statementTimeout = Duration.seconds(30)
    /// Whether statements keep a name on the server; off behind a transaction pooler.
    package var preparesStatements = true

    package init(url: String) { self.url = url }

    /// The URL with what every connection of ours has: bounded waits, keepalives, limits as start-up options.
    var conninfo: String {
        let options =
            "-c statement_timeout=\(milliseconds(statementTimeout)) "
            + "-c idle_in_transaction_session_timeout=30000 -c search_path="
        let additions = [
            ("application_name", applicationName), ("connect_timeout", "2"), ("keepalives_idle", "20"),
            ("keepalives_interval", "5"), ("keepalives_count", "3"), ("tcp_user_timeout", "20000"),
            ("options", options),
        ]
        guard url.hasPrefix("postgres://") || url.hasPrefix("postgresql://") else {
            return url + additions.map { " \($0)='\($1)'" }.joined()
        }
        let query = additions.map { "\($0)=\(Self.percentEncoded($1))" }.joined(separator: "&")
        return url + (url.contains("?") ? "&" : "?") + query
    }

    private func milliseconds(_ duration: Duration) -> Int64 {
        duration.components.seconds * 1000 + duration.components.attoseconds / 1_000_000_000_000_000
    }

    private static func percentEncoded(_ text: String) -> String {
        text.utf8.map { octet in
            switch octet {
            case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "-"), UInt8(ascii: "_"), UInt8(ascii: "."):
                String(UnicodeScalar(octet))
            default: "%" + (octet < 16 ? "0" : "") + String(octet, radix: 16, uppercase: true)
            }
        }.joined()
    }
}
