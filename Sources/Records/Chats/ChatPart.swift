import Cryptography

/// What a chat's message has beside its letter: the whole dialogue, and which utterances it holds.
package struct ChatPart: Sendable {
    package var conversation: Conversation
    /// Keys of the utterances that are filed with this message and no other.
    package var keys: [String]
    /// What everybody said, for people to read.
    package var dialogue: String
    /// What stands where a mail has its subject.
    package var headline: String

    package init(conversation: Conversation, keys: [String], dialogue: String, headline: String) {
        self.conversation = conversation
        self.keys = keys
        self.dialogue = dialogue
        self.headline = headline
    }
}

/// A conversation of a source.
package struct Conversation: Hashable, Sendable {
    package var source: String
    package var id: String

    package init(source: String, id: String) {
        self.source = source
        self.id = id
    }

    /// The key under which its messages are found as one thread.
    var thread: MessageKey { MessageKey(of: self) }
}

extension MessageKey {
    fileprivate init(of conversation: Conversation) {
        octets = SHA256.hash(Array("chat \(conversation.source) \(conversation.id)".utf8)).bytes
    }
}
