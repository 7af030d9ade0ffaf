package import Mail

/// A letter that was read and is about to be linked and filed.
package struct IncomingLetter: Sendable {
    /// Id of the arrival.
    package var id: Int64
    package var letter: Letter
    /// Whether the door vouches that one of our own people sent it.
    package var trusted: Bool
    package var contentKey: MessageKey

    package init(id: Int64, letter: Letter, trusted: Bool) {
        self.id = id
        self.letter = letter
        self.trusted = trusted
        contentKey = MessageKey(contentOf: letter, trusted: trusted)
    }
}
