import CVR
import Mail
import Understanding
import WireFormat

/// What `brevdue parse --json` prints of a mail (README, "Commands").
struct LetterReport: Encodable {
    struct Address: Encodable {
        @ExplicitNull var name: String?
        var address: String

        init(_ mailbox: Mailbox) {
            _name = ExplicitNull(wrappedValue: mailbox.name)
            address = mailbox.address
        }
    }

    struct Original: Encodable {
        @ExplicitNull var from: Address?
        var to: [Address]
        var cc: [Address]
        var subject: String
        @ExplicitNull var date: Timestamp?
        @ExplicitNull var dateText: String?
        @ExplicitNull var datePrecision: String?
        @ExplicitNull var messageId: String?

        enum CodingKeys: String, CodingKey {
            case from, to, cc, subject, date
            case dateText = "date_text"
            case datePrecision = "date_precision"
            case messageId = "message_id"
        }
    }

    /// A mail that came along and does not count.
    struct Enclosure: Encodable {
        var original: Original
        var text: String
    }

    struct Exchange: Encodable {
        var question: String
        var answer: String
    }

    /// What a link rests on.
    struct Words: Encodable {
        var part: String
        var section: String
        var text: String
        var offset: Int
        var length: Int
        var attachment: String?
    }

    struct Link: Encodable {
        var status: String
        @ExplicitNull var number: String?
        @ExplicitNull var confidence: String?
        @ExplicitNull var ground: String?
        @ExplicitNull var evidence: Words?
        var candidates: [LinkDecision.Candidate]
    }

    /// Who wrote, by sender and signature.
    struct Contact: Encodable {
        @ExplicitNull var name: String?
        @ExplicitNull var title: String?
        @ExplicitNull var phone: String?
        @ExplicitNull var address: String?
    }

    /// For whom, by signature and our own note.
    struct Company: Encodable {
        @ExplicitNull var name: String?
        @ExplicitNull var street: String?
        @ExplicitNull var postcode: String?
        @ExplicitNull var town: String?
    }

    struct AttachmentReport: Encodable {
        @ExplicitNull var filename: String?
        var contentType: String
        var size: Int
        var sha256: String
        var inline: Bool
        /// What came of reading it, `none` where nothing is read of it; the reason where there is no text.
        var textStatus: String
        @ExplicitNull var reason: String?
        @ExplicitNull var text: String?

        enum CodingKeys: String, CodingKey {
            case filename, size, sha256, inline, reason, text
            case contentType = "content_type"
            case textStatus = "text_status"
        }
    }

    struct FactReport: Encodable {
        var name: String
        var value: String
        @ExplicitNull var unit: String?
        var text: String
        /// Where the words stand.
        var section: String
        var offset: Int
        var length: Int
        /// The file that the words stand in.
        @ExplicitNull var attachment: String?
    }

    var file: String
    var kind: String
    var form: String
    var nature: String
    @ExplicitNull var messageId: String?
    @ExplicitNull var forwarder: Address?
    /// That of the mail as it reached us; `original` has that of the mail that counts.
    var subject: String
    var note: String
    @ExplicitNull var noteBelow: String?
    var original: Original
    var forwardDepth: Int
    var text: String
    var exchanges: [Exchange]
    var quoted: String
    var signature: String
    @ExplicitNull var language: String?
    var cvr: Link
    var enclosures: [Enclosure]
    var contact: Contact
    var company: Company
    var attachments: [AttachmentReport]
    var facts: [FactReport]
    @ExplicitNull var invitation: Meeting?
    @ExplicitNull var report: Delivery?
    @ExplicitNull var receipt: Receipt?
    var protection: [String]
    var autoReplyAllowed: Bool
    var autoReplyReason: String
    var defects: [String]

    enum CodingKeys: String, CodingKey {
        case file, kind, form, nature, forwarder, subject, note, original, text, exchanges, quoted, signature, language
        case cvr, enclosures, contact, company, attachments, facts, invitation, report, receipt, protection, defects
        case messageId = "message_id"
        case noteBelow = "note_below"
        case forwardDepth = "forward_depth"
        case autoReplyAllowed = "auto_reply_allowed"
        case autoReplyReason = "auto_reply_reason"
    }

