/// The words that a conclusion rests on, and where they stand.
package struct Evidence: Hashable, Sendable, Codable {
    /// The part of a letter that the words stand in.
    package enum Section: String, Sendable, Codable, CaseIterable {
        /// `subject` is that of the mail that counts, `outerSubject` that of the mail our own people sent it on with.
        case subject, note, text, signature, quoted, sender
        /// To whom outside one of our own people wrote.
        case recipient
        case outerSubject = "outer_subject"
        /// The text of a file that came with the letter.
        case attachment
        /// Somewhere that only a newer version knows.
        case other
    }

    /// Content type of the MIME part, `text/plain` or `text/html`, or of the file; `header` for subjects and sender.
    package var part: String
    package var section: Section
    /// Word for word as it stands in that section.
    package var text: String
    /// Where it starts in that section and how long it is, in UTF-8 octets.
    package var offset: Int
    package var length: Int
    /// Id of the message that the words stand in; `nil` for the letter at hand.
    package var messageID: Int64?
    /// Name of the file that the words stand in.
    package var attachment: String?

    package init(
        part: String, section: Section, text: String, offset: Int, length: Int, messageID: Int64? = nil,
        attachment: String? = nil
    ) {
        self.part = part
        self.section = section
        self.text = text
        self.offset = offset
        self.length = length
        self.messageID = messageID
        self.attachment = attachment
    }
}
