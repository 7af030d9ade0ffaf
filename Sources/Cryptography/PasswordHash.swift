import CArgon2

/// A password as argon2id in the PHC string form, for logging in to the web.
package enum PasswordHash {
    /// OWASP's second choice: 19 MiB, 2 passes, 1 lane; about 20 ms.
    private static let kibibytes: UInt32 = 19_456
    private static let passes: UInt32 = 2
    private static let lanes: UInt32 = 1

    package struct Failure: Error, CustomStringConvertible {
        package var description: String
    }

    /// Hashes with a new salt. Blocks for the time of the hash.
    package static func make(_ password: String) throws -> String {
        let salt = try SecureRandom.bytes(16)
        var encoded = [CChar](repeating: 0, count: 256)
        let octets = Array(password.utf8)
        let code = argon2id_hash_encoded(
            passes, kibibytes, lanes, octets, octets.count, salt, salt.count, 32, &encoded, encoded.count)
        guard code == ARGON2_OK.rawValue else { throw Failure(description: String(cString: argon2_error_message(code))) }
        return String(decoding: encoded.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
    }

    /// Whether the password is the one that was hashed. Blocks for the time of the hash.
    package static func verify(_ password: String, against encoded: String) -> Bool {
        let octets = Array(password.utf8)
        return argon2id_verify(encoded, octets, octets.count) == ARGON2_OK.rawValue
    }
}
