/// A SHA-256 digest (FIPS 180-4).
package struct Digest: Hashable, Sendable {
    /// 32 octets.
    package let bytes: [UInt8]

    /// Lower-case hexadecimal, 64 digits.
    package var hex: String { Hexadecimal.encode(bytes) }
}
