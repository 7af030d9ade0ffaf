import Cryptography
import Testing

@Suite("SHA-256")
struct SHA256Tests {
    /// FIPS 180-4 examples, and the empty message of the NIST vectors: a text, how often it is said, its digest.
    static let vectors: [(text: String, times: Int, hex: String)] = [
        ("", 1, "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
        ("abc", 1, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
        (
            "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq", 1,
            "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"
        ),
        ("a", 1_000_000, "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0"),
    ]

    @Test("the digest of a message at hand is the published one", arguments: vectors)
    func hashesAtOnce(_ text: String, _ times: Int, _ hex: String) {
        let message = Array(String(repeating: text, count: times).utf8)
        #expect(SHA256.hash(message).hex == hex)
        #expect(message.withUnsafeBytes { SHA256.hash($0) }.hex == hex)
        #expect(SHA256.hash(AnyCollection(message)).hex == hex)
    }

    @Test("the pieces that a message comes in make no difference", arguments: [1, 7, 63, 64, 65, 4_096])
    func hashesInPieces(_ length: Int) throws {
        let message = (0..<10_000).map { UInt8(truncatingIfNeeded: $0 &* 31) }
        var hasher = SHA256()
        for start in stride(from: 0, to: message.count, by: length) {
            hasher.update(message[start..<min(start + length, message.count)])
        }
        #expect(hasher.finalize() == SHA256.hash(message))
    }

    @Test("a copy of a hasher goes its own way")
    func copies() {
        var hasher = SHA256()
        hasher.update("a".utf8)
        var copy = hasher
        copy.update("x".utf8)
        hasher.update("bc".utf8)
        #expect(hasher.finalize() == SHA256.hash("abc".utf8))
        #expect(copy.finalize() == SHA256.hash("ax".utf8))
    }

    @Test("a digest may be taken on the way")
    func goesOn() {
        var hasher = SHA256()
        hasher.update("ab".utf8)
        #expect(hasher.finalize() == SHA256.hash("ab".utf8))
        hasher.update("c".utf8)
        #expect(hasher.finalize() == SHA256.hash("abc".utf8))
    }
}
