/// Who or what wrote a mail, and whether the mail allows an automatic reply (RFC 3834).
struct NatureOfMail {
    var nature: Letter.Nature
    var autoReply: Letter.AutoReply

    /// `text`: what is newly said in it, `nil` where it sends on what somebody else said; `isReport`: whether it was read as
    /// a delivery report.
    init(_ message: MIMEMessage, text: String?, isReport: Bool, returnPath: String?) {
        nature = Self.nature(message, text: text, isReport: isReport, returnPath: returnPath)
        if let reason = Self.objection(to: message, nature: nature, returnPath: returnPath) {
            autoReply = Letter.AutoReply(allowed: false, reason: reason)
        } else {
            autoReply = Letter.AutoReply(
                allowed: true, reason: "written by a person; nothing in the header objects")
        }
    }

    private static func nature(
        _ message: MIMEMessage, text: String?, isReport: Bool, returnPath: String?
    ) -> Letter.Nature {
        // Sent on by a mailbox of ours, it would come back again and again.
        if isOurs(message) { return .autoReply }
        if MachineReports.includes(message) { return .other }
        if isReport { return .bounce }
        if message.contentType == "multipart/report" {
            let type = message.root.parameters["report-type"]?.lowercased()
            return type == nil || type == "delivery-status" ? .bounce : .other
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
        if isAutoSubmitted(message) { return .autoReply }
        guard let text, Absences.isNote(subject: message.subject, text: text) else { return .person }
        return .autoReply
    }

    /// Why no automatic reply may be sent, or `nil`.
    private static func objection(
        to message: MIMEMessage, nature: Letter.Nature, returnPath: String?
    ) -> String? {
        if returnPath == "" { return "the return path is empty" }
        if isOurs(message) { return "X-Brevdue-Id: the mail is one of our own" }
        if isAutoSubmitted(message) {
            return "Auto-Submitted: \(message.field("Auto-Submitted") ?? "")"
        }
        if suppresses(message) {
            return "X-Auto-Response-Suppress: \(message.field("X-Auto-Response-Suppress") ?? "")"
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

    /// Our own marker, which survives a relay that gives the mail another Message-ID.
    private static func isOurs(_ message: MIMEMessage) -> Bool { message.field("X-Brevdue-Id") != nil }

    /// Any keyword but `no`, in any case, with comments and parameters (RFC 3834 section 5).
    private static func isAutoSubmitted(_ message: MIMEMessage) -> Bool {
        message.values("Auto-Submitted").contains { FieldWords.keyword($0) != "no" }
    }

    private static func isReplied(_ message: MIMEMessage) -> Bool {
        message.values("Auto-Submitted").contains { FieldWords.keyword($0).hasPrefix("auto-replied") }
            || responders.contains { name in message.values(name).contains { FieldWords.keyword($0) != "no" } }
    }

    /// What programs that reply write that know nothing of RFC 3834; another program's field is an entry.
    private static let responders: [StaticString] = [
        "X-Autoreply", "X-Autorespond", "X-Autoresponder", "X-AutoReply-From", "X-Mail-Autoreply", "X-Vacation",
    ]

    private static func isBulk(_ message: MIMEMessage) -> Bool {
        message.values("Precedence").contains { value in
            FieldWords.all(value).first.map { ["bulk", "list", "junk"].contains($0) } ?? false
        }
    }

    /// Whether the sender asks that no automatic reply of our kind be sent (MS-OXCMAIL).
    private static func suppresses(_ message: MIMEMessage) -> Bool {
        message.values("X-Auto-Response-Suppress").contains { value in
            FieldWords.all(value).contains { ["oof", "autoreply", "all"].contains($0) }
        }
    }

    private static func hasCalendar(_ part: MIMEPart) -> Bool {
        part.contentType == "text/calendar" && part.parameters["method"] != nil
            || part.children.contains(where: hasCalendar)
    }
}
