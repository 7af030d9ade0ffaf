package import Mail

/// A letter that was read and is about to be linked and filed.
package struct IncomingLetter: Sendable {
    /// Id of the arrival.
    package var id: Int64
    package var letter: Letter
    /// Whether it is proved that one of our own people sent it.
    package var trusted: Bool
    /// Whether it is proved so well that commands count.
    package var mayCommand: Bool
    /// Whether one of our own people redirected it: its header is still that of somebody outside.
    package var isRedirected: Bool { conversation == nil && letter.redirector != nil && !trusted }
    /// Whether it is in the name of one of our own people, and nothing proves that.
    package var isUnproved: Bool
    package var contentKey: MessageKey
    /// The chat that it is a part of; `nil` for mail.
    package var conversation: Conversation?

    package init(
        id: Int64, letter: Letter, trusted: Bool, mayCommand: Bool? = nil, isUnproved: Bool = false
    ) {
        self.id = id
        self.letter = letter
        self.trusted = trusted
        self.mayCommand = trusted && mayCommand ?? trusted
        self.isUnproved = isUnproved
        contentKey = MessageKey(contentOf: letter, trusted: trusted)
    }

    /// What a visitor said in a chat; nobody vouches for them.
    package init(id: Int64, letter: Letter, of conversation: Conversation) {
        self.id = id
        self.letter = letter
        self.conversation = conversation
        (trusted, mayCommand, isUnproved) = (false, false, false)
        contentKey = MessageKey(chat: id)
    }

    /// Keys of the threads that it belongs to, the nearest first.
    var threadKeys: [MessageKey] {
        (conversation.map { [$0.thread] } ?? []) + letter.answered.map(MessageKey.init(messageID:))
    }
}
