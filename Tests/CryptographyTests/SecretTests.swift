import Cryptography
import Testing

@Suite("Random octets and tokens")
struct SecretTests {
    @Test("random octets have the length asked for and do not repeat", arguments: [0, 1, 16, 1_000])
    func random(_ count: Int) throws {
        let octets = try SecureRandom.bytes(count)
        #expect(octets.count == count)
        if count >= 16 { #expect(try SecureRandom.bytes(count) != octets) }
    }

    @Test("a token carries its prefix and 256 bits, and is found again by its digest")
    func token() throws {
        let token = try BearerToken.make()
        #expect(token.text.hasPrefix("brv_"))
        #expect(token.text.count == 4 + 64)
        #expect(try BearerToken.make() != token)
        #expect(BearerToken(text: token.text).digest == token.digest)
        #expect(token.digest == SHA256.hash(token.text.utf8))
    }

    @Test("a token that slips into a log gives nothing away")
    func redacted() throws {
        let token = try BearerToken.make()
        #expect("\(token)" == "brv_…")
        #expect(String(reflecting: token) == "brv_…")
    }
}
