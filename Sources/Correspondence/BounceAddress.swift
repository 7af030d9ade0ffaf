import Cryptography
import Mail

/// The envelope sender of a mail of ours: the intake address with a signed token behind a plus sign.
///
/// A report that comes back to it is about that mail, whatever the reporting server left of it; nobody can make one up.
/// Nothing that arrives there is ever answered (RFC 3834 section 3.3). Written in lower case, since some servers change the
/// case of an address.
package struct BounceAddress: Sendable {
    /// Octets of the effect key that name the mail.
    private static let markLength = 10
    private static let signatureLength = 10

    private let intake: Mailbox
    private let key: [UInt8]

    init(intake: Mailbox, key: [UInt8]) {
        self.intake = intake
        self.key = key
    }

    /// Where reports on the mail with that effect key go.
    package func address(of effectKey: [UInt8]) -> String {
        let mark = Hexadecimal.encode(effectKey.prefix(Self.markLength))
        return "\(intake.localPart)+b-\(mark)-\(signature(of: mark))@\(intake.domain)"
    }

    /// What one of the addresses says of the mail that is reported on: the first octets of its effect key, in hexadecimal.
    ///
    /// `nil` where none holds a token of ours.
    package func mark(in addresses: [String]) -> String? { addresses.lazy.compactMap(mark).first }

    private func mark(in address: String) -> String? {
        let local = Mailbox(address: address.lowercased()).localPart
        guard let plus = local.firstIndex(of: "+") else { return nil }
        let parts = local[local.index(after: plus)...].split(separator: "-", omittingEmptySubsequences: false)
        guard parts.count == 3, parts[0] == "b", parts[1].utf8.count == 2 * Self.markLength else { return nil }
        let mark = String(parts[1])
        return equalInConstantTime(Array(parts[2].utf8), Array(signature(of: mark).utf8)) ? mark : nil
    }

    private func signature(of mark: String) -> String {
        let octets = HMACSHA256.authenticate(Array("bounce \(mark)".utf8), key: key)
        return Hexadecimal.encode(octets.prefix(Self.signatureLength))
    }
}
