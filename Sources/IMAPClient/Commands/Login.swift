/// With what a session logs in.
package struct IMAPLogin: Sendable, CustomStringConvertible, CustomReflectable {
    package enum Secret: Sendable {
        case password(String)
        /// An access token of OAuth 2.
        case token(String)
    }

    package enum Mechanism: String, Sendable, CaseIterable {
        case login
        case plain
        case xoauth2
        case oauthbearer
    }

    package var user: String
    package var secret: Secret
    /// `nil`: the best that the server offers.
    package var mechanism: Mechanism?

    package init(user: String, secret: Secret, mechanism: Mechanism? = nil) {
        self.user = user
        self.secret = secret
        self.mechanism = mechanism
    }

    /// The secret is never printed.
    package var description: String { "login of \(user)" }
    package var customMirror: Mirror { Mirror(self, children: []) }

    /// The mechanism for what a server offers; `nil` when it offers none that goes with the secret.
    func mechanism(offered: Set<String>) -> Mechanism? {
        if let mechanism { return mechanism }
        switch secret {
        case .password:
            if offered.contains("AUTH=PLAIN") { return .plain }
            return offered.contains("LOGINDISABLED") ? nil : .login
        case .token:
            if offered.contains("AUTH=XOAUTH2") { return .xoauth2 }
            return offered.contains("AUTH=OAUTHBEARER") ? .oauthbearer : nil
        }
    }
}

/// An exchange of AUTHENTICATE (RFC 3501 section 6.2.2): what the client says, and when.
struct SASLExchange: Hashable, Sendable {
    /// The name for the server.
    let name: String
    /// The client's first and only message.
    let initial: [UInt8]
    /// What is said to a challenge that comes after it, which tells of a failure (RFC 7628 section 3.2.3).
    private let acknowledgement: [UInt8]
    private var isInitialSent = false

    /// `nil` for LOGIN, which is a command of its own.
    init?(_ mechanism: IMAPLogin.Mechanism, user: String, secret: IMAPLogin.Secret, host: String, port: Int) {
        let word: String
        switch secret {
        case .password(let password): word = password
        case .token(let token): word = token
        }
        switch mechanism {
        case .login: return nil
        case .plain:
            name = "PLAIN"
            initial = [0] + Array(user.utf8) + [0] + Array(word.utf8)
            acknowledgement = []
        case .xoauth2:
            name = "XOAUTH2"
            initial = Array("user=\(user)\u{1}auth=Bearer \(word)\u{1}\u{1}".utf8)
            acknowledgement = []
        case .oauthbearer:
            name = "OAUTHBEARER"
            let escaped = user.replacing("=", with: "=3D").replacing(",", with: "=2C")
            initial = Array("n,a=\(escaped),\u{1}host=\(host)\u{1}port=\(port)\u{1}auth=Bearer \(word)\u{1}\u{1}".utf8)
            acknowledgement = [1]
        }
    }

    /// The command's arguments: with the first message where the server takes it at once (RFC 4959).
    mutating func arguments(sendsInitial: Bool) -> String {
        isInitialSent = sendsInitial
        return sendsInitial ? "\(name) \(Base64Text.encode(initial))" : name
    }

    /// The line to a `+` of the server.
    mutating func answer() -> String {
        guard isInitialSent else {
            isInitialSent = true
            return Base64Text.encode(initial)
        }
        return Base64Text.encode(acknowledgement)
    }
}

/// Base64 of RFC 4648 section 4.
enum Base64Text {
    private static let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)

    static func encode(_ octets: [UInt8]) -> String {
        var output: [UInt8] = []
        for start in stride(from: 0, to: octets.count, by: 3) {
            let group = octets[start..<min(start + 3, octets.count)]
            let bits = group.reduce(UInt32(0)) { $0 << 8 | UInt32($1) } << UInt32(8 * (3 - group.count))
            for place in 0..<4 {
                let digit = alphabet[Int(bits >> UInt32(18 - 6 * place) & 63)]
                output.append(place <= group.count ? digit : UInt8(ascii: "="))
            }
        }
        return String(decoding: output, as: UTF8.self)
    }
}
