/// A text in the two languages of our mails.
package struct Phrase: Hashable, Sendable {
    package let danish: String
    package let english: String
    private let danishParts: [Placeholder.Part]
    private let englishParts: [Placeholder.Part]

    package init(danish: String, english: String) {
        self.danish = danish
        self.english = english
        danishParts = Placeholder.parts(of: danish)
        englishParts = Placeholder.parts(of: english)
    }

    /// Text and placeholders in order.
    package func parts(in language: MailLanguage) -> [Placeholder.Part] {
        switch language {
        case .danish: danishParts
        case .english: englishParts
        }
    }

    package func text(in language: MailLanguage) -> String {
        switch language {
        case .danish: danish
        case .english: english
        }
    }
}

/// The language that a mail of ours is written in.
package enum MailLanguage: String, Sendable, CaseIterable {
    case danish = "da"
    case english = "en"

    /// Danish for Danish and its neighbours, and when nothing is known; English for everybody else.
    package init(letter language: String?) {
        self = [nil, "da", "no", "sv"].contains(language) ? .danish : .english
    }
}
