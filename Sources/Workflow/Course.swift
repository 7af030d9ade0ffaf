import CVR
import Correspondence
import Mail
import Records
import Understanding

/// What becomes of a letter: whose mail it is, whether it makes a lead, whether and how it is answered.
///
/// | sender, as the door proves it | letter | lead | answer |
/// |---|---|---|---|
/// | anybody | automatic, bounce, list, calendar, or to an address for bounces | no | never |
/// | one of our own | a forward | yes | summary; advice, no mail, where it forbids an answer |
/// | one of our own, who redirects it as it was | a person's from outside | yes | the same |
/// | one of our own | goes to somebody outside as well | no, filed as outbound | never |
/// | one of our own | answers a mail of ours with a command | no | corrected summary, or a receipt that says why not |
/// | one of our own | answers a mail of ours otherwise | no | never |
/// | one of our own | anything else | no | guidance |
/// | our own website, from an address of ours | a form that a visitor filled in | as from outside | the same |
/// | outside, in the name of one of our own | a person's | no, until it is proved | never |
/// | outside | a person's, in a thread of a lead | yes | summary to the lead's owner |
/// | outside | a person's, company known | yes | advice, no mail |
/// | outside | a person's, in a thread of a lead, but naming another company | no | question to the lead's owner |
/// | outside | a person's, company unknown | no | never |
/// | a chat's visitor | company known | yes | advice, no mail |
/// | a chat's visitor | company unknown | no | never |
/// | a bot or one of our own, in a chat | | no | never |
///
/// Whoever writes from outside to a public mailbox gets a receipt beside that (``PublicMail``).
///
/// A second arrival of the same mail, or of a chat without anything new, is filed beside the first and changes nothing.
struct Course: Sendable {
    var twin: Directory.Twin?
    var direction = Filing.Direction.inbound
    var role = Filing.Role.lead
    var author: Mailbox?
    var makesLead = false
    var leadID: Int64?
    var answer: Answer?
    /// The message that a command speaks of, and the company it is said to belong to.
    var ordered: (target: Int64, number: CVRNumber)?
    /// The message that a command spoke of which could not be followed.
    var about: Int64?

    /// Decides by sender, letter and thread.
    ///
    /// `counterpart`: to whom outside one of our own wrote. `about`: the message that a mail of ours was about which is
    /// answered here. `isForBounces`: whether it came to an address that takes reports alone.
    init(
        of incoming: IncomingLetter, twin: Directory.Twin?, threads: [Directory.Thread], link: LinkDecision,
        counterpart: Mailbox?, about: Int64?, isForBounces: Bool, house: House
    ) {
        let letter = incoming.letter
        self.twin = twin
        author = letter.writer ?? letter.from.first
        leadID = twin?.leadID ?? threads.compactMap(\.leadID).first
        if incoming.isUnproved {
            // Nobody's on no lead: it may be forged, and once it is proved it is filed anew.
            (leadID, role) = (nil, .system)
            return
        }
        // A visitor speaks, and a copy that goes to them is our answer.
        let isVisitors =
            letter.form == .direct && counterpart == nil && letter.isOfWebsite && letter.webForm != nil
        if incoming.trusted && !letter.form.isForward && !isVisitors { role = .own }
        let isMachine = letter.nature != .person || isForBounces
        if isMachine { role = .system }
        guard twin == nil, !isMachine else { return }
        if isVisitors || !incoming.trusted && !incoming.isRedirected {
            makesLead = link.status == .linked || link.status == .none && leadID != nil
            if makesLead {
                answer = leadID == nil ? .advice : .notice
            } else if link.status == .ambiguous, leadID != nil {
                answer = .question
            }
        } else if letter.isSentOn {
            makesLead = true
            answer = letter.autoReply.allowed ? .summary : .advice
        } else if counterpart != nil {
            direction = .outbound
        } else if let about {
            takeCommand(incoming, about: about, house: house)
        } else if !threads.contains(where: \.isOurs) {
            answer = letter.autoReply.allowed ? .guidance : nil
        }
    }

    /// Of mail that is to be read again once what is in its containers is known: nothing hangs on it till then.
    mutating func wait() {
        (makesLead, leadID, role) = (false, nil, .system)
        (answer, ordered, about) = (nil, nil, nil)
    }

    /// Of mail that stood in a mailbox before that was watched: it is filed, and may be advised on, but nobody gets a mail
    /// and no command is followed.
    mutating func goUnanswered() {
        answer = makesLead ? .advice : nil
        (ordered, about) = (nil, nil)
    }

    /// Of a chat: a visitor is somebody from outside whom nobody vouches for.
    init(of chat: ChatReading, threads: [Directory.Thread], link: LinkDecision) {
        let speaker = chat.speaker
        (role, author) = (speaker.role, speaker.author)
        leadID = threads.compactMap(\.leadID).first
        twin = chat.twin.map { Directory.Twin(id: $0, leadID: leadID) }
        if role != .lead { direction = .outbound }
        guard twin == nil, role == .lead, link.status == .linked else { return }
        makesLead = true
        answer = .advice
    }

    private mutating func takeCommand(_ incoming: IncomingLetter, about: Int64, house: House) {
        let letter = incoming.letter
        do {
            guard case .link(let number) = try Command.read(in: letter.ownWords, own: house.numbers) else { return }
            guard incoming.mayCommand else { throw Command.Fault.unproved }
            ordered = (about, number)
        } catch {
            answer = letter.autoReply.allowed ? .receipt : nil
            self.about = about
        }
    }
}
