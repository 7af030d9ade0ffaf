package import FoundationEssentials

/// A mail of ours, and its octets (RFC 5322, RFC 2045): the same value always gives the same ones.
///
/// Every value may come from outside: line ends and control characters in it become spaces, so that none of them can
/// begin a field of its own.
package struct OutgoingMail: Hashable, Sendable {
    package var from: Mailbox
    package var replyTo: Mailbox?
    package var to: [Mailbox]
    package var subject: String
    package var date: Date
    /// With its angle brackets; also the seed of the boundary.
    package var messageID: String
    package var inReplyTo: String?
    package var references: [String]
    /// Further fields, such as the own marker.
    package var fields: [(name: String, value: String)]
    package var text: String
    package var html: String

    package init(
        from: Mailbox, replyTo: Mailbox? = nil, to: [Mailbox], subject: String, date: Date, messageID: String,
        inReplyTo: String? = nil, references: [String] = [], fields: [(name: String, value: String)] = [], text: String,
        html: String
    ) {
        self.from = from
        self.replyTo = replyTo
        self.to = to
        self.subject = subject
        self.date = date
        self.messageID = messageID
        self.inReplyTo = inReplyTo
        self.references = references
        self.fields = fields
        self.text = text
        self.html = html
    }

    package static func == (left: Self, right: Self) -> Bool { left.octets == right.octets }
    package func hash(into hasher: inout Hasher) { hasher.combine(messageID) }

    /// The message with CRLF line ends: text and HTML as alternatives, both quoted-printable.
    package var octets: [UInt8] {
        let boundary =
            "=_" + String(messageID.utf8.filter(Self.isWordOctet).prefix(50).map { Character(UnicodeScalar($0)) })
        var lines = header
        lines.append("MIME-Version: 1.0")
        lines.append("Content-Type: multipart/alternative; boundary=\"\(boundary)\"")
        lines.append("")
        for (type, content) in [("text/plain", text), ("text/html", html)] {
            lines.append("--\(boundary)")
            lines.append("Content-Type: \(type); charset=utf-8")
            lines.append("Content-Transfer-Encoding: quoted-printable")
            lines.append("")
            lines += QuotedPrintable.lines(content)
        }
        lines.append("--\(boundary)--")
        lines.append("")
        return Array(lines.joined(separator: "\r\n").utf8)
    }

    private var header: [String] {
        var lines = ["Date: " + WrittenHeader.date(date), "From: " + WrittenHeader.mailboxes([from], after: 6)]
        if let replyTo { lines.append("Reply-To: " + WrittenHeader.mailboxes([replyTo], after: 10)) }
        lines.append("To: " + WrittenHeader.mailboxes(to, after: 4))
        lines.append("Subject: " + WrittenHeader.text(subject, after: 9))
        lines.append("Message-ID: " + WrittenHeader.clean(messageID))
        if let inReplyTo { lines.append("In-Reply-To: " + WrittenHeader.clean(inReplyTo)) }
        if !references.isEmpty {
            lines.append("References: " + references.map(WrittenHeader.clean).joined(separator: "\r\n "))
        }
        for field in fields {
            lines.append("\(field.name): " + WrittenHeader.text(field.value, after: field.name.utf8.count + 2))
        }
        return lines
    }

    private static func isWordOctet(_ octet: UInt8) -> Bool {
        (0x30...0x39).contains(octet) || (0x41...0x5A).contains(octet) || (0x61...0x7A).contains(octet)
    }
}
