import Chat
import Cryptography
import Foundation
import Testing

/// Standard Webhooks 1.0, `v1`, with the test vector of its description.
@Suite("Signatures of webhooks")
struct SignatureTests {
    private static let text = "whsec_AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8="
    private static let body = Array(
        #"{"type":"chat.transcript.created","timestamp":"2023-11-14T22:13:20Z","data":{"conversation_id":"c1"}}"#.utf8)
    private static let vector = "v1,GEbHYM//Ly+27Vr5LoffI546xu9/yfQFGFkf0Vgiv+M="
    private static let now = Date(timeIntervalSince1970: 1_700_000_000)

    struct Case: Sendable, CustomStringConvertible {
        var description: String
        var id: String? = "msg_test1"
        var timestamp: String? = "1700000000"
        var signature: String? = SignatureTests.vector
        var body = SignatureTests.body
        var secrets = [SignatureTests.text]
        var seconds = 0.0
        var refusal: StandardWebhook.Refusal?
    }

    private static let other = "whsec_/////////////////////////////////////////w=="

    static let cases: [Case] = [
        Case(description: "the test vector"),
        Case(description: "300 s old", seconds: 300),
        Case(description: "300 s and a fraction old", seconds: 300.9),
        Case(description: "300 s ahead", seconds: -300),
        Case(description: "301 s old", seconds: 301, refusal: .untimely),
        Case(description: "301 s ahead", seconds: -301, refusal: .untimely),
        Case(description: "a timestamp beyond all numbers", timestamp: "99999999999999999999", refusal: .noTimestamp),
        Case(description: "the least number there is", timestamp: "-9223372036854775808", refusal: .untimely),
        Case(description: "a timestamp with a fraction", timestamp: "1700000000.5", refusal: .noTimestamp),
        Case(description: "a timestamp with a sign", timestamp: "+1700000000", refusal: .noTimestamp),
        Case(description: "a timestamp in words", timestamp: "now", refusal: .noTimestamp),
        Case(description: "no id", id: nil, refusal: .missing(header: "webhook-id")),
        Case(description: "an empty id", id: "", refusal: .missing(header: "webhook-id")),
        Case(description: "no timestamp", timestamp: nil, refusal: .missing(header: "webhook-timestamp")),
        Case(description: "an empty timestamp", timestamp: "", refusal: .missing(header: "webhook-timestamp")),
        Case(description: "no signature", signature: nil, refusal: .missing(header: "webhook-signature")),
        Case(description: "an empty signature", signature: "", refusal: .missing(header: "webhook-signature")),
        Case(description: "an id with a full stop", id: "msg.test1", refusal: .unusableID),
        Case(description: "an id with a space", id: "msg test1", refusal: .unusableID),
        Case(description: "an endless id", id: String(repeating: "a", count: 201), refusal: .unusableID),
        Case(description: "v1 and nothing behind", signature: "v1,", refusal: .unsigned),
        Case(description: "no comma", signature: "v1", refusal: .unsigned),
        Case(description: "v2 alone", signature: "v2," + vector.dropFirst(3), refusal: .unsigned),
        Case(description: "v1a alone", signature: "v1a," + vector.dropFirst(3), refusal: .unsigned),
        Case(description: "no base64", signature: "v1,*", refusal: .unsigned),
        Case(description: "a signature cut short", signature: "v1,GEbHYM//Ly8=", refusal: .unsigned),
        Case(description: "spaces alone", signature: "   ", refusal: .unsigned),
        Case(description: "the valid one second", signature: "v1,AAAA " + vector),
        Case(description: "the valid one behind others", signature: "v2,AAAA v1, v1 x " + vector),
        Case(description: "another id", id: "msg_test2", refusal: .unsigned),
        Case(description: "another timestamp", timestamp: "1700000001", refusal: .unsigned),
        Case(description: "a changed octet", body: body.dropLast() + [0x20], refusal: .unsigned),
        Case(description: "a line end behind", body: body + [0x0A], refusal: .unsigned),
        Case(description: "no body", body: [], refusal: .unsigned),
        Case(description: "another secret", secrets: [other], refusal: .unsigned),
        Case(description: "no secret", secrets: [], refusal: .unsigned),
        Case(description: "the previous secret", secrets: [other, text]),
        Case(description: "the current secret", secrets: [text, other]),
        Case(description: "a secret without prefix and padding", secrets: [String(text.dropFirst(6).dropLast())]),
    ]

    @Test("a webhook is believed or refused for the first reason there is", arguments: cases)
    func verify(_ test: Case) throws {
        let secrets = try test.secrets.map { try #require(WebhookSecret(text: $0)) }
        let headers = StandardWebhook.Headers(id: test.id, timestamp: test.timestamp, signature: test.signature)
        let instant = Self.now.addingTimeInterval(test.seconds)
        do throws(StandardWebhook.Refusal) {
            let id = try StandardWebhook.verify(headers, body: test.body, secrets: secrets, at: instant)
            #expect(test.refusal == nil && id == test.id)
        } catch {
            #expect(error == test.refusal)
        }
    }

    @Test("every changed bit of body and signature is noticed")
    func flips() throws {
        let secret = try #require(WebhookSecret(text: Self.text))
        let code = StandardWebhook.code(id: "msg_test1", timestamp: 1_700_000_000, body: Self.body, secret: secret)
        #expect("v1," + Base64.encode(code) == Self.vector)
        for bit in 0..<(Self.body.count * 8) {
            var body = Self.body
            body[bit / 8] ^= 1 << (bit % 8)
            #expect(!isBelieved(body, code, secret))
        }
        for bit in 0..<256 {
            var code = code
            code[bit / 8] ^= 1 << (bit % 8)
            #expect(!isBelieved(Self.body, code, secret))
        }
        #expect(isBelieved(Self.body, code, secret))
    }

    private func isBelieved(_ body: [UInt8], _ code: [UInt8], _ secret: WebhookSecret) -> Bool {
        let headers = StandardWebhook.Headers(
            id: "msg_test1", timestamp: "1700000000", signature: "v1," + Base64.encode(code))
        return (try? StandardWebhook.verify(headers, body: body, secrets: [secret], at: Self.now)) != nil
    }

    @Test("a secret has 24 to 64 octets, and a new one is read as it was written")
    func secrets() throws {
        let secret = try WebhookSecret.make()
        #expect(WebhookSecret(text: secret.text) == secret)
        #expect(try WebhookSecret.make() != secret)
        #expect("\(secret)" == "whsec_…" && "\([secret])" == "[whsec_…]")
        for count in [0, 23, 65] {
            #expect(WebhookSecret(text: "whsec_" + Base64.encode(Array(repeating: 7, count: count))) == nil)
        }
        for text in ["", "whsec_", "whsec_æøå", "geheim", "whsec_ AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8="] {
            #expect(WebhookSecret(text: text) == nil)
        }
    }
}
