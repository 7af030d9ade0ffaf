import Cryptography

/// A conversation as every chat is brought into the same form, whichever vendor it comes from.
///
/// What somebody said has its place by its time; a later event may repeat what an earlier one said.
package struct Transcript: Hashable, Sendable {
    package enum State: String, Sendable, CaseIterable { case open, closed }

    /// Unique within its source.
    package var conversationID: String
    package var state: State
    package var startedAt: Moment?
    package var endedAt: Moment?
    package var visitor: Visitor
    /// The page that the visitor was on.
    package var pageURL: String?
    /// Each once, in the order of their times.
    package var utterances: [Utterance]

    /// Who came to the chat, as far as they said.
    package struct Visitor: Hashable, Sendable {
        package var name: String?
        package var email: String?
        package var phone: String?
        package var company: String?
        /// As the visitor gave it; nobody checked it.
        package var cvr: String?
        /// Such as `da-DK`.
        package var locale: String?

        package init(
            name: String? = nil, email: String? = nil, phone: String? = nil, company: String? = nil, cvr: String? = nil,
            locale: String? = nil
        ) {
            self.name = name
            self.email = email
            self.phone = phone
            self.company = company
            self.cvr = cvr
            self.locale = locale
        }
    }

    /// Something that was said.
    package struct Utterance: Hashable, Sendable {
        package enum Role: String, Sendable, CaseIterable { case visitor, agent, bot, system }

        /// The vendor's id, or what stands in for it; unique within the conversation.
        package var key: String
        package var at: Moment
        package var role: Role
        package var author: String?
        package var text: String
        /// Names of what was attached, or their addresses.
        package var attachments: [String]
    }

    /// In the order of their times, then of their arrival; a repeated one counts once.
    init(
        conversationID: String, state: State, startedAt: Moment?, endedAt: Moment?, visitor: Visitor, pageURL: String?,
        said: [Utterance]
    ) {
        self.conversationID = conversationID
        self.state = state
        self.startedAt = startedAt
        self.endedAt = endedAt
        self.visitor = visitor
        self.pageURL = pageURL
        var seen: Set<String> = []
        utterances = said.filter { seen.insert($0.key).inserted }.enumerated()
            .sorted { ($0.element.at.instant, $0.offset) < ($1.element.at.instant, $1.offset) }.map(\.element)
    }
}

extension Transcript {
    /// SHA-256 that stands for these utterances of this conversation, in lower-case hexadecimal.
    package func digest(of utterances: [Utterance]) -> String {
        let parts = [conversationID] + utterances.flatMap { [$0.key, $0.role.rawValue, $0.text] }
        return SHA256.hash(parts.joined(separator: "\u{0}").utf8).hex
    }
}
