import CVR
import Mail
import Rules
import Workflow

extension House {
    /// Who we are: what the configuration says, else `rules/company.yaml`.
    init(_ settings: Settings, company: Company) throws(SettingsError) {
        let identity = settings.identity
        let numbers = identity.cvr.isEmpty ? company.cvr : identity.cvr
        if let wrong = numbers.first(where: { CVRNumber($0) == nil }) {
            throw SettingsError(
                origin: identity.cvr.isEmpty ? "company.yaml" : "configuration", key: "identity.cvr",
                problem: "\"\(wrong)\": expected eight digits that pass modulus 11")
        }
        let name = "\(identity.name ?? company.name) Brevdue"
        let from = Mailbox(name: name, address: identity.from ?? company.from)
        let intake = Set(settings.smtp.recipients.map { Mailbox(address: $0).comparable })
        let wanted = company.intake ?? from.address
        self.init(
            own: OwnPeople(
                domains: Set(identity.domains.isEmpty ? company.domains : identity.domains),
                addresses: Set(identity.people.isEmpty ? company.people : identity.people)),
            numbers: Set(numbers.compactMap { CVRNumber($0) }),
            from: from, intake: Set(settings.smtp.recipients),
            replyTo: Mailbox(
                name: name,
                address: intake.contains(Mailbox(address: wanted).comparable)
                    ? wanted : settings.smtp.recipients.first ?? wanted),
            publicURL: identity.publicURL)
        addresses.replace(all: settings.smtp.recipients, open: settings.smtp.publicRecipients)
    }
}
