import Cryptography
import Foundation
import MailAuthentication
import TestSupport

/// A domain that signs its mail.
struct SigningDomain: Sendable {
    private let name: String
    private let selectors: [String]
    private let key: SigningKey

    /// One key under every selector.
    init(_ name: String, selectors: [String] = ["s1"]) throws {
        self.name = name
        self.selectors = selectors
        key = try SigningKey.make(.ed25519)
    }

    /// The records of its keys, as lines of its zone.
    var zone: String {
        selectors.map { DKIMRecord(domain: name, selector: $0, key: key).zoneLine + "\n" }.joined()
    }

    /// The mail with a signature on top.
    func signed(_ mail: PlainMail, by selector: String = "s1") throws -> [UInt8] {
        let signer = try DKIMSigner(domain: name, selector: selector, privateKeyPEM: key.pem)
        return try signer.signature(for: mail.octets, at: Date()) + mail.octets
    }
}
