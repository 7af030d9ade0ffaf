import COpenSSL

/// Octets nobody can guess.
package enum SecureRandom {
    /// The system gave no entropy; nothing secret may be made until it does.
    package struct Unavailable: Error, CustomStringConvertible {
        package var description: String { "the system's random generator is not available" }
    }

    /// That many octets from OpenSSL's generator.
    package static func bytes(_ count: Int) throws(Unavailable) -> [UInt8] {
        var bytes = [UInt8](repeating: 0, count: count)
        guard RAND_bytes(&bytes, Int32(count)) == 1 else { throw Unavailable() }
        return bytes
    }
}
