import CVR
import Mail

/// CPR numbers are hidden in whatever a letter shows, and nothing else is changed by that.
enum PersonalNumberProperty {
    /// What mail is sent and found by stays what it is, the numbers in it too.
    private static let kept: Set = [
        "address", "messageID", "inReplyTo", "references", "sha256", "bodyHash", "mark", "envelopeID", "recipient",
        "identifier",
    ]

    /// Whether a text of the letter still holds a number that hiding would hide.
    static func fault(in letter: Letter) -> String? { fault(in: letter, called: "letter") }

    private static func fault(in value: Any, called name: String) -> String? {
        if kept.contains(name) { return nil }
        guard let text = value as? String else {
            return Mirror(reflecting: value).children.lazy.compactMap { child in
                // What is in a list or an optional is called as they are.
                fault(in: child.value, called: child.label.flatMap { $0 == "some" ? nil : $0 } ?? name)
            }.first
        }
        return PersonalNumbers.hidden(in: text) == text ? nil : "a CPR number in \(name): \(text.debugDescription)"
    }

    /// Hiding changes digits into `x` and nothing else, and what is hidden stays as it is.
    static func fault(hidingIn text: String) -> String? {
        let hidden = PersonalNumbers.hidden(in: text)
        guard PersonalNumbers.hidden(in: hidden) == hidden else { return "hiding CPR numbers twice hides more" }
        guard text.utf8.count == hidden.utf8.count else { return "hiding CPR numbers moves the text" }
        let changed = zip(text.unicodeScalars, hidden.unicodeScalars).filter { $0 != $1 }
        let isSound = changed.allSatisfy { digit, sign in
            ["x", "\u{FF58}"].contains(sign) && digit.properties.numericType == .decimal
        }
        return isSound ? nil : "hiding CPR numbers changes more than digits"
    }
}
