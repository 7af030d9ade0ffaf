import COpenSSL

/// What a server keeps to check SCRAM-SHA-256 (RFC 5802 section 3, RFC 7677): keys from which the password cannot be had.
package struct SCRAMKeys: Hashable, Sendable {
    /// Iterations of PBKDF2; RFC 7677 asks for 4,096 or more.
    package let iterations: Int
    package let salt: [UInt8]
    package let storedKey: [UInt8]
    package let serverKey: [UInt8]

    /// About 3 ms; whoever steals the keys pays it for every guess.
    package static let recommendedIterations = 15_000

    /// Keys of a password under a new salt.
    package static func make(
        _ password: String, iterations: Int = recommendedIterations
    ) throws(SecureRandom.Unavailable) -> Self {
        Self(password: password, salt: try SecureRandom.bytes(16), iterations: iterations)
    }

    /// Derives the keys of a password brought into the form of SASLprep.
    ///
    /// Blocks for the time of the iterations.
    package init(password: String, salt: [UInt8], iterations: Int = recommendedIterations) {
        self.iterations = iterations
        self.salt = salt
        let salted = Self.saltedPassword(SASLPreparation.prepare(password), salt, iterations)
        storedKey = SHA256.hash(HMACSHA256.authenticate(Array("Client Key".utf8), key: salted)).bytes
        serverKey = HMACSHA256.authenticate(Array("Server Key".utf8), key: salted)
    }

    /// Whether a client's proof shows that it knows the password (RFC 5802 section 3, `ClientProof`).
    package func accept(proof: [UInt8], of authMessage: [UInt8]) -> Bool {
        guard proof.count == storedKey.count else { return false }
        let signature = HMACSHA256.authenticate(authMessage, key: storedKey)
        let clientKey = zip(proof, signature).map { $0 ^ $1 }
        return equalInConstantTime(SHA256.hash(clientKey).bytes, storedKey)
    }

    /// What shows the client that the server knows it (RFC 5802 section 3, `ServerSignature`).
    package func signature(of authMessage: [UInt8]) -> [UInt8] {
        HMACSHA256.authenticate(authMessage, key: serverKey)
    }

    private static func saltedPassword(_ password: String, _ salt: [UInt8], _ iterations: Int) -> [UInt8] {
        let octets = password.utf8.map(CChar.init(bitPattern:))
        return [UInt8](unsafeUninitializedCapacity: 32) { salted, count in
            PKCS5_PBKDF2_HMAC(
                octets, Int32(octets.count), salt, Int32(salt.count), Int32(iterations), Algorithm.sha256, 32,
                salted.baseAddress)
            count = 32
        }
    }
}

extension SCRAMKeys: LosslessStringConvertible {
    /// The form that PostgreSQL stores too: `SCRAM-SHA-256$iterations:salt$stored:server`, base64.
    package var description: String {
        "\(Self.mechanism)$\(iterations):\(Base64.encode(salt))"
            + "$\(Base64.encode(storedKey)):\(Base64.encode(serverKey))"
    }

    /// Reads the stored form; `nil` when it is not one or a part has another length than SHA-256 gives.
    package init?(_ text: String) {
        let parts = text.split(separator: "$", omittingEmptySubsequences: false)
        guard parts.count == 3, parts[0] == Self.mechanism else { return nil }
        let costs = parts[1].split(separator: ":")
        let keys = parts[2].split(separator: ":")
        guard costs.count == 2, let iterations = Int(costs[0]), iterations > 0, let salt = Base64.decode(costs[1]),
            keys.count == 2, let storedKey = Base64.decode(keys[0]), let serverKey = Base64.decode(keys[1]),
            storedKey.count == 32, serverKey.count == 32
        else { return nil }
        self.iterations = iterations
        self.salt = salt
        self.storedKey = storedKey
        self.serverKey = serverKey
    }

    private static let mechanism = "SCRAM-SHA-256"
}
