/// How to reach the server, and the bounds of doing so.
package struct PostgresConfiguration: Sendable {
    /// A libpq URL or `key=value` string; TLS is asked for in it (`sslmode=verify-full`, `sslrootcert=…`).
    ///
    /// What it sets itself (`connect_timeout`, `options`, keepalives …) goes before our own defaults.
    package var url: String
    package var applicationName = "brevdue"
    /// Connections at most, those reserved included.
    package var connections = 12
    /// Connections that only `.reserved` work takes: heartbeats must go through when everything else is busy.
    package var reserved = 1
    /// How long a caller waits for a connection.
    package var acquireTimeout = Duration.milliseconds(1500)
    /// The server's limit for one statement; zero is none.
    package var statementTimeout = Duration.seconds(30)
    /// How long after its own limit a server that says nothing is believed dead.
    package var silenceTimeout = Duration.seconds(10)
    /// Whether connections keep state on the server: named statements and limits set at connect.
    ///
    /// Off behind a transaction pooler; limits are then set in each transaction.
    package var preparesStatements = true

    package init(url: String) { self.url = url }

    /// What every connection of ours has unless the URL says otherwise: bounded waits and keepalives.
    var defaults: [(keyword: String, value: String)] {
        [
            ("application_name", applicationName), ("connect_timeout", "2"), ("keepalives_idle", "20"),
            ("keepalives_interval", "5"), ("keepalives_count", "3"), ("tcp_user_timeout", "20000"),
        ]
    }

    /// Settings for the start of a connection, in the form of the keyword `options`.
    ///
    /// A pooler would refuse them.
    var options: String? {
        guard preparesStatements else { return nil }
        return limits.map { "-c \($0)=\($1)" }.joined(separator: " ") + " -c search_path="
    }

    /// Begins a transaction, with the limits where they are not the connection's.
    var begin: String {
        guard !preparesStatements else { return "BEGIN" }
        return "BEGIN; " + limits.map { "SET LOCAL \($0) = \($1)" }.joined(separator: "; ")
    }

    /// Until when an answer is waited for.
    var patience: Duration? { statementTimeout == .zero ? nil : statementTimeout + silenceTimeout }

    /// In milliseconds.
    private var limits: [(name: String, value: Int64)] {
        [
            ("statement_timeout", statementTimeout.milliseconds),
            ("idle_in_transaction_session_timeout", 30_000),
            // Whoever gave up waiting must not leave a server process behind that waits on.
            ("client_connection_check_interval", 2000),
        ]
    }
}

extension Duration {
    /// Whole milliseconds.
    var milliseconds: Int64 { components.seconds * 1000 + components.attoseconds / 1_000_000_000_000_000 }
}
