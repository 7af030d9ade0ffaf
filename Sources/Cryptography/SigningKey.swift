import COpenSSL

/// Kinds of keys that mail is signed with (RFC 6376, RFC 8463).
package enum KeyKind: String, Hashable, Sendable {
    case rsa
    case ed25519
}

/// Why a key cannot be used.
package struct KeyFailure: Error, CustomStringConvertible {
    package var description: String

    package init(description: String) { self.description = description }
}

/// A private key: RSA, which signs by PKCS #1 v1.5 with SHA-256, or Ed25519, which signs the octets as they are.
package struct SigningKey: Sendable {
    private let key: KeyHandle
    package let kind: KeyKind

    /// Bits of a new RSA key: what every verifier takes and a TXT record still holds.
    package static let bitsOfNewKeys: Int32 = 2_048

    private init(_ key: KeyHandle) throws(KeyFailure) {
        guard let kind = key.kind else { throw KeyFailure(description: "the key is neither RSA nor Ed25519") }
        self.key = key
        self.kind = kind
    }

    /// A new key.
    package static func make(_ kind: KeyKind) throws(KeyFailure) -> SigningKey {
        let identifier = kind == .rsa ? EVP_PKEY_RSA : EVP_PKEY_ED25519
        let context = EVP_PKEY_CTX_new_id(identifier, nil)
        defer { EVP_PKEY_CTX_free(context) }
        var pointer: OpaquePointer?
        guard EVP_PKEY_keygen_init(context) == 1,
            kind != .rsa || EVP_PKEY_CTX_set_rsa_keygen_bits(context, bitsOfNewKeys) == 1,
            EVP_PKEY_keygen(context, &pointer) == 1, let pointer
        else { throw KeyFailure(description: "OpenSSL made no key") }
        return try SigningKey(KeyHandle(owning: pointer))
    }

    /// A key from its PEM text: PKCS #8 or PKCS #1, without a password.
    package init(pem: String) throws(KeyFailure) {
        let octets = Array(pem.utf8)
        guard octets.count <= 65_536 else { throw KeyFailure(description: "the file is too long for a PEM key") }
        let source = BIO_new_mem_buf(octets, Int32(octets.count))
        defer { BIO_free(source) }
        // Without this call-back OpenSSL asks for the password at the terminal.
        let pointer = PEM_read_bio_PrivateKey(source, nil, { _, _, _, _ in -1 }, nil)
        guard let pointer else {
            ERR_clear_error()
            throw KeyFailure(description: "no private key in PEM form without a password")
        }
        try self.init(KeyHandle(owning: pointer))
    }

    /// The key as PEM text (PKCS #8), without a password.
    package var pem: String {
        let sink = BIO_new(BIO_s_mem())
        defer { BIO_free(sink) }
        PEM_write_bio_PrivateKey(sink, key.pointer, nil, nil, 0, nil, nil)
        var octets = [UInt8](repeating: 0, count: 65_536)
        let count = BIO_read(sink, &octets, Int32(octets.count))
        return String(decoding: octets.prefix(Int(max(0, count))), as: UTF8.self)
    }

    package var publicKey: VerifyingKey { VerifyingKey(key, kind) }

    /// The signature of a message.
    package func sign(_ message: [UInt8]) throws(KeyFailure) -> [UInt8] {
        let context = EVP_MD_CTX_new()
        defer { EVP_MD_CTX_free(context) }
        let algorithm = kind == .rsa ? Algorithm.sha256 : nil
        var count = 0
        guard EVP_DigestSignInit(context, nil, algorithm, nil, key.pointer) == 1,
            EVP_DigestSign(context, nil, &count, message, message.count) == 1
        else { throw KeyFailure(description: "OpenSSL does not sign with this key") }
        var signature = [UInt8](repeating: 0, count: count)
        guard EVP_DigestSign(context, &signature, &count, message, message.count) == 1 else {
            throw KeyFailure(description: "OpenSSL does not sign with this key")
        }
        return Array(signature.prefix(count))
    }
}
