import Chat
import Mail
import Records
import Understanding

/// A chat as an event brought it, and what of it is new.
struct ChatReading: Sendable {
    let conversation: Conversation
    private let transcript: Transcript
    /// Utterances that no other message holds; all of them where nothing is new.
    private(set) var utterances: [Transcript.Utterance]
    private(set) var newKeys: [String] = []
    /// The message that holds them already, where nothing is new.
    private(set) var twin: Int64?

    init(_ transcript: Transcript, from source: String) {
        self.transcript = transcript
        conversation = Conversation(source: source, id: transcript.conversationID)
        utterances = transcript.utterances
    }

    var keys: [String] { transcript.utterances.map(\.key) }

    /// Takes what is new, so that no other message gets it.
    mutating func take(from ledger: inout ChatLedger, as message: Int64) {
        (newKeys, twin) = ledger.take(keys, of: conversation, as: message)
        let new = Set(newKeys)
        if twin == nil { utterances = transcript.utterances.filter { new.contains($0.key) } }
    }

    /// What the visitor said, in the form of a letter.
    var letter: Letter { Letter(utterances, of: transcript) }

    /// What the timeline shows of it.
    var part: ChatPart {
        let dialogue = Dialogue(utterances, of: transcript.visitor)
        return ChatPart(
            conversation: conversation, keys: newKeys, dialogue: dialogue.text, headline: dialogue.headline)
    }

    /// Who speaks: the visitor where they do, else one of our own people, else a machine.
    var speaker: Speaker {
        let roles = Set(utterances.map(\.role))
        let role: Transcript.Utterance.Role =
            roles.contains(.visitor)
            ? .visitor : roles.contains(.agent) ? .agent : roles.contains(.bot) ? .bot : .system
        let name = utterances.first { $0.role == role }?.author.map(Repair.line)
        switch role {
        case .visitor:
            let visitor = transcript.visitor
            let named = (visitor.name.map(Repair.line) ?? name).map { Mailbox(name: $0, address: "") }
            return Speaker(role: .lead, author: visitor.mailbox ?? named)
        case .agent: return Speaker(role: .own, author: name.map { Mailbox(name: $0, address: "") })
        case .bot, .system: return Speaker(role: .system, author: name.map { Mailbox(name: $0, address: "") })
        }
    }

    struct Speaker: Sendable {
        var role: Filing.Role
        /// A mailbox without an address where only the name is known.
        var author: Mailbox?
    }
}
