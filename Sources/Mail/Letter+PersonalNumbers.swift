import CVR

extension Letter {
    /// Hides CPR numbers in everything that people wrote, before anybody keeps or shows it; only the raw octets have them.
    ///
    /// Addresses, ids and hashes stay what they are: mail is sent and found by them.
    mutating func hidePersonalNumbers() {
        let texts: [WritableKeyPath<Letter, String>] = [
            \.subject, \.note, \.forwarderSignature, \.text, \.quoted, \.signature, \.autoReply.reason,
        ]
        noteBelow = noteBelow.map { PersonalNumbers.hidden(in: $0) }
        date.text = date.text.map { PersonalNumbers.hidden(in: $0) }
        defects = defects.map { PersonalNumbers.hidden(in: $0) }
        for text in texts { self[keyPath: text] = PersonalNumbers.hidden(in: self[keyPath: text]) }
        let people: [WritableKeyPath<Letter, [Mailbox]>] = [\.from, \.replyTo, \.to, \.cc]
        for list in people { self[keyPath: list] = self[keyPath: list].map(\.hidingPersonalNumbers) }
        forwarder = forwarder?.hidingPersonalNumbers
        original = original.hidingPersonalNumbers
        exchanges = exchanges.map(\.hidingPersonalNumbers)
        enclosures = enclosures.map {
            Enclosure(original: $0.original.hidingPersonalNumbers, text: PersonalNumbers.hidden(in: $0.text))
        }
        invitation = invitation?.hidingPersonalNumbers
        for index in attachments.indices {
            attachments[index].filename = attachments[index].filename.map { PersonalNumbers.hidden(in: $0) }
            // A file without a name is called by its type.
            attachments[index].contentType = PersonalNumbers.hidden(in: attachments[index].contentType)
        }
        let recipients = report?.recipients.map { recipient in
            var recipient = recipient
            recipient.words = recipient.words.map { PersonalNumbers.hidden(in: $0) }
            return recipient
        }
        report?.recipients = recipients ?? []
    }
}

extension Letter.Exchange {
    /// Both as one text, for the question may say what kind of number the answer is; every octet keeps its place.
    fileprivate var hidingPersonalNumbers: Letter.Exchange {
        let octets = Array(PersonalNumbers.hidden(in: question + "\n" + answer).utf8)
        let length = question.utf8.count
        return Letter.Exchange(
            question: String(decoding: octets[..<length], as: UTF8.self),
            answer: String(decoding: octets[(length + 1)...], as: UTF8.self))
    }
}

extension Letter.Original {
    fileprivate var hidingPersonalNumbers: Letter.Original {
        var date = date
        date.text = date.text.map { PersonalNumbers.hidden(in: $0) }
        return Letter.Original(
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
