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
    /// Base of links; `nil` leaves links out.
    package var publicURL: String?

    package init(
        own: OwnPeople, numbers: Set<CVRNumber>, from: Mailbox, intake: Set<String>, publicURL: String?
    ) {
        self.own = own
        self.numbers = numbers
        self.from = from
        self.intake = intake
        self.publicURL = publicURL
    }

    /// Whether somebody outside our house is among the recipients.
    func writesToOutsiders(_ letter: Letter) -> Bool {
        (letter.to + letter.cc).contains { !own.owns($0) && !intake.contains($0.address.lowercased()) }
    }
}
