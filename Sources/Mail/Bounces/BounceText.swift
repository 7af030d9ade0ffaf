/// A report that is written for people alone: what qmail, Exim, Postfix behind a gateway, Exchange, Gmail and forwarders
/// send without the fields of RFC 3464.
struct BounceText {
    /// Octets of the text that are looked at; a returned mail may be long.
    private static let reach = 64 << 10
    /// Addresses that are taken from running text.
    private static let addressLimit = 20
    private static let senders = ["mailer-daemon", "postmaster", "mail-daemon", "mailerdaemon", "mdaemon"]

    private(set) var recipients: [DeliveryReport.Recipient] = []
    private(set) var returned = DeliveryReport.Returned()

    /// Whether a mail may be a report at all: nothing a person writes is.
    static func isPossible(_ message: MIMEMessage, returnPath: String?) -> Bool {
        if message.contentType == "multipart/report" || message.field("X-Failed-Recipients") != nil { return true }
        guard returnPath?.isEmpty ?? true else { return false }
        // An absence note has the null path too, and may say anything.
        let sender = message.from.first?.localPart.lowercased() ?? ""
        return sender.isEmpty || senders.contains(sender) || sender.hasPrefix("microsoftexchange")
    }

    init?(_ message: MIMEMessage) {
        let lines = Self.bounded(BodyText(of: message.root).lines)
        let end = Self.copy(in: lines) ?? lines.endIndex
        let head = Array(lines[..<end])
        guard let action = Self.action(of: message.subject, head) else { return nil }
        let addresses = Self.addresses(of: message, head)
        guard !addresses.isEmpty else { return nil }
        let paragraphs = head.split(whereSeparator: \.isBlank).map(Self.joined)
        recipients = addresses.map { Self.recipient($0, action, paragraphs) }
        returned = Self.header(in: lines[end...])
    }

    private static func bounded(_ lines: [TextLine]) -> [TextLine] {
        var left = reach
        return Array(
            lines.prefix { line in
                left -= line.octets.count + 1
                return left > 0
            })
    }

    private static func copy(in lines: [TextLine]) -> Int? {
        lines.firstIndex { line in
            let text = Folding.lower(line.octets.prefix(200))
            return BouncePhrases.copies.contains { text.contains(octets: $0) }
        }
    }

    /// What happened: a mail that is still on its way is called undelivered by some servers too.
    private static func action(of subject: String, _ head: [TextLine]) -> DeliveryReport.Action? {
        let text = Folding.lower(subject.utf8.prefix(500)) + [0x0A] + Folding.lower(Self.joined(head[...]).utf8)
        let says = { (phrases: [[UInt8]]) in phrases.contains { text.contains(octets: $0) } }
        if says(BouncePhrases.delayed) { return .delayed }
        if says(BouncePhrases.failed) { return .failed }
        return says(BouncePhrases.delivered) ? .delivered : nil
    }

    private static func recipient(
        _ address: String, _ action: DeliveryReport.Action, _ paragraphs: [String]
    ) -> DeliveryReport.Recipient {
        let own = paragraphs.firstIndex { $0.utf8.contains(octets: address.utf8) }
        // The remote's reply stands with the address, or in a paragraph of its own further down.
        let reply =
            own.map { paragraphs[$0] }.flatMap { Self.holdsReply($0) ? $0 : nil }
            ?? paragraphs.first(where: Self.holdsReply) ?? own.map { paragraphs[$0] }
        let words = reply.map { String($0.prefix(1000)) }
        let status =
            StatusCode.best(of: nil, in: words) ?? StatusCode.best(of: nil, in: paragraphs.joined(separator: " "))
        let isOdd = action == .failed && status?.first == "4"
        return DeliveryReport.Recipient(address: address, action: action, status: isOdd ? nil : status, words: words)
    }

