import CVR
package import Mail

/// An attachment of a letter, and what came of reading it.
package struct ReadAttachment: Hashable, Sendable, Codable {
    /// What came of reading one.
    package enum Outcome: String, Sendable, Codable, CaseIterable {
        /// Its text is at hand.
        case text
        /// It held a mail, or parts of one, which are read with the mail itself.
        case message
        /// There is no text in it.
        case empty
        /// It is damaged, locked or too much, or its reader failed.
        case unreadable
        /// It was not tried.
        case skipped
        /// It is still to be read.
        case pending
    }

    package var attachment: Letter.Attachment
    package var outcome: Outcome
    /// In NFC, with CPR numbers hidden; lines end with `\n`.
    package var text: String
    /// Whether the text goes on in the file.
    package var isCut: Bool
    /// Why there is no text.
    package var reason: Reason?

    /// Why an attachment has no text.
    package struct Reason: Hashable, Sendable, Codable {
        /// Such as `encrypted`, to be worded in any language.
        package var code: String
        /// In English, without a full stop.
        package var sentence: String

        package init(code: String, sentence: String) {
            self.code = code
            self.sentence = sentence
        }
    }

    package init(
        _ attachment: Letter.Attachment, outcome: Outcome, text: String = "", isCut: Bool = false, reason: Reason? = nil
    ) {
        self.attachment = attachment
        self.outcome = outcome
        self.text = PersonalNumbers.hidden(in: text)
        self.isCut = isCut
        self.reason = reason
    }

    /// What people call it: its name, else its type.
    package var name: String { attachment.filename ?? attachment.contentType }
}
