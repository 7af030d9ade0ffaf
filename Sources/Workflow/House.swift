package import CVR
import Hosts
package import Mail

/// Who we are, as the steps need it: configuration where it says so, else `rules/company.yaml`.
package struct House: Sendable {
    /// Our mail domains and staff.
    package var own: OwnPeople
    /// Our own company numbers; they never link.
    package var numbers: Set<CVRNumber>
    /// From of automatic mail.
    package var from: Mailbox
    /// The addresses that mail is taken in for; all copies of a house share them.
    package let addresses: IntakeBook
    /// The intake address that answers to our mails go to.
    package var replyTo: Mailbox
    /// Base of links; `nil` leaves links out.
    package var publicURL: String?
    /// Our domain's signatures on outgoing mail.
    package var signatures = MailSignatures([])

    package init(
        own: OwnPeople, numbers: Set<CVRNumber>, from: Mailbox, intake: Set<String>, replyTo: Mailbox,
        publicURL: String?
    ) {
        self.own = own
        self.numbers = numbers
        self.from = from
        addresses = IntakeBook(intake)
        self.replyTo = replyTo
        self.publicURL = publicURL
    }

    /// Intake addresses, in lower case: mail for them is for us alone.
    package var intake: Set<String> { addresses.all }

    /// The first recipient outside our house; `nil` for mail that is for us alone.
    func counterpart(in letter: Letter) -> Mailbox? {
        (letter.to + letter.cc).first { !own.owns($0) && !takesIn($0) }
    }

    /// Whether mail for the address comes in here, its plus-addresses included.
    func takesIn(_ mailbox: Mailbox) -> Bool {
        Set(intake.map(Self.comparable)).contains(mailboxName(of: mailbox.address))
    }

    /// The public one of the recipients, without what stands behind a plus sign.
    func publicMailbox(among recipients: [String]) -> String? {
        let isPublic = Set(addresses.open.map(Self.comparable))
        return recipients.lazy.map(mailboxName).first(where: isPublic.contains)
    }

    /// The intake address that an address is or belongs to, in the form for comparison.
    private func mailboxName(of address: String) -> String {
        let whole = Self.comparable(address)
        let mailbox = Mailbox(address: whole)
        guard !intake.contains(where: { Self.comparable($0) == whole }),
            let plus = mailbox.localPart.firstIndex(of: "+")
        else { return whole }
        return "\(mailbox.localPart[..<plus])@\(mailbox.domain)"
    }

    /// An address in the form in which all its spellings are equal, that of its domain in DNS too.
    private static func comparable(_ address: String) -> String {
        let mailbox = Mailbox(address: address)
        return "\(mailbox.localPart.lowercased())@\(DomainName.comparable(String(mailbox.domain)))"
    }
}
