import Mail

extension Letter {
    /// The stored text of a section that evidence points into; what is answered in the text is blanked out.
    package func content(of section: Evidence.Section) -> String {
        switch section {
        case .subject: original.subject
        case .outerSubject: subject
        case .note: note
        case .text: ownWords
        case .signature: signature
        case .quoted: quoted
        case .sender: original.from?.address ?? ""
        case .recipient: (to + cc).map(\.address).joined(separator: ", ")
        // The text of a file stands beside the letter (``ReadAttachment``).
        case .attachment, .other: ""
        }
    }

    /// Evidence for words of a section.
    func evidence(_ text: String, offset: Int, length: Int, in section: Evidence.Section) -> Evidence {
        let part =
            switch section {
            case .subject, .outerSubject, .sender, .recipient: "header"
            case .note, .text, .signature, .quoted, .attachment, .other: textPart
            }
        return Evidence(part: part, section: section, text: text, offset: offset, length: length)
    }
}
