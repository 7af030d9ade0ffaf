/// One mail with its envelope, checked so that nothing in it can pass for a command.
package struct SMTPTransaction: Sendable {
    /// Recipients of one transaction at most; RFC 5321 section 4.5.3.1.8 promises no more than 100.
    package static let recipientLimit = 100

    /// Why an envelope cannot be sent.
    package enum Fault: Error, Hashable, Sendable, CustomStringConvertible {
        case sender
        /// A recipient by its place, from 1.
        case recipient(Int)
        case recipientCount(Int)
        case noContent

        package var description: String {
            switch self {
            case .sender: "the envelope sender is no address that SMTP can carry"
            case .recipient(let place): "recipient \(place) is no address that SMTP can carry"
            case .recipientCount(let count): "a mail has 1 to \(recipientLimit) recipients, not \(count)"
            case .noContent: "a mail has a header at least"
            }
        }
    }

    /// Reverse-path without angle brackets; empty for `<>`.
    package let envelopeFrom: String
    package let recipients: [String]
    /// The message, lines ended by CRLF; sent as it is.
    package let octets: [UInt8]

    package init(envelopeFrom: String, recipients: [String], octets: [UInt8]) throws(Fault) {
        guard envelopeFrom.isEmpty || Self.isPath(envelopeFrom) else { throw .sender }
        guard (1...Self.recipientLimit).contains(recipients.count) else { throw .recipientCount(recipients.count) }
        if let wrong = recipients.firstIndex(where: { !Self.isPath($0) }) { throw .recipient(wrong + 1) }
        guard !octets.isEmpty else { throw .noContent }
        self.envelopeFrom = envelopeFrom
        self.recipients = recipients
        self.octets = octets
    }

    /// A path of RFC 5321 section 4.1.2 as far as it matters here: its length, and nothing that ends it early.
    private static func isPath(_ address: String) -> Bool {
        let octets = address.utf8
        guard (1...254).contains(octets.count), octets.contains(UInt8(ascii: "@")) else { return false }
        return !octets.contains { $0 <= 0x20 || $0 == 0x7F || $0 == UInt8(ascii: "<") || $0 == UInt8(ascii: ">") }
    }
}
