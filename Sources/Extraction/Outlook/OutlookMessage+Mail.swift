import Foundation
import Mail

/// Writing the message as a mail (RFC 5322, RFC 2045): all content in base64, so that no boundary can stand in it.
extension OutlookMessage {
    var mail: [UInt8] { written(depth: 0) }

    private func written(depth: Int) -> [UInt8] {
        let head = MailOctets.lines(header + ["MIME-Version: 1.0"])
        if let sealed { return head + sealed }
        var bodies = bodies
        if bodies.isEmpty { bodies.append(MailOctets.part("text/plain; charset=utf-8", [])) }
        let body = bodies.count == 1 ? bodies[0] : MailOctets.multipart("alternative", bodies, "text-\(depth)")
        let files = attachments.compactMap { $0.part(depth: depth) }
        return head + (files.isEmpty ? body : MailOctets.multipart("mixed", [body] + files, "mixed-\(depth)"))
    }

    private var header: [String] {
        var lines: [String] = []
        let add = { (name: String, value: String?) in
            if let value, !value.isEmpty { lines.append("\(name): \(value)") }
        }
        // What the properties do not say, such as addresses of the internet, the header that it came with may.
        let came = { (name: String) in field(name).map(Self.plain) }
        let list = { (mailboxes: [Mailbox], column: Int) in
            mailboxes.isEmpty ? nil : WrittenHeader.mailboxes(mailboxes, after: column)
        }
        add("Date", date.map(WrittenHeader.date) ?? came("date"))
        add("From", list(from.map { [$0] } ?? [], 6) ?? came("from"))
        add("To", list(recipients(1), 4) ?? came("to"))
        add("Cc", list(recipients(2), 4) ?? came("cc"))
        add("Subject", WrittenHeader.text(subject, after: 9))
        add("Message-ID", messageID.map(Self.plain))
        add("In-Reply-To", inReplyTo.map(Self.plain))
        add("References", references.map(Self.plain))
        return lines
    }

    /// A value of a header as it was sent, which must not begin another field.
    private static func plain(_ value: String) -> String {
        WrittenHeader.clean(value).split(separator: " ").joined(separator: "\r\n ")
    }

    private var bodies: [[UInt8]] {
        var bodies: [[UInt8]] = []
        if let text { bodies.append(MailOctets.part("text/plain; charset=utf-8", Array(text.utf8))) }
        if let html { bodies.append(MailOctets.part("text/html; charset=utf-8", html)) }
        return bodies
    }

    /// Of a mail that is signed or encrypted, its one attachment is what was sent (MS-OXOSMIME section 2.1).
    private var sealed: [UInt8]? {
        guard properties.text(0x001A)?.lowercased().hasPrefix("ipm.note.smime") ?? false, attachments.count == 1,
            case .octets(let octets) = attachments[0].content
        else { return nil }
        return MailOctets.entity(octets) ?? MailOctets.part("application/pkcs7-mime; name=smime.p7m", octets)
    }
}

extension OutlookMessage.Attachment {
    /// `nil` for a message too deep in others.
    fileprivate func part(depth: Int) -> [UInt8]? {
        switch content {
        case .message(let message):
            guard depth < OutlookMessage.depth else { return nil }
            return MailOctets.lines(["Content-Type: message/rfc822", "Content-Disposition: attachment", ""])
                + message.written(depth: depth + 1)
        case .octets(let octets):
            let name = properties.text(0x3707) ?? properties.text(0x3704) ?? properties.text(0x3001)
            let type = properties.text(0x370E).flatMap(MailOctets.leafType) ?? "application/octet-stream"
            var fields = [MailOctets.disposition(isInline: properties.text(0x3712) != nil, filename: name)]
            if let identifier = properties.text(0x3712) {
                fields.append("Content-ID: <\(WrittenHeader.clean(identifier).filter { !"<> ".contains($0) })>")
            }
            return MailOctets.part(type, octets, fields)
        }
    }
}
