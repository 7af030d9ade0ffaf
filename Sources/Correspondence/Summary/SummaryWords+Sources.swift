import FoundationEssentials
import Mail
import Rules
import Understanding

extension SummaryWords {
    /// Where words stand, unless they are the customer's in the mail at hand: `chatten 19.11.`, `din note`.
    func source(of evidence: Evidence) -> String? {
        let isNote = evidence.section == .note
        let file = evidence.attachment.map { name(ofFile: $0) }
        guard let id = evidence.messageID else { return isNote ? note(of: letter.forwarder) : file }
        let sources = dossier.earlier.map(\.source).filter { $0.messageID == id }
        guard let source = sources.first(where: { $0.isInstruction == isNote }) ?? sources.first else {
            return say("en tidligere besked", "an earlier message")
        }
        return [name(of: source), file].compactMap { $0 }.joined(separator: ", ")
    }

    /// `mailen`, `din note`, `chatten 19.11.`, `mailen 12.11. fra Per`; with the hour where the day alone is not enough.
    func name(of source: Statement.Source, withHour: Bool = false) -> String {
        guard source.messageID != nil else {
            return source.isInstruction ? note(of: letter.forwarder) : say("mailen", "the mail")
        }
        let date = days.date(CalendarDay(danishAt: source.saidAt))
        let of = say(" ", " of ") + (withHour ? days.moment(source.saidAt) ?? date : date)
        if source.isInstruction {
            return note(of: source.address.map { Mailbox(name: source.author, address: $0) }) + of
        }
        let author = source.author.map { givenName($0) } ?? source.address
        let isContact = source.address != nil && source.address == dossier.contact.address?.lowercased()
        switch source.channel {
        case .chat:
            let other = isContact ? nil : author.map { say(" med ", " with ") + $0 }
            return say("chatten", "the chat") + of + (other ?? "")
        case .mail:
            return say("mailen", "the mail") + of + (author.map { say(" fra ", " from ") + $0 } ?? "")
        }
    }

    /// Quoted words, with where they stand in brackets.
    func quoted(_ evidence: Evidence) -> String {
        quoted(evidence.text) + (source(of: evidence).map { " (\($0))" } ?? "")
    }

    /// Where in the mail at hand, or in which other message: `i Mettes signatur`.
    func place(_ evidence: Evidence) -> String {
        if let source = source(of: evidence) { return say("i ", "in ") + source }
        switch evidence.section {
        case .signature:
            return customer.map { say("i \(genitive($0)) signatur", "in \(genitive($0)) signature") }
                ?? say("i signaturen", "in the signature")
        case .note: return say("i ", "in ") + note(of: letter.forwarder)
        case .text: return say("i mailen", "in the mail")
        case .subject, .outerSubject: return say("i emnet", "in the subject")
        case .quoted: return say("i det citerede", "in the quoted text")
        case .sender: return say("som afsender", "as the sender")
        case .recipient: return say("som modtager", "as the recipient")
        case .attachment: return say("i en vedhæftning", "in an attachment")
        case .other: return say("i beskeden", "in the message")
        }
    }
}