    /// Whether a paragraph quotes the reply of a server, such as `550 5.1.1 …` or `552-full`.
    private static func holdsReply(_ paragraph: String) -> Bool {
        if StatusCode.first(in: paragraph) != nil { return true }
        return paragraph.split { !($0.isASCII && ($0.isNumber || $0.isLetter)) }.contains { word in
            word.utf8.count == 3 && (word.first == "4" || word.first == "5") && word.allSatisfy(\.isNumber)
        }
    }

    private static func joined(_ lines: ArraySlice<TextLine>) -> String {
        Repair.line(lines.map { $0.octets.trimmingSpaces.string }.joined(separator: " "))
    }

    /// Those that the header names (Exim, Gmail), else those that the text does.
    private static func addresses(of message: MIMEMessage, _ head: [TextLine]) -> [String] {
        let named = message.field("X-Failed-Recipients").map { MailAddresses.all(in: $0, limit: addressLimit) } ?? []
        if !named.isEmpty { return named }
        // Lines that begin with an address are about it; whatever else is named may be a server's postmaster.
        let leading = head.flatMap { line -> [String] in
            let text = line.octets.trimmingSpaces
            let found = MailAddresses.all(in: text.string, limit: 1)
            return found.filter { text.trimming("<\"'(").starts(with: $0.utf8) }
        }
        let others = head.flatMap { MailAddresses.all(in: $0.octets.string, limit: addressLimit) }
        var seen: Set<String> = []
        return (leading.isEmpty ? others : leading).filter { address in
            let local = Mailbox(address: address).localPart.lowercased()
            return !senders.contains(local) && seen.insert(address.lowercased()).inserted
        }.prefix(addressLimit).map { $0 }
    }

    /// The header of the returned mail: its first lines, which may be indented or quoted.
    private static func header(in lines: ArraySlice<TextLine>) -> DeliveryReport.Returned {
        var octets: [UInt8] = []
        for line in lines.dropFirst().drop(while: \.isBlank).prefix(300).prefix(while: { !$0.isBlank }) {
            let text = line.unquoted.octets.trimmingSpaces
            let name = text.prefix { $0 > 0x20 && $0 != UInt8(ascii: ":") }
            if name.endIndex == text.endIndex || text[name.endIndex] != UInt8(ascii: ":") { octets.append(0x20) }
            octets += text + [0x0A]
        }
        return DeliveryReport.Returned(FieldGroups(octets, limit: 1).groups.first ?? [])
    }
}

/// Addresses in running text.
enum MailAddresses {
    private static let marks: Set<UInt8> = Set(".!#$%&'*+/=?^_{|}~-".utf8)

    static func all(in text: String, limit: Int) -> [String] {
        var found: [String] = []
        let octets = Array(text.utf8.prefix(64 << 10))
        var at = octets.firstIndex(of: UInt8(ascii: "@"))
        while let place = at, found.count < limit {
            let local = octets[..<place].suffix(64).reversed().prefix(while: isLocal).reversed()
            let domain = octets[(place + 1)...].prefix(253).prefix(while: isDomain).trimming(".-")
            if !local.isEmpty, domain.contains(UInt8(ascii: ".")) {
                let name = Array(local)[...].trimming("'./")
                found.append("\(name.string)@\(domain.string)")
            }
            at = octets[(place + 1)...].firstIndex(of: UInt8(ascii: "@"))
        }
        return found
    }

    private static func isLocal(_ octet: UInt8) -> Bool { isAlphanumeric(octet) || marks.contains(octet) }

    private static func isDomain(_ octet: UInt8) -> Bool {
        isAlphanumeric(octet) || octet == UInt8(ascii: ".") || octet == UInt8(ascii: "-")
    }

    private static func isAlphanumeric(_ octet: UInt8) -> Bool {
        octet >= 0x80 || (0x30...0x39).contains(octet) || (0x41...0x5A).contains(octet) || (0x61...0x7A).contains(octet)
    }
}
