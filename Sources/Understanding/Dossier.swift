package import CVR
package import FoundationEssentials
package import Mail
package import Rules

/// All that advice and price are computed from: one letter, what was said before, and what is known around it.
package struct Dossier: Hashable, Sendable, Codable {
    package var letter: Letter
    package var link: LinkDecision
    /// What counts, of the letter and of what was said before, one of each name (``MergedFacts``).
    package var facts: [Fact]
    /// What was said otherwise.
    package var disagreements: [Disagreement]
    /// What was said before, in other messages, the newest first.
    package var earlier: [Statement]
    /// Name, town and so on of the company, as far as known.
    package var company: Company
    package var contact: Contact
    /// Earlier events of the company, newest first.
    package var history: [HistoryEntry]
    /// Quotes of the company that are still open, newest first.
    package var openQuotes: [OpenQuote]
    /// Our own people who had to do with the company before.
    package var colleagues: [String]
    /// What came of the letter's attachments; texts may be left out.
    package var attachments: [ReadAttachment]

    /// The company as far as the letter or the directory tells.
    package struct Company: Hashable, Sendable, Codable {
        package var number: CVRNumber?
        package var name: String?
        /// With the house number.
        package var street: String?
        /// Four digits, where they stand with the town.
        package var postcode: String?
        package var town: String?

        package init(
            number: CVRNumber? = nil, name: String? = nil, street: String? = nil, postcode: String? = nil,
            town: String? = nil
        ) {
            self.number = number
            self.name = name
            self.street = street
            self.postcode = postcode
            self.town = town
        }

        /// `6950 Ringkøbing`, as far as known.
        package var place: String? { town.map { town in postcode.map { "\($0) \(town)" } ?? town } }
    }

    /// The person who wrote.
    package struct Contact: Hashable, Sendable, Codable {
        package var name: String?
        package var title: String?
        package var address: String?
        package var phone: String?
        /// Which of these were read from the signature, for the source in the summary: `name`, `title`, `phone`.
        package var fromSignature: Set<String>
        /// Which of these, and `address`, a visitor filled in on a website; `nil` for none.
        package var fromForm: Set<String>?

        package init(
            name: String? = nil, title: String? = nil, address: String? = nil, phone: String? = nil,
            fromSignature: Set<String> = [], fromForm: Set<String>? = nil
        ) {
            self.name = name
            self.title = title
            self.address = address
            self.phone = phone
            self.fromSignature = fromSignature
            self.fromForm = fromForm
        }
    }

    /// Something that happened with the company before.
    package struct HistoryEntry: Hashable, Sendable, Codable {
        package var occurredAt: Date
        /// What it was: `email`, `chat` or `quote`.
        package var type: String
        package var author: String?
        package var subject: String?

        package init(occurredAt: Date, type: String, author: String? = nil, subject: String? = nil) {
            self.occurredAt = occurredAt
            self.type = type
            self.author = author
            self.subject = subject
        }
    }

    /// A quote that the company has and has not answered.
    package struct OpenQuote: Hashable, Sendable, Codable {
        /// `2026-0042`.
        package var number: String
        package var version: Int
        /// One of the contract's words, such as `draft` and `sent`.
        package var state: String
        /// Excluding VAT: the first invoice, in øre.
        package var subtotalOre: Int
        package var validUntil: CalendarDay

        package init(number: String, version: Int, state: String, subtotalOre: Int, validUntil: CalendarDay) {
            self.number = number
            self.version = version
            self.state = state
            self.subtotalOre = subtotalOre
            self.validUntil = validUntil
        }
    }

    package init(
        letter: Letter, link: LinkDecision, facts: [Fact], disagreements: [Disagreement] = [],
        earlier: [Statement] = [], company: Company = Company(), contact: Contact = Contact(),
        history: [HistoryEntry] = [], openQuotes: [OpenQuote] = [], colleagues: [String] = [],
        attachments: [ReadAttachment] = []
    ) {
        self.letter = letter
        self.link = link
        self.facts = facts
        self.disagreements = disagreements
        self.earlier = earlier
        self.company = company
        self.contact = contact
        self.history = history
        self.openQuotes = openQuotes
        self.colleagues = colleagues
        self.attachments = attachments
    }
}
