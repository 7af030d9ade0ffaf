import Cryptography
import Testing

@Suite("SCRAM-SHA-256 keys")
struct SCRAMKeysTests {
    /// The exchange of RFC 7677 section 3.
    @Test("the exchange of RFC 7677 comes out as published")
    func publishedExchange() throws {
        let salt = try #require(Base64.decode("W22ZaJ0SNY7soEsUEjb6gQ=="))
        let keys = SCRAMKeys(password: "pencil", salt: salt, iterations: 4_096)
        let nonce = "rOprNGfwEbeRWgbNEkqO%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0"
        let authMessage = Array(
            "n=user,r=rOprNGfwEbeRWgbNEkqO,r=\(nonce),s=W22ZaJ0SNY7soEsUEjb6gQ==,i=4096,c=biws,r=\(nonce)".utf8)
        var proof = try #require(Base64.decode("dHzbZapWIk4jUhN+Ute9ytag9zjfMHgsqmmiz7AndVQ="))
        #expect(keys.accept(proof: proof, of: authMessage))
        #expect(Base64.encode(keys.signature(of: authMessage)) == "6rriTRBi23WpRR/wtup+mMhUZUn/dB5nLTJRsjl95G4=")
        #expect(!keys.accept(proof: Array(proof.dropLast()), of: authMessage))
        proof[0] ^= 1
        #expect(!keys.accept(proof: proof, of: authMessage))
    }

    @Test("keys are read as they are written")
    func text() throws {
        let keys = try SCRAMKeys.make("correct horse")
        #expect(keys.iterations == 15_000)
        #expect(keys.salt.count == 16)
        #expect("\(keys)".hasPrefix("SCRAM-SHA-256$15000:"))
        #expect(SCRAMKeys("\(keys)") == keys)
        #expect(SCRAMKeys(password: "correct horse", salt: keys.salt) == keys)
        #expect(SCRAMKeys(password: "wrong horse", salt: keys.salt) != keys)
    }

    static let short = "SCRAM-SHA-256$4096:AAAA$AAAA:AAAA"
    static let key = String(repeating: "A", count: 43) + "="

    @Test(
        "what are no keys is refused",
        arguments: [
            "", "SCRAM-SHA-256", short, "SCRAM-SHA-1$4096:AAAA$\(key):\(key)", "SCRAM-SHA-256$0:AAAA$\(key):\(key)",
            "SCRAM-SHA-256$x:AAAA$\(key):\(key)", "SCRAM-SHA-256$4096:AAAA$\(key)", "SCRAM-SHA-256$4096$\(key):\(key)",
            "SCRAM-SHA-256$4096:AAAA$\(key):\(key)$",
        ])
    func foreign(_ text: String) { #expect(SCRAMKeys(text) == nil) }

    /// RFC 4013 section 3 and letters that keyboards give in two forms.
    @Test(
        "one password typed in two ways gives the same keys",
        arguments: [
            ("I\u{00AD}X", "IX"), ("\u{00AA}", "a"), ("\u{2168}", "IX"), ("a\u{030A}", "\u{00E5}"),
            ("to ord", "to\u{00A0}ord"), ("\u{FF21}", "A"),
        ])
    func prepares(_ typed: String, _ prepared: String) {
        let keys = SCRAMKeys(password: typed, salt: [1], iterations: 1)
        #expect(keys == SCRAMKeys(password: prepared, salt: [1], iterations: 1))
        #expect(keys != SCRAMKeys(password: prepared.uppercased() + "?", salt: [1], iterations: 1))
    }
}
