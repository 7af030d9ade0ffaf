/// Who or what wrote a mail, and whether the mail allows an automatic reply (RFC 3834).
struct NatureOfMail {
    var nature: Letter.Nature
    var autoReply: Letter.AutoReply

    init(_ message: MIMEMessage, text: String, returnPath: String?) {
        nature = Self.nature(message, text: text, returnPath: returnPath)
        if let reason = Self.objection(to: message, nature: nature, returnPath: returnPath) {
            autoReply = Letter.AutoReply(allowed: false, reason: reason)
        } else {
            autoReply = Letter.AutoReply(
                allowed: true, reason: "written by a person; nothing in the header objects")
        }
    }

    private static func nature(_ message: MIMEMessage, text: String, returnPath: String?)
        -> Letter.Nature
    {
        if message.contentType == "multipart/report" {
            switch message.root.parameters["report-type"]?.lowercased() {
            case "delivery-status": return .bounce
            case "disposition-notification", "feedback-report", "tlsrpt": return .other
            default: return .bounce
            }
        }
        let sender = message.from.first
        if ["mailer-daemon", "postmaster"].contains(sender?.localPart.lowercased()),
            returnPath?.isEmpty ?? true
        {
            return .bounce
        }
        if message.contentType == "text/calendar" || hasCalendar(message.root) { return .calendar }
        if message.field("List-Id") != nil
            || message.fields.contains(where: { $0.hasPrefix("List-") })
        {
            return .list
        }
        // Vacation programs mark their replies as bulk, too.
        if isReplied(message) { return .autoReply }
        if isBulk(message) { return .list }
        if isAutoSubmitted(message) || Absences.isNote(subject: message.subject, text: text) {
            return .autoReply
        }
        return .person
    }

    /// Why no automatic reply may be sent, or `nil`.
    private static func objection(
        to message: MIMEMessage, nature: Letter.Nature, returnPath: String?
    ) -> String? {
        if returnPath == "" { return "the return path is empty" }
        if message.field("X-Brevdue-Id") != nil { return "X-Brevdue-Id: the mail is one of our own" }
        if isAutoSubmitted(message) {
            return "Auto-Submitted: \(message.field("Auto-Submitted") ?? "")"
        }
        if let suppress = message.field("X-Auto-Response-Suppress")?.lowercased(),
            ["oof", "autoreply", "all"].contains(where: suppress.contains)
        {
            return "X-Auto-Response-Suppress: \(suppress)"
        }
        if let list = message.fields.first(where: { $0.hasPrefix("List-") }) {
            return "\(String(decoding: list.name, as: UTF8.self)): the mail went to a list"
        }
        if isBulk(message) { return "Precedence: \(message.field("Precedence") ?? "")" }
        for address in [returnPath, message.from.first?.address].compactMap({ $0 })
        where RoleAddresses.isRole(address) {
            return "\(address) is no address of a person"
        }
        switch nature {
        case .person, .list: return nil
        case .autoReply: return "the mail is an automatic reply"
        case .bounce: return "the mail is a delivery report"
        case .calendar: return "the mail is a calendar message"
        case .other: return "the mail is a report of a machine"
        }
    }

    /// Any keyword but `no`, in any case, with comments and parameters (RFC 3834 section 5).
    private static func isAutoSubmitted(_ message: MIMEMessage) -> Bool {
        guard let value = message.field("Auto-Submitted") else { return false }
        var depth = 0
        let keyword = value.lowercased().filter { character in
            if character == "(" { depth += 1 }
            defer { if character == ")" { depth -= 1 } }
            return depth == 0 && character != ")"
        }
        return keyword.split(separator: ";").first.map { Array($0.utf8)[...].trimmingSpaces.string }
            != "no"
    }

    private static func isReplied(_ message: MIMEMessage) -> Bool {
        message.field("Auto-Submitted")?.lowercased().contains("auto-replied") ?? false
    }

    private static func isBulk(_ message: MIMEMessage) -> Bool {
        ["bulk", "list", "junk"].contains(message.field("Precedence")?.lowercased())
    }

    private static func hasCalendar(_ part: MIMEPart) -> Bool {
        part.contentType == "text/calendar" && part.parameters["method"] != nil
            || part.children.contains(where: hasCalendar)
    }
}

/// Addresses that no person reads.
enum RoleAddresses {
    static func isRole(_ address: String) -> Bool {
        let local = Mailbox(address: address).localPart.lowercased()
        let plain = local.filter { $0 != "-" && $0 != "_" && $0 != "." }
        return ["mailerdaemon", "postmaster", "noreply", "donotreply", "ikkesvar", "svarikke"].contains(
            plain)
            || plain.hasPrefix("noreply") || local.hasPrefix("owner-") || local.hasSuffix("-request")
            || local.hasPrefix("bounce")
    }
}
