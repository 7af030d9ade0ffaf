package import FoundationEssentials
package import Mail

/// What one speaker says in one message, and when they said it.
package struct Statement: Hashable, Sendable, Codable {
    package enum Channel: String, Sendable, Codable, CaseIterable { case mail, chat }

    /// Where, when and by whom something was said.
    package struct Source: Hashable, Sendable, Codable {
        /// Id of the message in the records; `nil` for the letter at hand.
        package var messageID: Int64?
        package var channel: Channel
        package var saidAt: Date
        /// Name of the speaker, or their address where no name is known.
        package var author: String?
        package var address: String?
        /// Whether it is our own people's note above a forward.
        package var isInstruction: Bool

        package init(
            messageID: Int64? = nil, channel: Channel = .mail, saidAt: Date, author: String? = nil,
            address: String? = nil, isInstruction: Bool = false
        ) {
            self.messageID = messageID
            self.channel = channel
            self.saidAt = saidAt
            self.author = author
            self.address = address
            self.isInstruction = isInstruction
        }
    }

    package var source: Source
    /// One reading of each fact.
    package var facts: [Fact]

    package init(source: Source, facts: [Fact]) {
        self.source = source
        self.facts = facts
    }
}

extension Statement {
    /// What a letter holds: the lead's own words, said when they wrote, and our people's note, said when they sent it on.
    ///
    /// `receivedAt` stands in for a date that the letter does not tell, or tells wrongly; nothing was said after it was sent
    /// on.
    package static func statements(in letter: Letter, facts: [Fact], receivedAt: Date) -> [Statement] {
        let sentOn = plausible(letter.date.instant, receivedAt: receivedAt) ?? receivedAt
        let written = plausible(letter.original.date.instant, receivedAt: receivedAt) ?? sentOn
        let writer = letter.writer ?? letter.from.first
        let words = Source(
            saidAt: min(written, sentOn), author: writer?.name ?? writer?.address,
            address: writer?.address.lowercased())
        let note = Source(
            saidAt: sentOn, author: letter.forwarder?.name ?? letter.forwarder?.address,
            address: letter.forwarder?.address.lowercased(), isInstruction: true)
        return [note, words].compactMap { source in
            let own = facts.filter { ($0.evidence.section == .note) == source.isInstruction }
            return own.isEmpty ? nil : Statement(source: source, facts: own)
        }
    }

    /// When something was said, by its own date; `nil` where that cannot be (RFC 5322 section 3.6.1).
    package static func plausible(_ written: Date?, receivedAt: Date) -> Date? {
        guard let written, written <= receivedAt.addingTimeInterval(86_400),
            written >= receivedAt.addingTimeInterval(-10 * 365 * 86_400)
        else { return nil }
        return min(written, receivedAt)
    }
}
