import Cryptography

/// One log-in from AUTH to its end (RFC 4954 section 4): a value that asks for what it cannot know.
struct SASLExchange: Sendable {
    /// What is to be done next.
    enum Step: Equatable, Sendable {
        /// Say it, encoded, and expect a line.
        case challenge([UInt8])
        /// Find out, and go on with ``SASLExchange/answered(_:)``.
        case question(SASLQuestion)
        case success(user: String)
        case failure(SMTPReply)
    }

    private enum Mechanism: Sendable {
        case plain
        case login(user: String?)
        case scram(SCRAMExchange)
    }

    private var mechanism: Mechanism

    static let names = ["PLAIN", "LOGIN", "SCRAM-SHA-256"]

    /// `nil` for a mechanism that is not known.
    init?(mechanism: String) {
        switch mechanism {
        case "PLAIN": self.mechanism = .plain
        case "LOGIN": self.mechanism = .login(user: nil)
        case "SCRAM-SHA-256": self.mechanism = .scram(SCRAMExchange())
        default: return nil
        }
    }

    /// The first challenge, when the client did not speak first.
    var opening: [UInt8] {
        if case .login = mechanism { Array("Username:".utf8) } else { [] }
    }

    /// Takes what the client said, decoded.
    mutating func receive(_ response: [UInt8]) -> Step {
        switch mechanism {
        case .plain: return Self.plain(response)
        case .login(nil):
            guard let user = Self.text(response[...]) else { return .failure(.badAuthentication) }
            mechanism = .login(user: user)
            return .challenge(Array("Password:".utf8))
        case .login(let user?):
            guard let password = Self.text(response[...]) else { return .failure(.badAuthentication) }
            return .question(.password(user: user, password))
        case .scram(var exchange):
            defer { mechanism = .scram(exchange) }
            return exchange.receive(response)
        }
    }

    /// Takes the answer to a question.
    mutating func answered(_ answer: SASLAnswer) -> Step {
        switch (mechanism, answer) {
        case (_, .unavailable): return .failure(.authenticationUnavailable)
        case (_, .braked): return .failure(.tooManyAttempts)
        case (_, .accepted(let user)): return .success(user: user)
        case (.scram(var exchange), .credentials(let credentials)):
            defer { mechanism = .scram(exchange) }
            return exchange.answered(credentials)
        case (_, .refused), (_, .credentials): return .failure(.badCredentials)
        }
    }

    /// RFC 4616: who is acted for, who logs in, and the password.
    private static func plain(_ response: [UInt8]) -> Step {
        let parts = response.split(separator: 0, omittingEmptySubsequences: false)
        guard parts.count == 3, let acted = text(parts[0]) ?? (parts[0].isEmpty ? "" : nil), let user = text(parts[1]),
            let password = text(parts[2])
        else { return .failure(.badAuthentication) }
        // Nobody acts for somebody else here.
        guard acted.isEmpty || acted == user else { return .failure(.badCredentials) }
        return .question(.password(user: user, password))
    }

    private static func text(_ octets: ArraySlice<UInt8>) -> String? {
        guard !octets.isEmpty, octets.count <= 1024, !octets.contains(0) else { return nil }
        return String(validating: octets, as: UTF8.self)
    }
}

/// What a log-in has to know from outside the session.
enum SASLQuestion: Equatable, Sendable {
    case password(user: String, String)
    case credentials(user: String)
}

/// The answer to a question.
enum SASLAnswer: Sendable {
    case accepted(user: String)
    case refused
    case credentials(SCRAMCredentials)
    /// Not to be known now.
    case unavailable
    /// Too many have failed.
    case braked
}

/// What SCRAM asks a client to prove: one salt, and all passwords kept under it.
struct SCRAMCredentials: Sendable {
    var salt: [UInt8]
    var iterations: Int
    /// Empty for a user who does not exist; the client cannot tell.
    var keys: [SCRAMKeys]
}
