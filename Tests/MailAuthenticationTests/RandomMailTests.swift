import Cryptography
import Foundation
import MailAuthentication
import Testing

/// What is signed verifies, whatever it is, and what is no mail breaks nothing.
@Suite(.timeLimit(.minutes(1)))
struct RandomMailTests {
    /// The same numbers every time.
    private struct Seeded: RandomNumberGenerator {
        var state: UInt64
        mutating func next() -> UInt64 {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return state ^ (state >> 29)
        }
    }

    @Test func `every body that is signed verifies, and no change of a word goes unseen`() async throws {
        var random = Seeded(state: 6_376)
        let key = try SigningKey.make(.ed25519)
        let record = DKIMRecord(domain: "nord.example", selector: "s", key: key)
        let signer = try DKIMSigner(domain: "nord.example", selector: "s", privateKeyPEM: key.pem)
        let authenticator = MailAuthenticator(dns: RecordTable([record.name: ["TXT " + record.value]]))
        let pieces = ["a", " ", "\t", "\r\n", "\r\n\r\n", "æ", "=", ".", "\n", "\r", "\u{0}", "<b>"]
        for _ in 0..<300 {
            let body = (0..<Int.random(in: 0...40, using: &random)).map { _ in
                pieces.randomElement(using: &random) ?? ""
            }
            let subject = (0..<5).map { _ in ["x", " ", "\t", "\r\n ", ":", "æ"].randomElement(using: &random) ?? "" }
            let mail = "From: ida@nord.example\r\nSubject:\(subject.joined())x\r\n\r\n" + body.joined()
            let field = try signer.signature(for: Array(mail.utf8), at: Date())
            let good = await authenticator.verify(field + Array(mail.utf8), client: nil, at: Date())
            #expect(good.dkimAlignedPass(for: "nord.example"), "\(mail.debugDescription): \(good.dkim)")
            let bad = await authenticator.verify(field + Array((mail + "word").utf8), client: nil, at: Date())
            #expect(!bad.dkimAlignedPass(for: "nord.example"))
        }
    }

    @Test func `octets at random give a verdict`() async {
        var random = Seeded(state: 7_208)
        let words = [
            "DKIM-Signature:", "ARC-Seal: i=1;", "ARC-Message-Signature: i=1;", "ARC-Authentication-Results: i=1;",
            "From:",
            "Authentication-Results:", "v=1;", "a=rsa-sha256;", "d=a.example;", "s=s;", "h=from:", "b=", "bh=", "l=9;",
            "\r\n",
            "\r\n ", "\n", ";", "=", ":", "(", ")", "\"", "<", ">", "@", ",", "\\", "i=", "cv=none;", "\u{0}", "æ",
        ]
        let authenticator = MailAuthenticator(dns: RecordTable([:]))
        for _ in 0..<5_000 {
            let text = (0..<Int.random(in: 0...60, using: &random)).map { _ in words.randomElement(using: &random) ?? ""
            }
            let octets = Array(text.joined().utf8)
            let verdict = await authenticator.verify(octets, client: nil, at: Date())
            #expect(verdict.dmarc.result != .pass)
            #expect(AuthenticationResults.read(octets, from: "a.example").count <= 20)
        }
    }
}
