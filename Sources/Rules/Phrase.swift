/// A text in the two languages of our mails.
package struct Phrase: Hashable, Sendable {
    package var danish: String
    package var english: String

    package init(danish: String, english: String) {
        self.danish = danish
        self.english = english
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
