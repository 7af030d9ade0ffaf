import COpenSSL

/// SHA-256 (FIPS 180-4), at once or piece by piece.
///
/// A value: a copy goes its own way from where it was made.
package struct SHA256: Sendable {
    private var context = DigestContext()

    package init() {}

    /// The digest of octets at hand.
    package static func hash(_ bytes: some Collection<UInt8>) -> Digest {
        var hasher = SHA256()
        hasher.update(bytes)
        return hasher.finalize()
    }

    /// The digest of octets at hand.
    package static func hash(_ bytes: UnsafeRawBufferPointer) -> Digest {
        var hasher = SHA256()
        hasher.update(bytes)
        return hasher.finalize()
    }

    /// Goes on with more octets; those in contiguous storage are not copied.
    package mutating func update(_ bytes: some Collection<UInt8>) {
        let done: Void? = bytes.withContiguousStorageIfAvailable { update(UnsafeRawBufferPointer($0)) }
        if done == nil { Array(bytes).withUnsafeBytes { update($0) } }
    }

    /// Goes on with more octets.
    package mutating func update(_ bytes: UnsafeRawBufferPointer) {
        if !isKnownUniquelyReferenced(&context) { context = DigestContext(copying: context) }
        context.update(bytes)
    }

    /// The digest of all that was given so far; more may follow.
    package func finalize() -> Digest { Digest(bytes: DigestContext(copying: context).finalize()) }
}

/// Owns an OpenSSL digest context.
///
/// Sendable because it is written to only while one `SHA256` value alone holds it, or by the one who just made it.
private final class DigestContext: @unchecked Sendable {
    private let pointer: OpaquePointer?

    init() {
        pointer = EVP_MD_CTX_new()
        EVP_DigestInit_ex(pointer, Algorithm.sha256, nil)
    }

    init(copying other: DigestContext) {
        pointer = EVP_MD_CTX_new()
        EVP_MD_CTX_copy_ex(pointer, other.pointer)
    }

    deinit { EVP_MD_CTX_free(pointer) }

    func update(_ bytes: UnsafeRawBufferPointer) { EVP_DigestUpdate(pointer, bytes.baseAddress, bytes.count) }

    func finalize() -> [UInt8] {
        [UInt8](unsafeUninitializedCapacity: 32) { digest, count in
            EVP_DigestFinal_ex(pointer, digest.baseAddress, nil)
            count = 32
        }
    }
}

/// Algorithms of libcrypto, looked up once: looking up costs more than hashing a short text.
enum Algorithm {
    /// Safe to share: OpenSSL counts references to an algorithm and never changes it.
    nonisolated(unsafe) static let sha256 = EVP_MD_fetch(nil, "SHA256", nil)
}
