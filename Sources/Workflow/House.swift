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
    /// Intake addresses, in lower case: mail for them is for us alone.
    package var intake: Set<String>
    /// Those of them, in lower case, whose mail from outside gets a receipt.
    package var publicIntake: Set<String> = []
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
        self.intake = intake
        self.replyTo = replyTo
        self.publicURL = publicURL
    }

    /// The first recipient outside our house; `nil` for mail that is for us alone.
    func counterpart(in letter: Letter) -> Mailbox? {
        (letter.to + letter.cc).first { !own.owns($0) && !takesIn($0) }
    }

    /// Whether mail for the address comes in here, its plus-addresses included.
    func takesIn(_ mailbox: Mailbox) -> Bool { intake(of: mailbox).map(intake.contains) ?? false }

    /// The public one of the recipients, without what stands behind a plus sign.
    func publicMailbox(among recipients: [String]) -> String? {
        recipients.lazy.compactMap { intake(of: Mailbox(address: $0)) }.first(where: publicIntake.contains)
    }

    /// The intake address that an address is or belongs to.
    private func intake(of mailbox: Mailbox) -> String? {
        let address = mailbox.address.lowercased()
        guard !intake.contains(address), let plus = mailbox.localPart.firstIndex(of: "+") else { return address }
        return "\(mailbox.localPart[..<plus])@\(mailbox.domain)".lowercased()
    }
}
