import Cryptography

/// What a message of S/MIME encloses that needs no key to open (RFC 8551): a MIME entity of its own.
enum SealedMessage {
    /// Wrappings that are taken off: a mail may be signed, compressed and signed again.
    private static let depth = 4

    static func read(_ octets: [UInt8], limit: Int) throws(ReadingFailure) -> [UInt8] {
        var octets = octets
        for _ in 0..<depth {
            switch SealKind(octets) {
            case .signed:
                // A signature may stand beside what it signs.
                guard let content = SignedContent.read(octets) else {
                    throw ReadingFailure(.noText, "a signature alone")
                }
                octets = content
            case .compressed:
                do throws(CompressedContent.Failure) {
                    octets = try CompressedContent.read(octets, limit: limit)
                } catch {
                    throw ReadingFailure(error == .tooLarge ? .unpacksTooLarge : .damaged)
                }
            case .encrypted: throw ReadingFailure(.encrypted)
            case .certificates: throw ReadingFailure(.noText, "certificates alone")
            case nil: throw ReadingFailure(.damaged)
            }
            // What is in it is nearly always a part with a header; octets without one are another wrapping.
            guard octets.first == 0x30 else { return octets }
        }
        throw ReadingFailure(.unpacksTooLarge, "more than \(depth) wrappings")
    }
}
