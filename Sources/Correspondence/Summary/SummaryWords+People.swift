import Mail
import Rules
import Understanding

extension SummaryWords {
    /// Given name of a person; an address as it is.
    func givenName(_ name: String) -> String {
        let name = name.onOneLine
        return name.contains("@") ? name : name.split(separator: " ").first.map(String.init) ?? name
    }

    /// `Mettes`, `Jens'`; `Mette's`.
    func genitive(_ name: String) -> String {
        switch language {
        case .danish: name + (["s", "x", "z"].contains(name.last?.lowercased()) ? "'" : "s")
        case .english: name + (name.last?.lowercased() == "s" ? "'" : "'s")
        }
    }

    /// The customer's given name, where they told it.
    var customer: String? { dossier.contact.name.map { givenName($0) } }

    /// Who reads the summary; named as in the mail where only the address is known.
    var reader: Mailbox? {
        guard let reader = summary.reader ?? letter.forwarder else { return nil }
        let known = (letter.from + letter.to + letter.cc + letter.original.to + letter.original.cc).first {
            $0.name != nil && $0.address.lowercased() == reader.address.lowercased()
        }
        return Mailbox(name: reader.name ?? known?.name, address: reader.address)
    }

    /// Whether a person, told by name or address, is the reader.
    func isReader(_ person: String) -> Bool {
        guard let reader else { return false }
        let person = person.onOneLine.lowercased()
        return person == reader.address.lowercased() || person == reader.name?.onOneLine.lowercased()
    }

    /// `din note`; `Jonas' note` to somebody else.
    func note(of author: Mailbox?) -> String {
        guard let author, !isReader(author.address) else { return say("din note", "your note") }
        return genitive(givenName(author.name ?? author.address)) + " note"
    }

    /// Whether the customer wrote to us in a thread of ours, and nobody sent it on.
    var isAnswer: Bool { summary.reader != nil && letter.forwarder == nil }

    /// `Mette har svaret`.
    var answered: String {
        let name = customer ?? say("Kunden", "The customer")
        return letter.form == .reply
            ? say("\(name) har svaret", "\(name) has answered") : say("\(name) har skrevet", "\(name) has written")
    }
}
