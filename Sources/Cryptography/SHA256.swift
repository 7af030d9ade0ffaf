import COpenSSL

/// A SHA-256 digest (FIPS 180-4).
package struct Digest: Hashable, Sendable {
    /// 32 octets.
    package let bytes: [UInt8]

    /// Lower-case hexadecimal.
    package var hex: String { Hexadecimal.encode(bytes) }
}

/// SHA-256, at once or piece by piece.
package struct SHA256 {
    private let context: Context

    package init() { context = Context() }

    /// The digest of octets at hand.
    package static func hash(_ bytes: some Collection<UInt8>) -> Digest {
        let hasher = SHA256()
        hasher.update(bytes)
        return hasher.finalize()
    }

    package func update(_ bytes: some Collection<UInt8>) {
        let done: Void? = bytes.withContiguousStorageIfAvailable { context.update(UnsafeRawBufferPointer($0)) }
        if done == nil { Array(bytes).withUnsafeBytes { context.update($0) } }
    }

    /// The digest of all that was given; the hasher is not used after it.
    package func finalize() -> Digest { Digest(bytes: context.finalize()) }
}

/// Owns an OpenSSL digest context; used by one task at a time.
private final class Context {
    private let context = EVP_MD_CTX_new()

    init() { EVP_DigestInit_ex(context, EVP_sha256(), nil) }
    deinit { EVP_MD_CTX_free(context) }

    func update(_ bytes: UnsafeRawBufferPointer) { EVP_DigestUpdate(context, bytes.baseAddress, bytes.count) }

    func finalize() -> [UInt8] {
        var digest = [UInt8](repeating: 0, count: 32)
        EVP_DigestFinal_ex(context, &digest, nil)
        return digest
    }
}

/// Hexadecimal digits.
package enum Hexadecimal {
    package static func encode(_ bytes: some Sequence<UInt8>) -> String {
        let digits = Array("0123456789abcdef".utf8)
        var text: [UInt8] = []
        for byte in bytes {
            text.append(digits[Int(byte >> 4)])
            text.append(digits[Int(byte & 15)])
        }
        return String(decoding: text, as: UTF8.self)
    }
}
