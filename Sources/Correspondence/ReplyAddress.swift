import Cryptography
package import Mail

/// The address that answers to a mail of ours go to: the intake address with a signed token behind a plus sign.
///
/// The token names the message that the mail was about, so that a command needs no header that a mail program might
/// lose; nobody can make one up. It is written in lower case, since some programs change the case of an address.
package struct ReplyAddress: Sendable {
    private static let signatureLength = 10

    private let intake: Mailbox
    private let key: [UInt8]

    /// `key`: 32 octets that all daemons on the database share.
    package init(intake: Mailbox, key: [UInt8]) {
        self.intake = intake
        self.key = key
    }

    /// The address for answers to a mail about a message.
    package func address(about message: Int64) -> Mailbox {
        let token = "t\(message)-\(Hexadecimal.encode(signature(of: message)))"
        return Mailbox(name: intake.name, address: "\(intake.localPart)+\(token)@\(intake.domain)")
    }

    /// The message that one of the addresses names; `nil` where none holds a token of ours.
    package func message(in addresses: [String]) -> Int64? {
        addresses.lazy.compactMap(message).first
    }

    /// The addresses that reports on our mails go to, under the same key.
    package var bounces: BounceAddress { BounceAddress(intake: intake, key: key) }

    private func message(in address: String) -> Int64? {
        let local = Mailbox(address: address.lowercased()).localPart
        guard let plus = local.firstIndex(of: "+") else { return nil }
        let parts = local[local.index(after: plus)...].split(separator: "-", omittingEmptySubsequences: false)
        guard parts.count == 2, parts[0].first == "t", let message = Int64(parts[0].dropFirst()), message > 0 else {
            return nil
        }
        let expected = Hexadecimal.encode(signature(of: message))
        return equalInConstantTime(Array(parts[1].utf8), Array(expected.utf8)) ? message : nil
    }

    private func signature(of message: Int64) -> ArraySlice<UInt8> {
        HMACSHA256.authenticate(Array("reply \(message)".utf8), key: key).prefix(Self.signatureLength)
    }
}
