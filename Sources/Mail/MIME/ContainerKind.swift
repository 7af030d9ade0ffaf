/// Files that hold text and files of a mail in a form of their own.
///
/// What is in one is taken out elsewhere, in a process that may fail, and handed to the reader as MIME
/// (``ReadingOptions/unpacked``).
enum ContainerKind: Sendable {
    /// A `winmail.dat`: text and files of Outlook in one file (MS-OXTNEF).
    case outlookParts
    /// A mail that Outlook saved as a file, `.msg` (MS-OXMSG).
    case outlookMessage
    /// A part of PKCS #7 or CMS, which may enclose what it signs (RFC 8551 section 3.5.2).
    case sealed

    private static let types: [String: ContainerKind] = [
        "application/ms-tnef": .outlookParts, "application/vnd.ms-tnef": .outlookParts,
        "application/vnd.ms-outlook": .outlookMessage, "application/pkcs7-mime": .sealed,
        "application/x-pkcs7-mime": .sealed,
    ]

    /// `nil` for what is no container.
    ///
    /// The type is in lower case.
    init?(contentType: String, filename: String?) {
        let name = filename?.lowercased() ?? ""
        if let kind = Self.types[contentType] {
            self = kind
        } else if name == "winmail.dat" {
            self = .outlookParts
        } else if name.hasSuffix(".msg") {
            self = .outlookMessage
        } else {
            return nil
        }
    }
}

extension Letter.Attachment {
    var container: ContainerKind? { ContainerKind(contentType: contentType, filename: filename) }
}

extension Letter {
    /// Containers among the attachments that may hold something which was not read; to be unpacked and read again.
    package var unopened: [Attachment] {
        attachments.filter { attachment in
            switch attachment.container {
            case .outlookParts: holdsUnreadContainer
            case .outlookMessage: holdsUnreadMessage
            case .sealed: holdsUnopened
            case nil: false
            }
        }
    }
}