    init(file: String, letter: Letter, link: LinkDecision, facts: [Fact], attachments read: [ReadAttachment]) {
        self.file = file
        kind = letter.kind
        form = letter.form.rawValue
        nature = letter.nature.rawValue
        _messageId = ExplicitNull(wrappedValue: letter.messageID)
        _forwarder = ExplicitNull(wrappedValue: letter.forwarder.map(Address.init))
        subject = letter.subject
        note = letter.note
        _noteBelow = ExplicitNull(wrappedValue: letter.noteBelow)
        original = Original(letter.original)
        forwardDepth = letter.forwardDepth
        text = letter.text
        exchanges = letter.exchanges.map { Exchange(question: $0.question, answer: $0.answer) }
        quoted = letter.quoted
        signature = letter.signature
        _language = ExplicitNull(wrappedValue: letter.language)
        cvr = Link(link)
        enclosures = letter.enclosures.map { Enclosure(original: Original($0.original), text: $0.text) }
        let reading = ContactReader.read(letter)
        contact = Contact(reading.contact)
        company = Company(reading.company)
        attachments = letter.attachments.map { attachment in
            AttachmentReport(attachment, read.first { $0.attachment == attachment })
        }
        self.facts = facts.map(FactReport.init)
        _invitation = ExplicitNull(wrappedValue: letter.invitation.map(Meeting.init))
        _report = ExplicitNull(wrappedValue: letter.report.map(Delivery.init))
        _receipt = ExplicitNull(wrappedValue: letter.receipt.map(Receipt.init))
        protection = (letter.protection ?? []).map(\.rawValue)
        autoReplyAllowed = letter.autoReply.allowed
        autoReplyReason = letter.autoReply.reason
        defects = letter.defects
    }
}

extension LetterReport.Original {
    init(_ original: Letter.Original) {
        let date = original.date
        self.init(
            from: original.from.map(LetterReport.Address.init), to: original.to.map(LetterReport.Address.init),
            cc: original.cc.map(LetterReport.Address.init), subject: original.subject,
            date: date.instant.map { Timestamp($0, offset: date.offset ?? 0) }, dateText: date.text,
            datePrecision: date.precision?.rawValue, messageId: original.messageID)
    }
}

extension LetterReport.Link {
    init(_ link: LinkDecision) {
        self.init(
            status: link.status.rawValue, number: link.number?.description, confidence: link.confidence?.rawValue,
            ground: link.ground?.rawValue, evidence: link.evidence.map(LetterReport.Words.init),
            candidates: link.candidates)
    }
}

extension LetterReport.Words {
    init(_ evidence: Evidence) {
        self.init(
            part: evidence.part, section: evidence.section.rawValue, text: evidence.text, offset: evidence.offset,
            length: evidence.length, attachment: evidence.attachment)
    }
}

extension LetterReport.Contact {
    init(_ contact: Dossier.Contact) {
        self.init(name: contact.name, title: contact.title, phone: contact.phone, address: contact.address)
    }
}

extension LetterReport.Company {
    init(_ company: Dossier.Company) {
        self.init(name: company.name, street: company.street, postcode: company.postcode, town: company.town)
    }
}

extension LetterReport.AttachmentReport {
    init(_ attachment: Letter.Attachment, _ read: ReadAttachment?) {
        self.init(
            filename: attachment.filename, contentType: attachment.contentType, size: attachment.size,
            sha256: attachment.sha256, inline: attachment.inline, textStatus: read?.outcome.rawValue ?? "none",
            reason: read?.reason?.sentence, text: read.flatMap { $0.outcome == .text ? $0.text : nil })
    }
}

extension LetterReport.FactReport {
    init(_ fact: Fact) {
        let evidence = fact.evidence
        self.init(
            name: fact.name, value: fact.value.description, unit: fact.unit, text: evidence.text,
            section: evidence.section.rawValue, offset: evidence.offset, length: evidence.length,
            attachment: evidence.attachment)
    }
}
