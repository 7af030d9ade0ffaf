import Chat
import FoundationEssentials
import Mail
import Rules
import Understanding
import WireFormat

extension CaseChat {
    /// What the visitor said, read from the same transcript that the chat door would get.
    func letter() throws -> Letter {
        let json = try JSONEncoder().encode(Written(self))
        let transcript = try JSONDecoder().decode(Transcript.self, from: json)
        return Letter(transcript.utterances, of: transcript)
    }

    /// The chat as the door's own form of a transcript.
    private struct Written: Encodable {
        struct Visitor: Encodable {
            var name, email, company, cvr: String?
        }

        struct Message: Encodable {
            var id, at, role, text: String
        }

        var conversation_id = "case"
        var visitor: Visitor
        var messages: [Message]

        init(_ chat: CaseChat) {
            visitor = Visitor(name: chat.name, email: chat.email, company: chat.company, cvr: chat.cvr)
            let at = Timestamp(chat.at.instant, offset: chat.at.offset).description
            messages = chat.sayings.enumerated().map { index, saying in
                Message(id: "\(index)", at: at, role: saying.role.rawValue, text: saying.text)
            }
        }
    }
}
