import CVR
import Mail
import Records
import Understanding

/// What is concluded of one arrival: where it is filed, whose lead it is, and whether it is answered.
///
/// Pure.
struct Conclusion: Sendable {
    var filing: Filing
    /// The lead to open or find, when the mail makes one.
    var opening: LeadOpening?
    /// What it taught about a company.
    var introduction: Introduction?
    var answer: Answer?

    init(of reading: Reading, directory: Directory, house: House, rules: RuleBook) {
        guard let incoming = reading.incoming else {
            filing = Self.setAside(reading)
            return
        }
        let letter = incoming.letter
        let threads = directory.threads(of: letter)
        let link = LinkDecision.decide(letter: letter, known: directory.known(letter), own: house.numbers)
        let course = Course(
            of: incoming, twin: directory.twin(of: incoming), threads: threads, link: link, house: house)
        filing = Filing(
            id: reading.arrival.id, receivedAt: reading.arrival.receivedAt, door: reading.arrival.door,
            direction: course.direction, state: course.answer == nil ? .done : .read, contentKey: reading.contentKey,
            duplicateOf: course.twin?.id, letter: letter, author: course.author, role: course.role, link: link,
            facts: course.makesLead ? rules.finder.readings(in: letter) : [], leadID: course.leadID)
        answer = course.answer
        guard course.makesLead else {
            introduction = link.number.map { Introduction(cvr: $0, messageID: reading.arrival.id) }
            return
        }
        let contact = ContactReader.read(letter)
        introduction = link.number.map {
            Self.introduction(of: letter, to: $0, contact: contact, link: link, filing: filing)
        }
        if course.leadID == nil || link.number != nil {
            opening = LeadOpening(
                cvr: link.number, companyName: contact.company.name, contactName: contact.contact.name,
                contactAddress: letter.original.from?.address ?? contact.contact.address,
                subject: letter.original.subject, owner: incoming.trusted ? letter.forwarder?.address : nil,
                openedAt: reading.arrival.receivedAt)
        }
    }

    private static func setAside(_ reading: Reading) -> Filing {
        Filing(
            id: reading.arrival.id, receivedAt: reading.arrival.receivedAt, door: reading.arrival.door,
            state: .setAside,
            setAsideReason: reading.refusal.map { "\($0.title): \($0.detail)" }, contentKey: reading.contentKey,
            letter: nil, role: .system, link: LinkDecision(status: .none))
    }

    /// Only a number that somebody wrote teaches what an address or a domain stands for; a guess would feed on itself.
    private static func introduction(
        of letter: Letter, to cvr: CVRNumber, contact: ContactReader.Reading, link: LinkDecision, filing: Filing
    ) -> Introduction {
        let teaches: [LinkDecision.Ground] = [.instruction, .labelled, .prefixed]
        let isWritten = link.confidence == .high && link.ground.map(teaches.contains) ?? false
        let sender = isWritten && filing.role == .lead ? letter.original.from : nil
        return Introduction(
            cvr: cvr, companyName: contact.company.name, town: contact.company.town, address: sender?.address,
            name: contact.contact.name, title: contact.contact.title, phone: contact.contact.phone,
            domain: sender.flatMap { PublicMailProviders.includes($0.domain) ? nil : String($0.domain) },
            messageID: filing.id)
    }
}
