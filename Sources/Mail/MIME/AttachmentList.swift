/// The parts that a reader would save.
enum AttachmentList {
    static func collect(_ root: MIMEPart) -> [Letter.Attachment] {
        var attachments: [Letter.Attachment] = []
        collect(root, within: nil, into: &attachments)
        return attachments
    }

    private static func collect(
        _ part: MIMEPart, within parent: String?, into attachments: inout [Letter.Attachment]
    ) {
        switch part.content {
        case .multipart(let children):
            for child in children { collect(child, within: part.contentType, into: &attachments) }
        case .message(let message):
            // A mail that came as a file is one too.
            if part.size > 0 { attachments.append(Letter.Attachment(part)) }
            collect(message.root, within: nil, into: &attachments)
        case .text, .fields, .calendar, .octets:
            guard isSaved(part, within: parent) else { return }
            attachments.append(Letter.Attachment(part))
        }
    }

    private static func isSaved(_ part: MIMEPart, within parent: String?) -> Bool {
        if part.isBody { return false }
        if part.filename != nil || part.disposition == "attachment" { return true }
        // Alternatives, the machine's half of a report and signatures are not saved.
        let machine = ["multipart/alternative", "multipart/report", "multipart/signed"]
        return !(parent.map(machine.contains) ?? false)
    }
}

extension Letter.Attachment {
    fileprivate init(_ part: MIMEPart) {
        self.init(
            filename: part.filename, contentType: part.contentType, size: part.size, sha256: part.sha256,
            inline: part.disposition == "inline" || (part.disposition == nil && part.contentID != nil))
    }
}
