import Hosts

/// One mail to one recipient with its envelope, checked so that nothing in it can pass for a command.
///
/// One recipient, so that the relay's answer is about all of the mail: it is taken, or refused, as a whole.
package struct SMTPTransaction: Sendable {
    /// Why an envelope cannot be sent.
    package enum Fault: Error, Hashable, Sendable, CustomStringConvertible {
        case sender
        case recipient
        case noContent

        package var description: String {
            switch self {
            case .sender: "the envelope sender is no address that SMTP can carry"
            case .recipient: "the recipient is no address that SMTP can carry"
            case .noContent: "a mail has a header at least"
            }
        }
    }

    /// Reverse-path without angle brackets, its domain in A-labels; empty for `<>`.
    package let envelopeFrom: String
    /// Its domain in A-labels.
    package let recipient: String
    /// The message, lines ended by CRLF; sent as it is.
    package let octets: [UInt8]

    package init(envelopeFrom: String, recipient: String, octets: [UInt8]) throws(Fault) {
        guard let from = envelopeFrom.isEmpty ? "" : Self.path(envelopeFrom) else { throw .sender }
        guard let path = Self.path(recipient) else { throw .recipient }
        guard !octets.isEmpty else { throw .noContent }
        self.envelopeFrom = from
        self.recipient = path
        self.octets = octets
    }

    /// Whether a local part holds more than ASCII, which only some relays take (RFC 6531).
    var needsUTF8: Bool { !(envelopeFrom + recipient).utf8.allSatisfy { $0 < 0x80 } }

    /// Whether nobody is to report on it: a report on mail from nobody has nowhere to go (RFC 3834 section 3).
    var isSilent: Bool { envelopeFrom.isEmpty }

    /// A path of RFC 5321 section 4.1.2 as far as it matters here: its length, and nothing that ends it early.
    private static func path(_ address: String) -> String? {
        guard let at = address.lastIndex(of: "@") else { return nil }
        let domain = address[address.index(after: at)...]
        guard let ascii = domain.isEmpty ? "" : DomainName.ascii(String(domain)) else { return nil }
        let path = "\(address[..<at])@\(ascii)"
        let isSafe = !path.utf8.contains {
            $0 <= 0x20 || $0 == 0x7F || $0 == UInt8(ascii: "<") || $0 == UInt8(ascii: ">")
        }
        return isSafe && path.utf8.count <= 254 ? path : nil
    }
}
