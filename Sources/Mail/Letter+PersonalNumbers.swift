import CVR

extension Letter {
    /// Hides CPR numbers in everything that people wrote, before anybody keeps or shows it; only the raw octets have them.
    ///
    /// Addresses, ids and hashes stay what they are: mail is sent and found by them.
    mutating func hidePersonalNumbers() {
        let texts: [WritableKeyPath<Letter, String>] = [
            \.subject, \.note, \.forwarderSignature, \.original.subject, \.text, \.quoted, \.signature,
            \.autoReply.reason,
        ]
        for text in texts { self[keyPath: text] = PersonalNumbers.hidden(in: self[keyPath: text]) }
        let people: [WritableKeyPath<Letter, [Mailbox]>] = [
            \.from, \.replyTo, \.to, \.cc, \.original.to, \.original.cc,
        ]
        for list in people { self[keyPath: list] = self[keyPath: list].map(\.hidingPersonalNumbers) }
        forwarder = forwarder?.hidingPersonalNumbers
        original.from = original.from?.hidingPersonalNumbers
        for index in attachments.indices {
            attachments[index].filename = attachments[index].filename.map { PersonalNumbers.hidden(in: $0) }
        }
        let recipients = report?.recipients.map { recipient in
            var recipient = recipient
            recipient.words = recipient.words.map { PersonalNumbers.hidden(in: $0) }
            return recipient
        }
        report?.recipients = recipients ?? []
    }
}

extension Mailbox {
    fileprivate var hidingPersonalNumbers: Mailbox {
        Mailbox(name: name.map { PersonalNumbers.hidden(in: $0) }, address: address)
    }
}
