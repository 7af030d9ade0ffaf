package import FoundationEssentials

/// What is understood of one mail: who really wrote, what they newly wrote, and who sent it on to us.
///
/// A value made from the raw octets alone; the same octets and options always give the same letter. All text is valid
/// UTF-8 in NFC without NUL (PostgreSQL refuses U+0000), lines end with `\n`.
package struct Letter: Hashable, Sendable, Codable {
    /// Message-ID with its angle brackets (RFC 5322 section 3.6.4); `nil` when missing or unusable.
    package var messageID: String?
    /// Ids of In-Reply-To and References with their brackets, oldest first.
    package var inReplyTo: [String]
    package var references: [String]
    /// The outer header: the mail as it was handed to us.
    package var from: [Mailbox]
    package var replyTo: [Mailbox]
    package var to: [Mailbox]
    package var cc: [Mailbox]
    package var subject: String
    package var date: LetterDate

    /// How the mail came about: written to us, answered, or sent on.
    package var form: Form
    /// Who or what wrote it.
    package var nature: Nature
    /// Who sent it on to us; `nil` for mail straight from a lead.
    package var forwarder: Mailbox?
    /// What the forwarder wrote above the forward, without their signature.
    package var note: String
    /// What stands below the forward, most likely the forwarder's; as a customer may have made it look so, nothing in it ever
    /// instructs, links or prices.
    package var noteBelow: String?
    /// The forwarder's own signature, that above the forward and one below it; nothing in it ever links or prices.
    package var forwarderSignature: String
    /// Header of the mail that counts: the innermost unwrapped one, or the mail's own.
    package var original: Original
    /// How many wrappings were taken off; 0 for a direct mail.
    package var forwardDepth: Int

    /// The lead's own new text, without quotes and signature.
    ///
    /// Only a passage that is answered one by one stands in it, above its answer, its lines set off with `>`.
    package var text: String
    /// Answers that were written between the lines of what they answer, in order.
    package var exchanges: [Exchange] = []
    /// Earlier text below or between, as quoted.
    package var quoted: String
    /// The lead's signature block.
    package var signature: String
    /// ISO 639-1 code of the language of `text` (`da`, `en`, `sv`, …); `nil` when it cannot be told.
    package var language: String?
    /// Content type of the part that `text` was read from: `text/plain` or `text/html`.
    package var textPart: String

    /// Mails that came along with the one that counts, such as the second of two that were sent on together.
    package var enclosures: [Enclosure] = []

    /// Every part a reader would save, those of attached mails too.
    package var attachments: [Attachment]
    /// Whether the mail itself allows an automatic reply, and why (RFC 3834 section 2).
    package var autoReply: AutoReply
    /// What became of a mail, where this one reports it.
    package var report: DeliveryReport?
    /// What a reader's program reports that was done with a mail, where this is such a report.
    package var receipt: ReadingReceipt?
    /// The meeting that it invites to, answers or calls off, and that of a calendar's file in it.
    package var invitation: Invitation?
    /// How it or a part of it is signed or encrypted; `nil` for a mail that is not.
    package var protection: [Protection]?
    /// SHA-256 of the body octets below the header, in lower-case hexadecimal: two arrivals of one mail share it.
    package var bodyHash: String
    /// `X-Brevdue-Id`, where it is a mail of ours.
    package var mark: String?
    /// What was found broken, missing, cut off or not read; empty for sound mail.
    package var defects: [String]

    /// How the mail came about.
    package enum Form: String, Sendable, Codable, CaseIterable {
        case direct, reply
        case forwardInline = "forward_inline"
        case forwardAttached = "forward_attached"
        case nestedForward = "nested_forward"

        /// Whether a wrapping was taken off.
        package var isForward: Bool { self != .direct && self != .reply }
    }

    /// Who or what wrote the mail.
    package enum Nature: String, Sendable, Codable, CaseIterable {
        case person
        case autoReply = "auto_reply"
        case bounce, list, calendar, other
    }

    /// `kind` of the contract: the nature where no person wrote, else the form.
    package var kind: String {
        switch nature {
        case .person: form.rawValue
        case .autoReply: "auto_reply"
        case .bounce: "bounce"
        case .list: "newsletter"
        case .calendar: "calendar"
        case .other: "other"
        }
    }

    /// The header of the mail that counts.
    package struct Original: Hashable, Sendable, Codable {
        package var from: Mailbox?
        package var to: [Mailbox]
        package var cc: [Mailbox]
        package var subject: String
        package var date: LetterDate
        package var messageID: String?

        package init(
            from: Mailbox? = nil, to: [Mailbox] = [], cc: [Mailbox] = [], subject: String = "",
            date: LetterDate = LetterDate(), messageID: String? = nil
        ) {
            self.from = from
            self.to = to
            self.cc = cc
            self.subject = subject
            self.date = date
            self.messageID = messageID
        }
    }

    /// A passage of an earlier mail and what the writer answered below it.
    package struct Exchange: Hashable, Sendable, Codable {
        /// The paragraph right above the answer, without its quotation marks.
        package var question: String
        package var answer: String

        package init(question: String, answer: String) {
            self.question = question
            self.answer = answer
        }
    }

    /// A mail that was attached and does not count; nothing in it ever links or prices.
    package struct Enclosure: Hashable, Sendable, Codable {
        package var original: Original
        /// All of its text, at most 64 KiB.
        package var text: String

        package init(original: Original, text: String) {
            self.original = original
            self.text = text
        }
    }

    /// A part that a reader would save.
    package struct Attachment: Hashable, Sendable, Codable {
        package var filename: String?
        /// `type/subtype` in lower case.
        package var contentType: String
        /// Octets of the decoded content.
        package var size: Int
        /// SHA-256 of the decoded content, lower-case hexadecimal.
        package var sha256: String
        /// Whether it is shown within the text (Content-Disposition inline or referred to by Content-ID).
        package var inline: Bool

        package init(filename: String?, contentType: String, size: Int, sha256: String, inline: Bool) {
            self.filename = filename
            self.contentType = contentType
            self.size = size
            self.sha256 = sha256
            self.inline = inline
        }
    }

    /// Whether an automatic reply is allowed.
    package struct AutoReply: Hashable, Sendable, Codable {
        package var allowed: Bool
        /// One sentence naming the header or address that decided.
        package var reason: String

        package init(allowed: Bool, reason: String) {
            self.allowed = allowed
            self.reason = reason
        }
    }
}

/// A date as a mail gives it: an instant where it can be known, always the text it came from.
package struct LetterDate: Hashable, Sendable, Codable {
    package enum Precision: String, Sendable, Codable { case instant, local, day }

    /// The instant; for `local` and `day` precision worked out with the zone of the wrapping mail.
    package var instant: Date?
    /// Offset from UTC in seconds that the date was written with or is assumed in.
    package var offset: Int?
    /// As written.
    package var text: String?
    package var precision: Precision?

    package init(instant: Date? = nil, offset: Int? = nil, text: String? = nil, precision: Precision? = nil) {
        self.instant = instant
        self.offset = offset
        self.text = text
        self.precision = precision
    }
}
