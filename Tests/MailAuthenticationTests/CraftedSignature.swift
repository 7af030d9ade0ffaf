import Cryptography
import Foundation

@testable import MailAuthentication

/// A signature with any tags that a test wants, valid unless they make it otherwise.
struct CraftedSignature {
    static let header = "From: Ida <ida@syd.example>\r\nSubject: Tilbud\r\n"
    static let body = "Hej\r\nmed dig\r\n"
    static let rsa = try? SigningKey.make(.rsa)
    static let edwards = try? SigningKey.make(.ed25519)

    var tags: [(String, String)] = [
        ("v", "1"), ("a", "ed25519-sha256"), ("c", "relaxed/relaxed"), ("d", "syd.example"), ("s", "s"),
        ("h", "from:subject"),
    ]
    var message = header + "\r\n" + body
    var limit: Int?

    /// Replaces a tag, or adds it; with `nil` it goes.
    func with(_ name: String, _ value: String?) -> CraftedSignature {
        var copy = self
        if let place = copy.tags.firstIndex(where: { $0.0 == name }) {
            copy.tags.remove(at: place)
            if let value { copy.tags.insert((name, value), at: place) }
        } else if let value {
            copy.tags.append((name, value))
        }
        return copy
    }

    func with(_ replaced: [String: String?]) -> CraftedSignature {
        replaced.reduce(self) { $0.with($1.key, $1.value) }
    }

    /// The field's line.
    func field(_ key: SigningKey) throws -> String {
        let signed = SignedMessage(Array(message.utf8))
        var tags = self.tags
        if let limit { tags.append(("l", "\(limit)")) }
        if !tags.contains(where: { $0.0 == "bh" }) {
            tags.append(("bh", Base64.encode(BodyHash.of(signed.body, .relaxed, limit: limit).digest)))
        }
        let field = "DKIM-Signature: " + tags.map { "\($0.0)=\($0.1)" }.joined(separator: "; ") + "; b="
        let names =
            tags.first { $0.0 == "h" }?.1.lowercased().replacing(" ", with: "").split(separator: ":").map(String.init)
            ?? []
        let octets = SignedHeader.octets(of: signed, names: names, .relaxed, signatureField: Array(field.utf8)[...])
        return field + Base64.encode(try key.sign(SignedHeader.signable(octets, key.kind))) + "\r\n"
    }
}
