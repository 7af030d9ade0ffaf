import Cryptography
package import Mail

/// A hash under which a mail is found again; long or hostile ids make no long index keys.
package struct MessageKey: Hashable, Sendable {
    /// SHA-256.
    package var octets: [UInt8]

    /// The key of a Message-ID.
    package init(messageID: String) {
        octets = SHA256.hash(Array(messageID.utf8)).bytes
    }

    /// The key that two arrivals of one mail share: Message-ID and body, or the header that stands in for a missing id.
    ///
    /// Trust is part of it: a copy sent in from outside cannot stand in for the mail of one of our own people. So is who
    /// redirected it: each of them gets an answer of their own, whoever else sent it in.
    package init(contentOf letter: Letter, trusted: Bool) {
        var hasher = SHA256()
        hasher.update([trusted ? 1 : 0])
        if let messageID = letter.messageID {
            hasher.update(Array(messageID.utf8))
        } else {
            let sender = letter.from.first?.address ?? ""
            hasher.update(Array("\(sender)\u{0}\(letter.date.text ?? "")\u{0}\(letter.subject)".utf8))
        }
        hasher.update([0] + Array(letter.bodyHash.utf8))
        if let redirector = letter.redirector { hasher.update([0] + Array(redirector.comparable.utf8)) }
        octets = hasher.finalize().bytes
    }

    /// The key of an arrival that cannot be read: it is no twin of any other.
    package init(unreadable arrivalID: Int64) {
        octets = SHA256.hash(Array("unreadable \(arrivalID)".utf8)).bytes
    }

    /// The key of a chat's arrival: its twins are known by their utterances, not by content.
    init(chat arrivalID: Int64) {
        octets = SHA256.hash(Array("chat \(arrivalID)".utf8)).bytes
    }
}
