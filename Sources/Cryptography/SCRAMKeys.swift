import COpenSSL
import Foundation

/// What a server keeps to check SCRAM-SHA-256 (RFC 5802 section 3, RFC 7677): keys from which the password cannot be had.
package struct SCRAMKeys: Hashable, Sendable, CustomStringConvertible {
    package var iterations: Int
    package var salt: [UInt8]
    package var storedKey: [UInt8]
    package var serverKey: [UInt8]

    /// Derives the keys of a password in NFKC, which is what SASLprep (RFC 4013) comes to for what people type.
    package init(password: String, salt: [UInt8], iterations: Int = 15_000) {
        self.iterations = iterations
        self.salt = salt
        let octets = Array(password.precomposedStringWithCompatibilityMapping.utf8).map(CChar.init(bitPattern:))
        var salted = [UInt8](repeating: 0, count: 32)
        PKCS5_PBKDF2_HMAC(
            octets, Int32(octets.count), salt, Int32(salt.count), Int32(iterations), EVP_sha256(), 32, &salted)
        storedKey = SHA256.hash(HMACSHA256.authenticate(Array("Client Key".utf8), key: salted)).bytes
        serverKey = HMACSHA256.authenticate(Array("Server Key".utf8), key: salted)
    }

    /// The form that PostgreSQL stores too: `SCRAM-SHA-256$iterations:salt$stored:server`, base64.
    package var description: String {
        "SCRAM-SHA-256$\(iterations):\(Data(salt).base64EncodedString())"
            + "$\(Data(storedKey).base64EncodedString()):\(Data(serverKey).base64EncodedString())"
    }
}
