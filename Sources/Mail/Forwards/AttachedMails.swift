/// Mails that are attached to a mail, as `message/rfc822` or as a file whose name ends with `.eml`.
enum AttachedMails {
    /// Mails that are kept beside the one that counts at most, and octets of the text of each.
    private static let limit = (mails: 20, text: 64 << 10)

    /// Those directly in a mail, in order; what a report returns is none, nor is what has neither header nor text.
    static func all(in part: MIMEPart) -> [MIMEMessage] {
        switch part.content {
        case .message(let message): message.isMail ? [message] : []
        case .multipart(let children) where part.contentType != "multipart/report": children.flatMap(all)
        default: []
        }
    }

    /// Those that came along with the one that counts, and behind each what is attached to it.
    static func enclosures(_ messages: [MIMEMessage]) -> [Letter.Enclosure] {
        var enclosures: [Letter.Enclosure] = []
        add(messages, to: &enclosures)
        return enclosures
    }

    private static func add(_ messages: [MIMEMessage], to enclosures: inout [Letter.Enclosure]) {
        for message in messages where enclosures.count < limit.mails {
            var room = limit.text
            let lines = BodyText(of: message.root).lines.prefix { line in
                room -= line.octets.count + 1
                return room >= 0
            }
            enclosures.append(Letter.Enclosure(original: Letter.Original(message), text: lines.joinedText))
            add(all(in: message.root), to: &enclosures)
        }
    }
}

extension MIMEMessage {
    /// Whether it has any of the fields that tell a mail from other octets, or at least a text.
    fileprivate var isMail: Bool {
        !from.isEmpty || !subject.isEmpty || date.text != nil || !to.isEmpty || messageID != nil
            || BodyText(of: root).lines.contains { !$0.isBlank }
    }
}
