package import CVR
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
    package var intake: Set<String> { addresses.current.addresses }

    /// The first recipient outside our house; `nil` for mail that is for us alone.
    func counterpart(in letter: Letter) -> Mailbox? {
        let intake = addresses.current
        return (letter.to + letter.cc).first { !own.owns($0) && !intake.takesIn($0) }
    }
}
