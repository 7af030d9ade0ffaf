import Mail
import Testing

/// A mail made to take the square of its length, the stack or the memory, and what is to be read of it all the same.
struct AdversarialMail: Sendable, CustomTestStringConvertible {
    var testDescription: String
    /// What stands below From and Date, in pieces that repeat.
    var mail: @Sendable () -> String
    var text: @Sendable () -> String
    /// All that is noted, in any order.
    var defects: Set<String>

    init(
        _ testDescription: String, defects: Set<String> = [], text: @autoclosure @escaping @Sendable () -> String,
        _ mail: @escaping @Sendable () -> String
    ) {
        self.testDescription = testDescription
        self.mail = mail
        self.text = text
        self.defects = defects
    }

    /// Reads it, and asks for all that is to come out of it.
    @discardableResult
    func check(sourceLocation: SourceLocation = #_sourceLocation) throws -> Letter {
        let mail = "From: a@b.example\nDate: Tue, 24 Nov 2026 08:52:11 +0100\n" + mail()
        let read = try Letter(Array(mail.utf8), reading: ReadingOptions())
        #expect(read.from.first?.address == "a@b.example", sourceLocation: sourceLocation)
        // Said in a word, as the texts themselves may have a hundred thousand characters.
        let isRead = read.text == text()
        #expect(isRead, "text: \(read.text.prefix(80))", sourceLocation: sourceLocation)
        #expect(Set(read.defects) == defects, sourceLocation: sourceLocation)
        return read
    }
}

/// A piece of text so many times.
func many(_ piece: String, _ count: Int) -> String { String(repeating: piece, count: count) }
