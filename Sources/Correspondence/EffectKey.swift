import Cryptography
package import Mail

/// What makes a second mail for the same cause impossible: the mail answered, the kind of the answer, its revision.
package enum EffectKey {
    /// 32 octets.
    package static func make(answering letter: Letter, kind: String, revision: Int = 1) -> [UInt8] {
        let cause = letter.messageID ?? "\(letter.from.first?.address ?? "") \(letter.date.text ?? "")"
        return SHA256.hash(Array("\(cause)\u{0}\(letter.bodyHash)\u{0}\(kind)\u{0}\(revision)".utf8)).bytes
    }

    /// The same for a notice of what became of a mail of ours: one for each event.
    package static func make(telling event: String, ofMail messageID: String) -> [UInt8] {
        SHA256.hash(Array("\(messageID)\u{0}delivery_notice\u{0}\(event)".utf8)).bytes
    }
}
