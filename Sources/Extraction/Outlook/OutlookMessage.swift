import Foundation
import Mail

/// A message as Outlook keeps it, whether in a file of its own or in a `winmail.dat`.
struct OutlookMessage {
    var properties: PropertyBag
    var recipients: [PropertyBag] = []
    var attachments: [Attachment] = []
    /// RTF as it is, unpacked.
    var rtf: [UInt8]?

    struct Attachment {
        enum Content {
            case octets([UInt8])
            indirect case message(OutlookMessage)
        }

        var properties: PropertyBag
        var content: Content
    }

    /// Messages within messages that are taken along.
    static let depth = 8
}

/// What of a message becomes the header of a mail (MS-OXCMAIL section 2.1).
extension OutlookMessage {
    /// The subject; without one what it was without its prefix, or what the conversation is about.
    var subject: String { properties.text(0x0037) ?? properties.text(0x0E1D) ?? properties.text(0x0070) ?? "" }
    var messageID: String? { properties.text(0x1035) ?? field("message-id") }
    var inReplyTo: String? { properties.text(0x1042) ?? field("in-reply-to") }
    var references: String? { properties.text(0x1039) ?? field("references") }

    /// Who sent it: for whom it was sent, else who did.
    var from: Mailbox? {
        mailbox(name: 0x0042, smtp: 0x5D02, kind: 0x0064, address: 0x0065)
            ?? mailbox(name: 0x0C1A, smtp: 0x5D01, kind: 0x0C1E, address: 0x0C1F)
    }

    /// When it was sent, else when it came.
    var date: Date? {
        (properties.time(0x0039) ?? properties.time(0x0E06)).map { Date(timeIntervalSince1970: Double($0)) }
    }

    /// Recipients of a kind: 1 for To, 2 for Cc (PidTagRecipientType).
    func recipients(_ kind: Int) -> [Mailbox] {
        recipients.filter { $0.integer(0x0C15) ?? 1 == kind }.prefix(1000).compactMap {
            Self.mailbox($0, name: 0x3001, smtp: 0x39FE, kind: 0x3002, address: 0x3003, charset: properties.charset)
        }
    }

    /// A field of the header that the message came with, unfolded.
    func field(_ name: String) -> String? {
        guard let header = properties.text(0x007D) else { return nil }
        var value: String?
        for line in header.split(whereSeparator: \.isNewline) {
            if let found = value {
                guard line.first == " " || line.first == "\t" else { return found }
                value = found + line
            } else if line.lowercased().hasPrefix(name + ":") {
                value = line.dropFirst(name.count + 1).drop { $0 == " " }.description
            }
        }
        return value
    }

    private func mailbox(name: UInt16, smtp: UInt16, kind: UInt16, address: UInt16) -> Mailbox? {
        Self.mailbox(properties, name: name, smtp: smtp, kind: kind, address: address, charset: properties.charset)
    }

    /// An address is taken where it is one of the internet; within an organisation Exchange has names of its own.
    private static func mailbox(
        _ bag: PropertyBag, name: UInt16, smtp: UInt16, kind: UInt16, address: UInt16, charset: String
    ) -> Mailbox? {
        let isInternet = bag.text(kind)?.uppercased() == "SMTP"
        let other = bag.text(address, charset: charset).flatMap { isInternet || $0.contains("@") ? $0 : nil }
        guard let found = bag.text(smtp, charset: charset) ?? other, found.contains("@") else { return nil }
        return Mailbox(name: bag.text(name, charset: charset), address: found)
    }
}

/// Bodies, best first for a reader.
extension OutlookMessage {
    /// Plain text; what RTF says where there is nothing else.
    var text: String? {
        if let text = properties.text(0x1000) { return text }
        guard html == nil, let rtf else { return nil }
        return String(decoding: RTFText.content(rtf).octets, as: UTF8.self)
    }

    var html: [UInt8]? {
        if let octets = properties.octets(0x1013) {
            let charset = properties.integer(0x3FDE).map(CodePage.charset) ?? properties.charset
            return Charset.decode(octets[...], label: charset)
        }
        if let text = properties.text(0x1013) { return Array(text.utf8) }
        guard let rtf else { return nil }
        let content = RTFText.content(rtf)
        return content.isHTML ? content.octets : nil
    }
}
