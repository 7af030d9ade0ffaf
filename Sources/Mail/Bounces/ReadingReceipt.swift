/// What became of a mail in the hands of its reader, as their program reports it (RFC 8098).
package struct ReadingReceipt: Hashable, Sendable, Codable {
    /// What was done with the mail (RFC 8098 section 3.2.6; the last two are of RFC 3798).
    package enum Action: String, Sendable, Codable, CaseIterable {
        case displayed, deleted, dispatched, processed, denied, failed
    }

    /// Whose mailbox the mail is in.
    package var recipient: String?
    package var action: Action
    /// Whether a program did it, not a person.
    package var isAutomatic: Bool
    /// Message-ID of the mail that it is about.
    package var messageID: String?

    package init(recipient: String? = nil, action: Action, isAutomatic: Bool = false, messageID: String? = nil) {
        self.recipient = recipient
        self.action = action
        self.isAutomatic = isAutomatic
        self.messageID = messageID
    }
}

extension ReadingReceipt {
    static let types: Set = ["message/disposition-notification", "message/global-disposition-notification"]

    /// `nil` for fields that say of nothing what was done with it.
    init?(_ octets: [UInt8]) {
        let fields = FieldGroups(octets, limit: 5).groups.flatMap { $0 }
        let value = { (name: StaticString) in fields.first { $0.isNamed(name) }?.value }
        // `manual-action/MDN-sent-manually; displayed/error`
        let words = value("Disposition").map { $0.lowercased().split(separator: ";", maxSplits: 1) } ?? []
        guard words.count == 2,
            let action = Action(rawValue: String(Repair.line(String(words[1])).prefix { $0.isLetter }))
        else { return nil }
        self.init(
            recipient: (value("Final-Recipient") ?? value("Original-Recipient")).flatMap(StatusFields.address),
            action: action, isAutomatic: words[0].contains("automatic-action"),
            messageID: value("Original-Message-ID").flatMap(MessageIDs.first))
    }
}

extension MIMEPart {
    /// The report of a reader's program in it; what an attached mail holds is none.
    var receipt: ReadingReceipt? {
        switch content {
        case .fields(let octets) where ReadingReceipt.types.contains(contentType): ReadingReceipt(octets)
        case .multipart(let children): children.lazy.compactMap(\.receipt).first
        default: nil
        }
    }
}
