/// What a delivery report says became of a mail (RFC 3464), however it was written down.
package struct DeliveryReport: Hashable, Sendable, Codable {
    /// What became of the mail at one recipient (RFC 3464 section 2.3.3).
    package enum Action: String, Sendable, Codable, CaseIterable {
        case failed, delayed, delivered, relayed, expanded
    }

    /// The report on one recipient.
    package struct Recipient: Hashable, Sendable, Codable {
        package var address: String
        /// The address that the mail was sent to at first, where the report names another one too.
        package var original: String?
        package var action: Action
        /// The status code of RFC 3463, such as `5.1.1`.
        package var status: String?
        /// What the remote server said, or else the words of the report.
        package var words: String?

        package init(
            address: String, original: String? = nil, action: Action, status: String? = nil, words: String? = nil
        ) {
            self.address = address
            self.original = original
            self.action = action
            self.status = status
            self.words = words
        }

        /// Whether no mail will ever reach the address: it does not exist, or its domain takes none (RFC 3463 section
        /// 3.2, RFC 7505).
        ///
        /// A full mailbox, a refused content or a sender that is not liked say nothing of the address.
        package var isUnreachable: Bool {
            action == .failed && status.map(Self.addressFaults.contains) ?? false
        }

        private static let addressFaults: Set = ["5.1.1", "5.1.2", "5.1.3", "5.1.6", "5.1.10", "5.2.1"]
    }

    /// What the header of the returned mail says of it.
    package struct Returned: Hashable, Sendable, Codable {
        package var messageID: String?
        /// Our own marker, `X-Brevdue-Id`.
        package var mark: String?

        package init(messageID: String? = nil, mark: String? = nil) {
            self.messageID = messageID
            self.mark = mark
        }
    }

    /// Recipients of one report that are kept: ours have a few, a hostile one has thousands.
    static let recipientLimit = 100

    package var recipients: [Recipient]
    /// The id that the sender gave the envelope (RFC 3461 section 4.4).
    package var envelopeID: String?
    package var returned: Returned

    package init(recipients: [Recipient], envelopeID: String? = nil, returned: Returned = Returned()) {
        self.recipients = recipients
        self.envelopeID = envelopeID
        self.returned = returned
    }
}

extension DeliveryReport {
    /// Reads a report: by its fields where it has some, else by the words that mail servers write.
    ///
    /// `nil` for mail that is none, or that names no recipient.
    init?(_ message: MIMEMessage, returnPath: String?) {
        let parts = ReportParts(message.root)
        if let status = parts.status {
            let fields = StatusFields(status)
            recipients = fields.recipients
            envelopeID = fields.envelopeID
            returned = Returned(parts.returned)
            if !recipients.isEmpty { return }
        }
        guard BounceText.isPossible(message, returnPath: returnPath), let text = BounceText(message) else { return nil }
        recipients = text.recipients
        returned = parts.returned.isEmpty ? text.returned : Returned(parts.returned)
    }
}

extension DeliveryReport.Returned {
    init(_ fields: [HeaderField]) {
        messageID = fields.first { $0.isNamed("Message-ID") }.flatMap { MessageIDs.first($0.value) }
        mark = fields.first { $0.isNamed("X-Brevdue-Id") }.map { String($0.value.prefix(64)) }
    }
}

/// The machine's half of a report: its status fields and the header of the mail that is returned (RFC 6522).
///
/// What an attached mail holds is no part of the report: a report within a report is not followed.
struct ReportParts {
    private(set) var status: [UInt8]?
    private(set) var returned: [HeaderField] = []

    private static let statusTypes = ["message/delivery-status", "message/global-delivery-status"]
    static let fieldTypes =
        statusTypes + ["text/rfc822-headers", "message/rfc822-headers", "message/global-headers"]

    init(_ root: MIMEPart) { visit(root) }

    private mutating func visit(_ part: MIMEPart) {
        switch part.content {
        case .multipart(let children): children.forEach { visit($0) }
        case .fields(let octets) where Self.fieldTypes.contains(part.contentType):
            if Self.statusTypes.contains(part.contentType) {
                if status == nil { status = octets }
            } else if returned.isEmpty {
                returned = FieldGroups(octets, limit: 1).groups.first ?? []
            }
        case .message(let message): if returned.isEmpty { returned = message.fields }
        case .text, .fields, .calendar, .octets: break
        }
    }
}
