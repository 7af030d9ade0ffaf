import CVR
package import FoundationEssentials
package import Mail
package import Understanding

/// What was concluded of one arrival, ready to be put on the timeline.
package struct Filing: Sendable {
    package enum Direction: String, Sendable { case inbound, outbound }
    package enum State: String, Sendable {
        case read, done
        case setAside = "set_aside"
    }
    package enum Role: String, Sendable {
        case lead, own, system
        case colleague = "lead_colleague"
    }

    /// Id and time of the arrival; the message has the same id.
    package var id: Int64
    package var receivedAt: Date
    package var door: Arrival.Door
    package var direction: Direction
    package var state: State
    /// Why it was set aside, for people to read.
    package var setAsideReason: String?
    package var contentKey: MessageKey
    /// Id of the first arrival of the same mail.
    package var duplicateOf: Int64?
    /// `nil` when the mail could not be read.
    package var letter: Letter?
    /// Who wrote it, and on whose side they are.
    package var author: Mailbox?
    package var role: Role
    package var link: LinkDecision
    package var facts: [Fact]
    package var leadID: Int64?
    /// The dialogue that the letter is of; `nil` for mail.
    package var chat: ChatPart?
    /// Digests of the attachments that are still to be read.
    package var pending: Set<String> = []
    /// Whether it is to be read again as a whole, once what is in its containers is known: nothing may hang on it till then.
    package var awaitsContents = false

    package init(
        id: Int64, receivedAt: Date, door: Arrival.Door, direction: Direction = .inbound, state: State,
        setAsideReason: String? = nil, contentKey: MessageKey, duplicateOf: Int64? = nil, letter: Letter?,
        author: Mailbox? = nil, role: Role, link: LinkDecision, facts: [Fact] = [], leadID: Int64? = nil,
        chat: ChatPart? = nil
    ) {
        self.id = id
        self.receivedAt = receivedAt
        self.door = door
        self.direction = direction
        self.state = state
        self.setAsideReason = setAsideReason
        self.contentKey = contentKey
        self.duplicateOf = duplicateOf
        self.letter = letter
        self.author = author
        self.role = role
        self.link = link
        self.facts = facts
        self.leadID = leadID
        self.chat = chat
    }

    /// What it is, as the API says it.
    var kind: String { chat == nil ? letter?.kind ?? "other" : "chat" }

    /// The key under which answers to it, or the rest of its chat, find it.
    var threadKey: MessageKey? { chat?.conversation.thread ?? letter?.messageID.map(MessageKey.init(messageID:)) }

    /// When it was said; the time of receipt where the mail's own date cannot be (RFC 5322 section 3.6.1).
    package var occurredAt: Date {
        Statement.plausible(letter?.original.date.instant ?? letter?.date.instant, receivedAt: receivedAt) ?? receivedAt
    }
}
