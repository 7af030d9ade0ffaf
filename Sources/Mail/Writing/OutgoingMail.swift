package import FoundationEssentials

/// A mail of ours, and its octets (RFC 5322, RFC 2045): the same value always gives the same ones.
///
/// Every value may come from outside: line ends and control characters in it become spaces, so that none of them can
/// begin a field of its own.
package struct OutgoingMail: Hashable, Sendable {
    /// A header field beyond those every mail has.
    package struct Field: Hashable, Sendable {
        package var name: String
        package var value: String

        package init(_ name: String, _ value: String) {
            self.name = name
            self.value = value
        }
    }

    package var from: Mailbox
    package var replyTo: Mailbox?
    package var to: [Mailbox]
    package var subject: String
    package var date: Date
    /// With its angle brackets; also the seed of the boundary.
    package var messageID: String
    package var inReplyTo: String?
    /// Oldest first.
    package var references: [String]
    /// Further fields, such as the own marker.
    package var fields: [Field]
    package var text: String
    /// `nil` for a mail of plain text alone.
    package var html: String?

    package init(
        from: Mailbox, replyTo: Mailbox? = nil, to: [Mailbox], subject: String, date: Date, messageID: String,
        inReplyTo: String? = nil, references: [String] = [], fields: [Field] = [], text: String, html: String?
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

    /// The message with CRLF line ends: text and HTML, where there is some, as alternatives (RFC 2046 section 5.1.4), both quoted-printable.
    ///
    /// ASCII alone, unless an address itself holds other letters (RFC 6532). Lines of header text and of the bodies are
    /// at most 78 octets; only an address or id of a stranger's making can be longer, and none exceeds 998.
    package var octets: [UInt8] {
        var octets: [UInt8] = []
        octets.reserveCapacity((text.utf8.count + (html?.utf8.count ?? 0)) * 5 / 4 + 2048)
        let write = { (line: String) in
            octets += line.utf8
            octets += [0x0D, 0x0A]
        }
        let part = { (type: String, content: String) in
            write("Content-Type: \(type); charset=utf-8")
            write("Content-Transfer-Encoding: quoted-printable")
            write("")
            QuotedPrintable.append(content, to: &octets)
        }
        header.forEach(write)
        write("MIME-Version: 1.0")
        guard let html else {
            part("text/plain", text)
            return octets
        }
        let boundary = boundary
        write("Content-Type: multipart/alternative; boundary=\"\(boundary)\"")
        write("")
        for (type, content) in [("text/plain", text), ("text/html", html)] {
            write("--\(boundary)")
            part(type, content)
            write("")
        }
        write("--\(boundary)--")
        return octets
    }

    private var header: [String] {
        var lines = ["Date: " + WrittenHeader.date(date)]
        let add = { (name: String, value: String?) in
            if let value { lines.append("\(name): \(value)") }
        }
        add("From", WrittenHeader.mailboxes([from], after: 6))
        add("Reply-To", replyTo.map { WrittenHeader.mailboxes([$0], after: 10) })
        add("To", to.isEmpty ? nil : WrittenHeader.mailboxes(to, after: 4))
        add("Subject", WrittenHeader.text(subject, after: 9))
        add("Message-ID", WrittenHeader.ids([messageID]))
        add("In-Reply-To", inReplyTo.flatMap { WrittenHeader.ids([$0]) })
        add("References", WrittenHeader.ids(references))
        for field in fields {
            let name = WrittenHeader.fieldName(field.name)
            add(name, WrittenHeader.text(field.value, after: name.utf8.count + 2))
        }
        return lines
    }

    /// `=_` never stands in quoted-printable text, so the boundary cannot either.
    private var boundary: String {
        let letters = messageID.utf8.filter {
            (0x30...0x39).contains($0) || (0x41...0x5A).contains($0) || (0x61...0x7A).contains($0)
        }
        return "=_" + String(decoding: letters.prefix(50), as: UTF8.self)
    }
}
