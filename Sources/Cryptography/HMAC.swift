import COpenSSL

/// HMAC-SHA-256 (RFC 2104, RFC 4231).
package enum HMACSHA256 {
    /// The code of a message, 32 octets.
    package static func authenticate(_ message: [UInt8], key: [UInt8]) -> [UInt8] {
        [UInt8](unsafeUninitializedCapacity: 32) { code, count in
            HMAC(Algorithm.sha256, key, Int32(key.count), message, message.count, code.baseAddress, nil)
            count = 32
        }
    }

    /// Whether a code is that of the message; the time it takes does not tell where they differ.
    package static func verify(_ code: [UInt8], of message: [UInt8], key: [UInt8]) -> Bool {
        equalInConstantTime(code, authenticate(message, key: key))
    }
}

/// Compares in a time that does not tell where the difference is.
package func equalInConstantTime(_ left: [UInt8], _ right: [UInt8]) -> Bool {
    left.count == right.count && CRYPTO_memcmp(left, right, left.count) == 0
}
