import Mail
import Records
import Understanding

/// What becomes of a letter: whose mail it is, whether it makes a lead, whether and how it is answered.
///
/// | sender, as the door proves it | letter | lead | answer |
/// |---|---|---|---|
/// | anybody | automatic, bounce, list, calendar | no | never |
/// | one of our own | a forward | yes | summary |
/// | one of our own | answers a mail of ours | no | never |
/// | one of our own | goes to somebody outside as well | no, filed as outbound | never |
/// | one of our own | anything else | no | guidance |
/// | outside | a person's, company known | yes | never |
/// | outside | a person's, company unknown | no | never |
///
/// A second arrival of the same mail is filed beside the first and changes nothing.
struct Course: Sendable {
    var twin: Directory.Twin?
    var direction = Filing.Direction.inbound
    var role = Filing.Role.lead
    var author: Mailbox?
    var makesLead = false
    var leadID: Int64?
    var answer: Answer?

    init(
        of incoming: IncomingLetter, twin: Directory.Twin?, threads: [Directory.Thread], link: LinkDecision,
        house: House
    ) {
        let letter = incoming.letter
        self.twin = twin
        author = letter.original.from ?? letter.from.first
        leadID = twin?.leadID ?? threads.compactMap(\.leadID).first
        if incoming.trusted && !letter.form.isForward { role = .own }
        if letter.nature != .person { role = .system }
        guard twin == nil, letter.nature == .person else { return }
        if incoming.trusted {
            takeOwn(letter, threads: threads, house: house)
        } else {
            makesLead = link.status == .linked
        }
    }

    private mutating func takeOwn(_ letter: Letter, threads: [Directory.Thread], house: House) {
        if letter.form.isForward {
            makesLead = true
            answer = letter.autoReply.allowed ? .summary : nil
        } else if threads.contains(where: \.isOurs) {
            return
        } else if house.writesToOutsiders(letter) {
            direction = .outbound
        } else {
            answer = letter.autoReply.allowed ? .guidance : nil
        }
    }
}
