package import CVR
package import FoundationEssentials
package import Mail

/// All that advice and price are computed from: one letter and what is known around it.
package struct Dossier: Hashable, Sendable, Codable {
    package var letter: Letter
    package var link: LinkDecision
    /// Facts read out of the letter, in the order of the text.
    package var facts: [Fact]
    /// Name, town and so on of the company, as far as known.
    package var company: Company
    package var contact: Contact
    /// Earlier events of the company, newest first.
    package var history: [HistoryEntry]

    /// The company as far as the letter or the directory tells.
    package struct Company: Hashable, Sendable, Codable {
        package var number: CVRNumber?
        package var name: String?
        package var town: String?

        package init(number: CVRNumber? = nil, name: String? = nil, town: String? = nil) {
            self.number = number
            self.name = name
            self.town = town
        }
    }

    /// The person who wrote.
    package struct Contact: Hashable, Sendable, Codable {
        package var name: String?
        package var title: String?
        package var address: String?
        package var phone: String?
        /// Which of these were read from the signature, for the source in the summary: `name`, `title`, `phone`.
        package var fromSignature: Set<String>

        package init(
            name: String? = nil, title: String? = nil, address: String? = nil, phone: String? = nil,
            fromSignature: Set<String> = []
        ) {
            self.name = name
            self.title = title
            self.address = address
            self.phone = phone
            self.fromSignature = fromSignature
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

    package init(
        letter: Letter, link: LinkDecision, facts: [Fact], company: Company = Company(), contact: Contact = Contact(),
        history: [HistoryEntry] = []
    ) {
        self.letter = letter
        self.link = link
        self.facts = facts
        self.company = company
        self.contact = contact
        self.history = history
    }
}
