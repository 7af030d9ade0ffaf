import Foundation
import Mail

/// Writing the message as a mail: all content in base64, so that no boundary can stand in it.
extension OutlookMessage {
    /// The octets of a mail (RFC 5322, RFC 2045).
    var mail: [UInt8] { Array(written(depth: 0).utf8) }

    private func written(depth: Int) -> String {
        let boundary = { (name: String) in "=_\(name)-\(depth)" }
        var lines = header + ["MIME-Version: 1.0"]
        var bodies = bodies
        if bodies.isEmpty { bodies.append(Self.part("text/plain; charset=utf-8", [])) }
        let body = bodies.count == 1 ? bodies[0] : Self.multipart("alternative", bodies, boundary("text"))
        let files = attachments.compactMap { $0.part(depth: depth) }
        lines.append(files.isEmpty ? body : Self.multipart("mixed", [body] + files, boundary("mixed")))
        return lines.joined(separator: "\r\n")
    }

    private var header: [String] {
        var lines: [String] = []
        let add = { (name: String, value: String?) in
            if let value, !value.isEmpty { lines.append("\(name): \(value)") }
        }
        add("Date", date.map(WrittenHeader.date) ?? field("date").map { WrittenHeader.text($0, after: 6) })
        // Without an address of the internet the header that it came with has one.
        add("From", from.map { WrittenHeader.mailboxes([$0], after: 6) } ?? field("from").map(Self.plain))
        add("To", WrittenHeader.mailboxes(recipients(1), after: 4))
        add("Cc", WrittenHeader.mailboxes(recipients(2), after: 4))
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

    private var bodies: [String] {
        var bodies: [String] = []
        if let text { bodies.append(Self.part("text/plain; charset=utf-8", Array(text.utf8))) }
        if let html { bodies.append(Self.part("text/html; charset=utf-8", html)) }
        return bodies
    }

    fileprivate static func part(_ type: String, _ octets: [UInt8], _ fields: [String] = []) -> String {
        let lines = ["Content-Type: \(type)", "Content-Transfer-Encoding: base64"] + fields + ["", base64(octets)]
        return lines.joined(separator: "\r\n")
    }

    private static func multipart(_ kind: String, _ parts: [String], _ boundary: String) -> String {
        let head = "Content-Type: multipart/\(kind); boundary=\"\(boundary)\"\r\n"
        return head + parts.map { "\r\n--\(boundary)\r\n\($0)" }.joined() + "\r\n--\(boundary)--\r\n"
    }

    private static func base64(_ octets: [UInt8]) -> String {
        Data(octets).base64EncodedString(options: [
            .lineLength76Characters, .endLineWithCarriageReturn, .endLineWithLineFeed,
        ])
    }
}

extension OutlookMessage.Attachment {
    /// `nil` for a message too deep in others.
    fileprivate func part(depth: Int) -> String? {
        let name = properties.text(0x3707) ?? properties.text(0x3704) ?? title ?? properties.text(0x3001)
        switch content {
        case .message(let message):
            guard depth < OutlookMessage.depth else { return nil }
            return "Content-Type: message/rfc822\r\nContent-Disposition: attachment\r\n\r\n"
                + message.written(depth: depth + 1)
        case .octets(let octets):
            let type = properties.text(0x370E).flatMap(Self.type) ?? "application/octet-stream"
            let identifier = properties.text(0x3712).map {
                "Content-ID: <\(WrittenHeader.clean($0).filter { $0 != ">" && $0 != "<" })>"
            }
            let disposition = identifier == nil ? "attachment" : "inline"
            let fields = ["Content-Disposition: \(disposition)\(name.map(Self.parameter) ?? "")"]
            return OutlookMessage.part(type, octets, fields + [identifier].compactMap { $0 })
        }
    }

    /// `type/subtype` of RFC 2045, where it is one.
    private static func type(_ text: String) -> String? {
        let text = text.lowercased()
        let isPlain = text.utf8.allSatisfy { (0x61...0x7A).contains($0) || (0x2B...0x39).contains($0) || $0 == 0x5F }
        // What is no leaf would be read as more parts.
        let isLeaf = !text.hasPrefix("multipart/") && !text.hasPrefix("message/")
        return isPlain && isLeaf && text.utf8.count < 128 && text.split(separator: "/").count == 2 ? text : nil
    }

    /// The name of a file in any letters (RFC 2231).
    private static func parameter(_ name: String) -> String {
        let name = WrittenHeader.clean(String(name.prefix(200)))
        let digits = Array("0123456789ABCDEF")
        let encoded = name.utf8.map { octet -> String in
            let isPlain =
                (0x30...0x39).contains(octet) || (0x41...0x5A).contains(octet) || (0x61...0x7A).contains(octet)
                || octet == UInt8(ascii: ".") || octet == UInt8(ascii: "-") || octet == UInt8(ascii: "_")
            return isPlain ? String(UnicodeScalar(octet)) : "%\(digits[Int(octet >> 4)])\(digits[Int(octet & 15)])"
        }
        return ";\r\n filename*=utf-8''\(encoded.joined())"
    }
}
