import CVR

extension Letter {
    /// Hides CPR numbers in everything that people wrote, before anybody keeps or shows it; only the raw octets have them.
    ///
    /// Addresses, ids and hashes stay what they are: mail is sent and found by them.
    mutating func hidePersonalNumbers() {
        let texts: [WritableKeyPath<Letter, String>] = [
            \.subject, \.note, \.forwarderSignature, \.text, \.quoted, \.signature, \.autoReply.reason,
        ]
        for text in texts { self[keyPath: text] = PersonalNumbers.hidden(in: self[keyPath: text]) }
        let people: [WritableKeyPath<Letter, [Mailbox]>] = [\.from, \.replyTo, \.to, \.cc]
        for list in people { self[keyPath: list] = self[keyPath: list].map(\.hidingPersonalNumbers) }
        forwarder = forwarder?.hidingPersonalNumbers
        original = original.hidingPersonalNumbers
        exchanges = exchanges.map {
            Exchange(question: PersonalNumbers.hidden(in: $0.question), answer: PersonalNumbers.hidden(in: $0.answer))
        }
        enclosures = enclosures.map {
            Enclosure(original: $0.original.hidingPersonalNumbers, text: PersonalNumbers.hidden(in: $0.text))
        }
        invitation = invitation?.hidingPersonalNumbers
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

extension Letter.Original {
    fileprivate var hidingPersonalNumbers: Letter.Original {
        Letter.Original(
            from: from?.hidingPersonalNumbers, to: to.map(\.hidingPersonalNumbers), cc: cc.map(\.hidingPersonalNumbers),
            subject: PersonalNumbers.hidden(in: subject), date: date, messageID: messageID)
    }
}

extension Invitation {
    fileprivate var hidingPersonalNumbers: Invitation {
        var hidden = self
        hidden.summary = PersonalNumbers.hidden(in: summary)
        hidden.location = location.map { PersonalNumbers.hidden(in: $0) }
        hidden.organizer = organizer?.hidingPersonalNumbers
        hidden.attendees = attendees.map { Attendee(mailbox: $0.mailbox.hidingPersonalNumbers, answer: $0.answer) }
        return hidden
    }
}

extension Mailbox {
    fileprivate var hidingPersonalNumbers: Mailbox {
        Mailbox(name: name.map { PersonalNumbers.hidden(in: $0) }, address: address)
    }
}
