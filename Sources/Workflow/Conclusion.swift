import CVR
import Correspondence
import Mail
import Records
import Understanding

/// What is concluded of one arrival: where it is filed, whose lead it is, and whether it is answered.
///
/// Pure.
struct Conclusion: Sendable {
    var filing: Filing
    /// The lead to open or find, when it makes one.
    var opening: LeadOpening?
    /// What it taught about a company.
    var introduction: Introduction?
    var answer: AnswerJob?
    /// The public mailbox of which somebody outside gets a receipt, once they are known to be who they say.
    var publicMailbox: String?
    /// What it reports of a mail of ours.
    var bounce: Outbox.Bounce?
    /// Which mail of ours it shows to have been taken.
    var evidence: Outbox.Evidence?
    /// What one of our own people corrects with it.
    var correction: Correction?
    /// Whether it waits for what is attached to the mail that it answers: that may tell the company and the lead.
    var awaitsThread = false
    /// Whether the door proves that one of our own people sent it or sent it on: what anybody else says files nobody's earlier mail.
    var isVouchedFor = false

    init(of reading: Reading, directory: Directory, house: House, replies: ReplyAddress, rules: RuleBook) {
        guard let incoming = reading.incoming else {
            filing = Self.setAside(reading)
            return
        }
        let letter = incoming.letter
        let threads = directory.threads(of: incoming)
        let counterpart = incoming.trusted && !letter.form.isForward ? house.counterpart(in: letter) : nil
        let twin = directory.twin(of: incoming)
        // Wherever a first arrival was moved to, the second belongs beside it.
        let found = twin?.link ?? Self.link(incoming, counterpart, reading.attached.attachments, directory, house)
        awaitsThread = twin == nil && Self.awaits(threads, reading, found)
        let awaitsContents = twin == nil && reading.attached.awaitsContents || awaitsThread
        let link = awaitsContents ? LinkDecision(status: .none) : found
        isVouchedFor = (incoming.trusted || incoming.isRedirected) && !awaitsContents
        let mark = replies.bounces.mark(in: reading.recipients)
        var course =
            reading.chat.map { Course(of: $0, threads: threads, link: link) }
            ?? Course(
                of: incoming, twin: twin, threads: threads, link: link,
                counterpart: counterpart,
                about: replies.message(in: reading.recipients) ?? threads.lazy.compactMap(\.about).first,
                isForBounces: mark != nil, house: house)
        if reading.isOld { course.goUnanswered() }
        if awaitsContents { course.wait() }
        // What somebody says before their company is known counts once it is.
        let isRead = course.makesLead || course.role == .lead && course.twin == nil && !incoming.isUnproved
        filing = Filing(
            id: reading.arrival.id, receivedAt: reading.arrival.receivedAt, door: reading.arrival.door,
            direction: course.direction, state: course.answer == nil ? .done : .read, contentKey: reading.contentKey,
            duplicateOf: course.twin?.id, letter: letter, author: course.author, role: course.role, link: link,
            facts: isRead ? Self.facts(in: letter, reading, house, rules) : [], leadID: course.leadID,
            chat: reading.chat?.part)
        if course.twin == nil { filing.pending = reading.attached.pending }
        filing.awaitsContents = awaitsContents
        answer = course.answer.map {
            AnswerJob(message: reading.arrival.id, answer: $0, about: course.about)
        }
        correction = course.ordered.map { target, number in
            Correction(
                target: target, number: number, by: letter.from.first ?? house.from, at: reading.arrival.receivedAt,
                evidence: Self.evidence(for: number, in: letter, message: reading.arrival.id),
                isConfirmed: letter.autoReply.allowed)
        }
        if reading.chat == nil, mark == nil, !awaitsContents {
            evidence = Outbox.Evidence(letter, message: reading.arrival.id, isSenderOpen: incoming.isUnproved)
        }
        if course.twin == nil, let mark, let report = letter.report {
            bounce = Outbox.Bounce(message: reading.arrival.id, mark: mark, report: report)
        }
        // What hangs on it would keep it from being read anew.
        guard !awaitsContents else { return }
        if course.twin == nil, mark == nil { publicMailbox = PublicMail.mailbox(of: reading, house: house) }
        guard course.makesLead else {
            introduction = link.number.map { Introduction(cvr: $0, messageID: reading.arrival.id) }
            return
        }
        let contact = ContactReader.read(letter)
        introduction = link.number.map {
            Introduction(
                of: letter, to: $0, contact: contact, link: link, role: filing.role, own: house.own,
                messageID: reading.arrival.id)
        }
        if course.leadID == nil || link.number != nil {
            opening = LeadOpening(
                of: letter, cvr: link.number, contact: contact, headline: filing.chat?.headline,
                owner: incoming.trusted || incoming.isRedirected ? letter.forwarder?.address : nil,
                at: reading.arrival.receivedAt)
        }
    }

    /// Whether a person's mail answers one whose company is not known yet and may stand in what is attached to it.
    ///
    /// What one of our own people sends on goes to no thread's lead when it names a company itself.
    private static func awaits(
        _ threads: [Directory.Thread], _ reading: Reading, _ link: LinkDecision
    ) -> Bool {
        guard reading.waitsUntil != nil, reading.chat == nil, let incoming = reading.incoming, !incoming.isUnproved,
            incoming.letter.nature == .person, !(incoming.letter.isSentOn && link.status == .linked)
        else { return false }
        return threads.contains(where: \.isOpen) && !threads.contains { $0.cvr != nil }
    }

    private static func setAside(_ reading: Reading) -> Filing {
        Filing(
            id: reading.arrival.id, receivedAt: reading.arrival.receivedAt, door: reading.arrival.door,
            state: .setAside,
            setAsideReason: reading.refusal.map { "\($0.title): \($0.detail)" }, contentKey: reading.contentKey,
            letter: nil, role: .system, link: LinkDecision(status: .none))
    }

    /// The company of a letter; of one that we wrote to somebody outside, the recipient's.
    private static func link(
        _ incoming: IncomingLetter, _ counterpart: Mailbox?, _ attachments: [ReadAttachment], _ directory: Directory,
        _ house: House
    ) -> LinkDecision {
        var outbound = incoming
        if let counterpart { outbound.letter.original.from = counterpart }
        // What we send out with a mail of ours says nothing of whom it goes to.
        var link = LinkDecision.decide(
            letter: outbound.letter, known: directory.known(outbound), own: house.numbers,
            attachments: counterpart == nil ? attachments : [])
        guard counterpart != nil else { return link }
        if link.evidence?.section == .sender { link.evidence?.section = .recipient }
        return link
    }

    private static func facts(
        in letter: Letter, _ reading: Reading, _ house: House, _ rules: RuleBook
    ) -> [Fact] {
        rules.finder.readings(in: letter, attachments: reading.attached.attachments, own: house.numbers)
    }

    /// The line of the command, as it stands in the answer.
    private static func evidence(for number: CVRNumber, in letter: Letter, message: Int64) -> Evidence {
        let digits = { (text: Substring) in text.filter { ("0"..."9").contains($0) } }
        let words = letter.ownWords
        let line = words.split(separator: "\n").first { digits($0) == number.description } ?? words.prefix(80)
        return Evidence(
            part: letter.textPart, section: .text, text: String(line),
            offset: words.utf8.distance(from: words.startIndex, to: line.startIndex),
            length: line.utf8.count, messageID: message)
    }
}
