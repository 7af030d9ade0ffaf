import Cryptography
import FoundationEssentials

extension Transcript: Decodable {
    /// Utterances of one transcript.
    private static let counts = 1...2000

    private enum CodingKeys: String, CodingKey {
        case source, state, visitor, messages
        case conversationID = "conversation_id"
        case startedAt = "started_at"
        case endedAt = "ended_at"
        case pageURL = "page_url"
    }

    /// Reads it strictly: what is there has the form agreed on, and names and texts have bounds.
    ///
    /// Fields that are not known are passed over, since a sender may have more to say than we read.
    package init(from decoder: any Decoder) throws {
        let fields = try decoder.container(keyedBy: CodingKeys.self)
        _ = try fields.optionalText(.source, upTo: 200)
        self.init(
            conversationID: try fields.text(.conversationID, upTo: 200, from: 1, plain: true),
            state: fields.has(.state) ? try fields.choice(.state, as: State.self) : .open,
            startedAt: try fields.optionalMoment(.startedAt), endedAt: try fields.optionalMoment(.endedAt),
            visitor: fields.has(.visitor) ? try fields.object(.visitor, as: Visitor.self) : Visitor(),
            pageURL: try fields.optionalText(.pageURL, upTo: 4000),
            said: try fields.list(.messages, of: Utterance.self, Self.counts))
    }
}

extension Transcript.Visitor: Decodable {
    private enum CodingKeys: String, CodingKey { case name, email, phone, company, cvr, locale }

    package init(from decoder: any Decoder) throws {
        let fields = try decoder.container(keyedBy: CodingKeys.self)
        self.init(
            name: try fields.optionalText(.name, upTo: 200), email: try fields.optionalText(.email, upTo: 254),
            phone: try fields.optionalText(.phone, upTo: 60), company: try fields.optionalText(.company, upTo: 200),
            cvr: try fields.optionalText(.cvr, upTo: 40), locale: try fields.optionalText(.locale, upTo: 40))
    }
}

extension Transcript.Utterance: Decodable {
    private enum CodingKeys: String, CodingKey { case id, at, role, author, text, attachments }

    package init(from decoder: any Decoder) throws {
        let fields = try decoder.container(keyedBy: CodingKeys.self)
        at = try fields.moment(.at)
        role = try fields.choice(.role, as: Role.self)
        author = try fields.optionalText(.author, upTo: 200)
        text = try fields.text(.text, upTo: 32_768)
        attachments =
            fields.has(.attachments)
            ? try fields.list(.attachments, of: Attachment.self, 0...50).compactMap(\.name) : []
        key =
            try fields.optionalText(.id, upTo: 200, plain: true)
            ?? SHA256.hash("\(at.instant.timeIntervalSince1970)\u{0}\(role.rawValue)\u{0}\(text)".utf8).hex
    }

    private struct Attachment: Decodable {
        enum CodingKeys: String, CodingKey { case name, filename, url }

        var name: String?

        init(from decoder: any Decoder) throws {
            let fields = try decoder.container(keyedBy: CodingKeys.self)
            let url = try fields.optionalText(.url, upTo: 4000)
            let filename = try fields.optionalText(.filename, upTo: 400)
            name = try fields.optionalText(.name, upTo: 400) ?? filename ?? url
        }
    }
}
