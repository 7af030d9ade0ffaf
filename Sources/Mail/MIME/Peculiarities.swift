import Cryptography

/// What is missing in a mail, or in it and not read; said beside what is broken.
enum Peculiarities {
    /// The words for all that holds of the message; attached mails are looked at too.
    static func all(_ message: MIMEMessage) -> [String] {
        var words: [String] = []
        if message.from.isEmpty { words.append("no sender in the header") }
        if let fault = dateFault(of: message) { words.append(fault) }
        for name in singles where message.fields.count(where: { $0.isNamed(name) }) > 1 {
            words.append("more than one field \(name)")
        }
        if holds(message.root, where: { isEncrypted($0) || isArmoured($0) }) { words.append(Letter.encryptedDefect) }
        if holds(message.root, where: { $0.seal == .signed || $0.seal == .compressed }) {
            words.append(Letter.unopenedDefect)
        }
        if holds(message.root, where: { isUnread($0, .outlookParts) }) { words.append(Letter.unreadContainerDefect) }
        if holds(message.root, where: { isUnread($0, .outlookMessage) }) { words.append(Letter.unreadMessageDefect) }
        return words
    }

    /// Fields of which a header has one (RFC 5322 section 3.6).
    private static let singles: [StaticString] = ["From", "Date", "Subject", "Message-ID", "To", "Content-Type"]

    /// Why no instant is known of the mail, and when it came to whoever took it last, which is all that is known then.
    private static func dateFault(of message: MIMEMessage) -> String? {
        guard message.date.instant == nil else { return nil }
        let fault =
            switch (message.date.text, message.date.precision) {
            case (nil, _): "no date in the header"
            case (_, .local?): "a date without a zone that is known"
            case (_, .day?): "a date without a time"
            default: "a date that cannot be read"
            }
        // Behind the last semicolon (RFC 5321 section 4.4).
        let received = message.field("Received").flatMap { $0.split(separator: ";").last }.map {
            Repair.line(String($0))
        }
        guard let received, HeaderDate.read(received).instant != nil else { return fault }
        return "\(fault); received \(received)"
    }

    private static func holds(_ part: MIMEPart, where isMeant: (MIMEPart) -> Bool) -> Bool {
        if isMeant(part) { return true }
        if case .message(let message) = part.content { return holds(message.root, where: isMeant) }
        return part.children.contains { holds($0, where: isMeant) }
    }

    /// RFC 3156 section 4, RFC 8551 section 3.
    private static func isEncrypted(_ part: MIMEPart) -> Bool {
        part.contentType == "multipart/encrypted" || part.seal == .encrypted
    }

    private static func isUnread(_ part: MIMEPart, _ kind: ContainerKind) -> Bool {
        guard part.container == kind, case .octets = part.content else { return false }
        return true
    }

    /// Encrypted text of OpenPGP among the words.
    private static func isArmoured(_ part: MIMEPart) -> Bool {
        guard part.isBody, case .text(let text) = part.content else { return false }
        return text.contains(octets: ArmouredText.message)
    }
}

extension Letter {
    static let encryptedDefect = "encrypted: not opened"
    static let unopenedDefect = "signed or packed (S/MIME): not opened"
    static let unreadContainerDefect = "winmail.dat: what is in it is not read"
    static let unreadMessageDefect = "a mail saved by Outlook (.msg): what is in it is not read"

    /// Whether something in it is encrypted; that is never opened, nor quoted.
    package var isEncrypted: Bool { defects.contains(Self.encryptedDefect) }

    /// Whether something in it is signed around itself or packed, and could not be opened; that is no secret.
    package var holdsUnopened: Bool { defects.contains(Self.unopenedDefect) }

    /// Whether text and files may lie in a `winmail.dat`, which is not read.
    package var holdsUnreadContainer: Bool { defects.contains(Self.unreadContainerDefect) }

    /// Whether a mail lies in an Outlook file that is not read.
    package var holdsUnreadMessage: Bool { defects.contains(Self.unreadMessageDefect) }
}

/// Parts of PKCS #7 and CMS (RFC 8551 section 3).
enum SealedParts {
    /// What the header says of a part whose octets say nothing; without a word it may well be a secret.
    static func named(_ part: MIMEPart) -> SealKind {
        if part.filename?.lowercased().hasSuffix(".p7c") ?? false { return .certificates }
        return switch part.parameters["smime-type"]?.lowercased() {
        case "signed-data": .signed
        case "certs-only": .certificates
        case "compressed-data": .compressed
        default: .encrypted
        }
    }
}
