import CArgon2

/// A password as argon2id (RFC 9106) in the PHC string form, for logging in to the web.
///
/// Every call blocks for about 15 ms and takes 19 MiB; from asynchronous code, call `PasswordHasher`.
package enum PasswordHash {
    /// What a hash costs, for those who log in and those who guess.
    package struct Cost: Hashable, Sendable {
        package var kibibytes: UInt32
        package var passes: UInt32
        package var lanes: UInt32

        package init(kibibytes: UInt32, passes: UInt32, lanes: UInt32) {
            self.kibibytes = kibibytes
            self.passes = passes
            self.lanes = lanes
        }

        /// OWASP's password storage cheat sheet: 19 MiB, 2 passes, 1 lane.
        package static let recommended = Cost(kibibytes: 19_456, passes: 2, lanes: 1)

        /// How the PHC form says it, after the algorithm and its version.
        fileprivate var prefix: String { "$argon2id$v=19$m=\(kibibytes),t=\(passes),p=\(lanes)$" }
    }

    /// Why a password could not be hashed.
    package struct Failure: Error, CustomStringConvertible {
        package var description: String
    }

    /// Octets of a password at most, so that hashing one has a bound of its own.
    package static let longestPassword = 1_024

    /// Hashes with a new salt.
    ///
    /// Throws `Failure` for a password that is empty or too long.
    package static func make(_ password: String, cost: Cost = .recommended) throws -> String {
        let octets = Array(password.utf8)
        guard (1...longestPassword).contains(octets.count) else {
            throw Failure(description: "a password has 1 to \(longestPassword) octets, not \(octets.count)")
        }
        let salt = try SecureRandom.bytes(16)
        // The longest PHC form with these lengths of salt and hash has under 128 characters.
        var encoded = [CChar](repeating: 0, count: 256)
        let code = argon2id_hash_encoded(
            cost.passes, cost.kibibytes, cost.lanes, octets, octets.count, salt, salt.count, 32, &encoded, encoded.count
        )
        guard code == ARGON2_OK.rawValue else {
            throw Failure(description: String(cString: argon2_error_message(code)))
        }
        return String(decoding: encoded.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
    }

    /// Whether the password is the one that was hashed; false for a text that is no argon2id hash.
    package static func verify(_ password: String, against encoded: String) -> Bool {
        let octets = Array(password.utf8)
        guard octets.count <= longestPassword else { return false }
        return argon2id_verify(encoded, octets, octets.count) == ARGON2_OK.rawValue
    }

    /// Whether a hash was made at another cost than today's: to be made again at the next log-in that succeeds.
    package static func needsRehash(_ encoded: String, cost: Cost = .recommended) -> Bool {
        !encoded.hasPrefix(cost.prefix)
    }
}
