import FoundationEssentials
import Mail
import Rules

extension CaseMail {
    /// The mail as octets (RFC 5322): the customer's own, or the forward that Outlook makes of it in Danish.
    ///
    /// `intake`: the address it comes to.
    func octets(to intake: String) -> [UInt8] {
        let sender = (forwardedBy ?? from).mailbox
        let sent = forwardedBy == nil ? date : forwardedAt ?? date
        let lines =
            [
                "From: " + WrittenHeader.mailboxes([sender], after: 6),
                "To: " + WrittenHeader.mailboxes([Mailbox(address: intake)], after: 4),
                "Subject: " + WrittenHeader.text(forwardedBy == nil ? subject : "VS: " + subject, after: 9),
                "Date: " + sent.header,
                "Message-ID: <\(Int(sent.instant.timeIntervalSince1970)).\(date.minute)@cases.invalid>",
                "MIME-Version: 1.0",
                "Content-Type: text/plain; charset=utf-8",
                "Content-Transfer-Encoding: 8bit",
                "",
            ] + body.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
        return Array(lines.joined(separator: "\r\n").utf8)
    }

    private var body: String {
        let written = [text.trimmedLines, signature?.trimmedLines].compactMap { $0 }.joined(separator: "\n\n") + "\n"
        guard let forwardedBy else { return written }
        return """
            \((note ?? "").trimmedLines)

            Fra: \(from.written)
            Sendt: \(date.spelled)
            Til: \(forwardedBy.written)
            Emne: \(subject)

            \(written)
            """
    }
}

extension CaseMail.Person {
    var mailbox: Mailbox { Mailbox(name: name, address: address) }

    fileprivate var written: String { name.map { "\($0) <\(address)>" } ?? address }
}

extension DanishTime {
    private static let danishMonths = [
        "januar", "februar", "marts", "april", "maj", "juni", "juli", "august", "september", "oktober", "november",
        "december",
    ]
    private static let months = [
        "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
    ]

    private var clock: String { "\(Self.twoDigits(minute / 60)):\(Self.twoDigits(minute % 60))" }

    private static func twoDigits(_ number: Int) -> Substring { String(100 + number).dropFirst() }

    /// `23. november 2026 14:37`, as Outlook writes it above a forward.
    fileprivate var spelled: String { "\(day.day). \(Self.danishMonths[day.month - 1]) \(day.year) \(clock)" }

    /// `23 Nov 2026 14:37:00 +0100` (RFC 5322 section 3.3).
    fileprivate var header: String {
        "\(day.day) \(Self.months[day.month - 1]) \(day.year) \(clock):00 +\(Self.twoDigits(offset / 3600))00"
    }
}

extension String {
    /// Without empty lines at either end.
    var trimmedLines: String {
        let lines = split(separator: "\n", omittingEmptySubsequences: false)
        let isBlank = { (line: Substring) in line.allSatisfy { $0 == " " } }
        guard let first = lines.firstIndex(where: { !isBlank($0) }), let last = lines.lastIndex(where: { !isBlank($0) })
        else { return "" }
        return lines[first...last].joined(separator: "\n")
    }
}
