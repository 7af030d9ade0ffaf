import FoundationEssentials

/// Where a mailbox is, and how long its server may take.
package struct IMAPServer: Sendable {
    package struct Timeouts: Hashable, Sendable {
        /// To connect, agree on TLS and greet.
        package var connect = Duration.seconds(30)
        /// To send anything at all while a command runs.
        package var command = Duration.seconds(90)
        /// To answer a command in whole, without the messages that it brings.
        package var answer = Duration.seconds(15 * 60)

        package init() {}
    }

    package let host: String
    package let port: Int
    /// TLS from the first octet; otherwise by STARTTLS before anything else is said.
    package let isImplicitTLS: Bool
    /// Who is trusted instead of the system's authorities.
    package var caFile: String?
    package var timeouts = Timeouts()
    /// Octets of one message, at most.
    package var contentLimit = 50 << 20
    /// Octets of the answer to one command without the messages that it brings, at most.
    package var answerLimit = 256 << 20
    /// Octets that are listened to in one IDLE.
    package var idleLimit = 4 << 20

    /// A server at `imaps://host[:port]`, or at `imap://host[:port]` with STARTTLS; `nil` when the URL is neither.
    package init?(url: String) {
        guard let parts = URLComponents(string: url), let scheme = parts.scheme?.lowercased(),
            ["imap", "imaps"].contains(scheme), var host = parts.host, !host.isEmpty, parts.user == nil,
            parts.password == nil, parts.path.isEmpty || parts.path == "/", parts.query == nil, parts.fragment == nil,
            parts.port.map({ (1...65_535).contains($0) }) ?? true
        else { return nil }
        if host.hasPrefix("["), host.hasSuffix("]") { host = String(host.dropFirst().dropLast()) }
        self.host = host
        isImplicitTLS = scheme == "imaps"
        port = parts.port ?? (isImplicitTLS ? 993 : 143)
    }
}
