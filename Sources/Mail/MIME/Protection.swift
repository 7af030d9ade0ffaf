import Cryptography

/// How the sender guarded a mail, or a part of it; nothing of it is verified or opened.
package enum Protection: String, Hashable, Sendable, Codable, CaseIterable {
    /// RFC 8551, the signature beside the text or around it.
    case smimeSigned = "smime_signed"
    case smimeEncrypted = "smime_encrypted"
    /// RFC 3156, or in the armour of RFC 9580 among the words.
    case openPGPSigned = "openpgp_signed"
    case openPGPEncrypted = "openpgp_encrypted"
}

extension MIMEPart {
    /// All that guards it or something in it, each kind once.
    var protection: [Protection] {
        var found: Set<Protection> = []
        collect(into: &found)
        return Protection.allCases.filter(found.contains)
    }

    private static let signatures: [String: Protection] = [
        "application/pkcs7-signature": .smimeSigned, "application/x-pkcs7-signature": .smimeSigned,
        "application/pgp-signature": .openPGPSigned,
    ]

    private func collect(into found: inout Set<Protection>) {
        switch contentType {
        case "multipart/signed": found.formUnion(children.compactMap { Self.signatures[$0.contentType] })
        case "multipart/encrypted": found.insert(.openPGPEncrypted)
        case _ where container == .sealed: insertSeal(into: &found)
        default: break
        }
        switch content {
        case .text(let text) where isBody:
            if text.contains(octets: ArmouredText.message) { found.insert(.openPGPEncrypted) }
            if text.contains(octets: ArmouredText.signed) { found.insert(.openPGPSigned) }
        case .multipart(let children): for child in children { child.collect(into: &found) }
        case .message(let message): message.root.collect(into: &found)
        case .text, .fields, .calendar, .octets: break
        }
    }

    /// A part that encloses what it guards.
    private func insertSeal(into found: inout Set<Protection>) {
        switch seal {
        case .encrypted: found.insert(.smimeEncrypted)
        case .signed: found.insert(.smimeSigned)
        // One that was opened holds what was signed.
        case nil: if !children.isEmpty { found.insert(.smimeSigned) }
        case .certificates, .compressed: break
        }
    }
}
