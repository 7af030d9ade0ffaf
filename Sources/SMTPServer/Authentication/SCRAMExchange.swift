import Cryptography

/// The server's side of SCRAM-SHA-256 (RFC 5802, RFC 7677), without channel binding.
///
/// A user has several passwords, all kept under one salt: the proof of any of them is accepted, and the server shows that
/// it knows the same one.
struct SCRAMExchange: Sendable {
    private enum State: Sendable {
        case start
        case credentials
        case proof(SCRAMCredentials)
        /// The client is to see the server's signature, and says nothing to it.
        case farewell
        case over
    }

    private let makeNonce: @Sendable () -> String?
    private var state = State.start
    private var user = ""
    private var header: [UInt8] = []
    private var clientFirst = ""
    private var serverFirst = ""
    private var nonce = ""

    init(
        makeNonce: @escaping @Sendable () -> String? = { (try? SecureRandom.bytes(18)).map(Base64.encode) }
    ) {
        self.makeNonce = makeNonce
    }

    mutating func receive(_ response: [UInt8]) -> SASLExchange.Step {
        guard let message = String(validating: response, as: UTF8.self), response.count <= 9216 else {
            return .failure(.badAuthentication)
        }
        switch state {
        case .start: return first(message)
        case .proof(let credentials): return final(message, credentials)
        case .farewell where message.isEmpty:
            state = .over
            return .success(user: user)
        case .farewell, .credentials, .over: return .failure(.badAuthentication)
        }
    }

    /// `n,,n=user,r=nonce`, where `y` in front says that the client could bind the channel but saw that we cannot.
    private mutating func first(_ message: String) -> SASLExchange.Step {
        let parts = message.split(separator: ",", maxSplits: 2, omittingEmptySubsequences: false)
        guard parts.count == 3 else { return .failure(.badAuthentication) }
        // SCRAM-SHA-256-PLUS is not offered, and without it nothing is bound.
        guard parts[0] == "n" || parts[0] == "y" else {
            return .failure(parts[0].hasPrefix("p=") ? .badCredentials : .badAuthentication)
        }
        let acted = parts[1].isEmpty ? "" : Self.name(parts[1], "a=")
        let fields = parts[2].split(separator: ",", omittingEmptySubsequences: false)
        // `m=` in front would be an extension that must be understood.
        guard let acted, fields.count >= 2, let user = Self.name(fields[0], "n="), !user.isEmpty,
            fields[1].hasPrefix("r="), Self.isNonce(fields[1].dropFirst(2))
        else { return .failure(.badAuthentication) }
        guard acted.isEmpty || acted == user else { return .failure(.badCredentials) }
        guard let own = makeNonce() else { return .failure(.authenticationUnavailable) }
        self.user = user
        header = Array("\(parts[0]),\(parts[1]),".utf8)
        clientFirst = String(parts[2])
        nonce = String(fields[1].dropFirst(2)) + own
        state = .credentials
        return .question(.credentials(user: user))
    }

    mutating func answered(_ credentials: SCRAMCredentials) -> SASLExchange.Step {
        guard case .credentials = state else { return .failure(.badAuthentication) }
        serverFirst = "r=\(nonce),s=\(Base64.encode(credentials.salt)),i=\(credentials.iterations)"
        state = .proof(credentials)
        return .challenge(Array(serverFirst.utf8))
    }

    /// `c=header,r=nonce,p=proof`.
    private mutating func final(_ message: String, _ credentials: SCRAMCredentials) -> SASLExchange.Step {
        guard let comma = message.lastIndex(of: ","), message[comma...].hasPrefix(",p=") else {
            return .failure(.badAuthentication)
        }
        let withoutProof = message[..<comma]
        let fields = withoutProof.split(separator: ",", omittingEmptySubsequences: false)
        guard fields.count >= 2, fields[0].hasPrefix("c="), fields[1] == "r=\(nonce)",
            Base64.decode(fields[0].dropFirst(2)) == header, let proof = Base64.decode(message[comma...].dropFirst(3))
        else { return .failure(.badAuthentication) }
        let signed = Array("\(clientFirst),\(serverFirst),\(withoutProof)".utf8)
        guard let keys = credentials.keys.first(where: { $0.accept(proof: proof, of: signed) }) else {
            return .failure(.badCredentials)
        }
        state = .farewell
        return .challenge(Array("v=\(Base64.encode(keys.signature(of: signed)))".utf8))
    }

    /// A name with `=2C` for a comma and `=3D` for an equals sign.
    private static func name(_ field: Substring, _ mark: String) -> String? {
        guard field.hasPrefix(mark), field.utf8.count <= 1024, !field.utf8.contains(0) else { return nil }
        var name = ""
        var rest = field.dropFirst(mark.count)
        while let character = rest.popFirst() {
            guard character == "=" else {
                name.append(character)
                continue
            }
            switch rest.prefix(2) {
            case "2C": name.append(",")
            case "3D": name.append("=")
            default: return nil
            }
            rest = rest.dropFirst(2)
        }
        return name
    }

    private static func isNonce(_ text: Substring) -> Bool {
        (1...1024).contains(text.utf8.count) && text.utf8.allSatisfy { (0x21...0x7E).contains($0) }
    }
}
