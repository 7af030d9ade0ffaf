import COpenSSL

/// A public key: RSA, which verifies by PKCS #1 v1.5 with SHA-256, or Ed25519 over the octets as they are.
package struct VerifyingKey: Sendable {
    private let key: KeyHandle
    package let kind: KeyKind

    init(_ key: KeyHandle, _ kind: KeyKind) {
        self.key = key
        self.kind = kind
    }

    /// An RSA key: SubjectPublicKeyInfo, as everybody publishes it, or the bare RSAPublicKey (RFC 8017 appendix A.1.1).
    package init?(rsa der: [UInt8]) {
        let pointer = der.withUnsafeBufferPointer { octets in
            var start = octets.baseAddress
            let info = d2i_PUBKEY(nil, &start, octets.count)
            if info != nil { return info }
            start = octets.baseAddress
            return d2i_PublicKey(EVP_PKEY_RSA, nil, &start, octets.count)
        }
        ERR_clear_error()
        guard let pointer else { return nil }
        self.init(KeyHandle(owning: pointer), .rsa)
        guard key.kind == .rsa else { return nil }
    }

    /// An Ed25519 key: its 32 octets.
    package init?(ed25519 octets: [UInt8]) {
        guard octets.count == 32,
            let pointer = EVP_PKEY_new_raw_public_key(EVP_PKEY_ED25519, nil, octets, octets.count)
        else {
            ERR_clear_error()
            return nil
        }
        self.init(KeyHandle(owning: pointer), .ed25519)
    }

    /// Bits of an RSA key's modulus, or 256.
    package var bits: Int { Int(EVP_PKEY_get_bits(key.pointer)) }

    /// How DNS says it: SubjectPublicKeyInfo of an RSA key, the 32 octets of an Ed25519 key.
    package var octets: [UInt8] {
        switch kind {
        case .rsa:
            var octets = [UInt8](repeating: 0, count: Int(max(0, i2d_PUBKEY(key.pointer, nil))))
            octets.withUnsafeMutableBufferPointer { buffer in
                var start = buffer.baseAddress
                _ = i2d_PUBKEY(key.pointer, &start)
            }
            return octets
        case .ed25519:
            var octets = [UInt8](repeating: 0, count: 32)
            var count = octets.count
            EVP_PKEY_get_raw_public_key(key.pointer, &octets, &count)
            return octets
        }
    }

    /// Whether the signature is one of this message by the key's owner.
    package func verify(_ signature: [UInt8], of message: [UInt8]) -> Bool {
        let context = EVP_MD_CTX_new()
        defer {
            EVP_MD_CTX_free(context)
            ERR_clear_error()
        }
        let algorithm = kind == .rsa ? Algorithm.sha256 : nil
        guard EVP_DigestVerifyInit(context, nil, algorithm, nil, key.pointer) == 1 else { return false }
        return EVP_DigestVerify(context, signature, signature.count, message, message.count) == 1
    }
}

/// Owns a key of OpenSSL.
///
/// Sendable because nothing changes a key once it is made: OpenSSL 3 allows its use in many threads at once as long as
/// each has a context of its own, which every call here makes.
final class KeyHandle: @unchecked Sendable {
    let pointer: OpaquePointer

    init(owning pointer: OpaquePointer) { self.pointer = pointer }

    deinit { EVP_PKEY_free(pointer) }

    var kind: KeyKind? {
        switch EVP_PKEY_get_base_id(pointer) {
        case EVP_PKEY_RSA: .rsa
        case EVP_PKEY_ED25519: .ed25519
        default: nil
        }
    }
}
