import FoundationEssentials

/// Where mail goes out and how the connection is made safe.
package struct SMTPRelay: Sendable {
    /// When the connection is encrypted.
    ///
    /// An `smtps` relay always is, and always has its certificate verified.
    package enum TLSPolicy: String, Sendable, CaseIterable {
        /// Never.
        case none
        /// By STARTTLS where offered, without a look at the certificate: it keeps listeners out, not impostors.
        case opportunistic
        /// By STARTTLS with a certificate that holds for the host, or not at all.
        case required
    }

    /// How long the relay may take.
    package struct Timeouts: Sendable {
        /// To connect, agree on TLS, greet and log in.
        package var connect = Duration.seconds(30)
        /// To answer MAIL, RCPT or DATA (RFC 5321 section 4.5.3.2).
        package var command = Duration.seconds(300)
        /// To take the next piece of the content.
        package var content = Duration.seconds(180)
        /// To answer the final dot: shorter and mails would be sent twice (RFC 1047).
        package var finalReply = Duration.seconds(600)
        /// To end a transfer whose content had begun when the task was cancelled.
        package var afterCancellation = Duration.seconds(5)

        package init() {}
    }

    /// Why a relay cannot be used as configured.
    package enum Fault: Error, Hashable, Sendable, CustomStringConvertible {
        case url
        case heloName
        case incompleteLogin
        case loginInClear

        package var description: String {
            switch self {
            case .url: "expected smtp://HOST:PORT or smtps://HOST:PORT, without user, path or query"
            case .heloName: "the name to greet the relay with is no host name or address literal"
            case .incompleteLogin: "a user needs a password, and a password a user"
            case .loginInClear: "a password is only sent over TLS: use smtps:// or the TLS policy \"required\""
            }
        }
    }

    package let tls: TLSPolicy
    package let timeouts: Timeouts
    let url: String
    let login: Login?
    let caFile: String?

    /// A user's name and password; never printed.
    struct Login: Sendable, CustomStringConvertible, CustomReflectable {
        var user: String
        var password: String
        var description: String { "login" }
        var customMirror: Mirror { Mirror(self, children: []) }
    }

    /// A relay at `smtp://host:port` or `smtps://host:port`, greeted by `heloName`.
    ///
    /// A password over a connection that may be in clear is refused, except to this very machine.
    package init(
        url: String, user: String? = nil, password: String? = nil, tls: TLSPolicy, caFile: String? = nil,
        heloName: String, timeouts: Timeouts = Timeouts()
    ) throws(Fault) {
        let address = try Self.address(url)
        guard Self.isHostName(heloName) else { throw .heloName }
        switch (user, password) {
        case (nil, nil): login = nil
        case (let user?, let password?): login = Login(user: user, password: password)
        default: throw .incompleteLogin
        }
        let isLoopback = ["localhost", "127.0.0.1", "[::1]"].contains(address.host)
        if login != nil, address.scheme == "smtp", tls != .required, !isLoopback { throw .loginInClear }
        self.tls = address.scheme == "smtps" ? .required : tls
        self.caFile = caFile
        self.timeouts = timeouts
        // libcurl takes the name for EHLO from the path.
        let path = heloName.replacing("[", with: "%5B").replacing("]", with: "%5D").replacing(":", with: "%3A")
        self.url = "\(address.scheme)://\(address.host)\(address.port.map { ":\($0)" } ?? "")/\(path)"
    }

    private static func address(_ text: String) throws(Fault) -> (scheme: String, host: String, port: Int?) {
        guard let parts = URLComponents(string: text), let scheme = parts.scheme?.lowercased(),
            ["smtp", "smtps"].contains(scheme), let host = parts.host, !host.isEmpty, parts.user == nil,
            parts.password == nil, parts.path.isEmpty || parts.path == "/", parts.query == nil, parts.fragment == nil,
            parts.port.map({ (1...65_535).contains($0) }) ?? true, isHostName(host)
        else { throw .url }
        return (scheme, host, parts.port)
    }

    /// Letters, digits, dots and hyphens, or an address literal in brackets (RFC 5321 section 4.1.3).
    private static func isHostName(_ name: String) -> Bool {
        let isLiteral = name.hasPrefix("[") && name.hasSuffix("]")
        let inner = isLiteral ? name.dropFirst().dropLast() : name[...]
        return (1...253).contains(inner.utf8.count)
            && inner.unicodeScalars.allSatisfy { scalar in
                switch scalar {
                case "a"..."z", "A"..."Z", "0"..."9", ".", "-": true
                case ":": isLiteral
                default: false
                }
            }
    }
}
