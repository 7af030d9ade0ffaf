import CVR
import Mail
import Understanding

extension SummaryWords {
    // MARK: Company

    /// Which company, why this one, what else was seen, and what is not known.
    var company: [String] {
        let number = dossier.link.number.map { "CVR \($0)" } ?? say("CVR-nummer ukendt", "CVR number unknown")
        let known = [dossier.company.name, dossier.company.place].compactMap { $0?.onOneLine }
        var lines = [(known + [number]).joined(separator: ", "), isLinked ? whyLinked : whyUnlinked]
        if let seen = alsoSeen { lines.append(seen) }
        lines.append(
            isLinked
                ? say(
                    "Branche, ansatte, status og reklamebeskyttelse: ikke slået op i CVR-registret.",
                    "Industry, employees, status and advertising protection: not looked up in the CVR register.")
                : say(
                    "Videresend mailen igen med \"CVR-nr.\" og nummeret øverst, så samles alt på firmaet.",
                    "Forward the mail again with \"CVR no.\" and the number on top, and everything is filed under the company."
                ))
        return lines
    }

    private var whyLinked: String {
        let link = dossier.link
        let words = link.evidence.map { quoted($0.text) }
        let reason: String =
            switch link.ground {
            case .thread: say("samme tråd som før", "the same thread as before")
            case .knownAddress:
                say(
                    "\(words ?? "adressen") har skrevet for firmaet før",
                    "\(words ?? "the address") wrote for the company before")
            case .knownDomain:
                say(
                    "\(words ?? "adressen") har et domæne, som hører til firmaet",
                    "\(words ?? "the address") has a domain that belongs to the company")
            case .instruction, .labelled, .prefixed, nil:
                link.evidence.map { quoted($0.text) + " " + place($0.section) }
                    ?? say("angivet af jer", "given by your side")
            }
        return say("Hvorfor denne: ", "Why this one: ") + reason
            + say(". Sikkerhed: ", ". Confidence: ") + confidence(link.confidence) + "."
    }

    private var whyUnlinked: String {
        let words = dossier.link.evidence.map { quoted($0.text) + " " + place($0.section) }
        return switch dossier.link.status {
        case .invalid:
            say(
                "\(words ?? "Nummeret") er ikke et CVR-nummer: kontrolcifferet passer ikke. Spørg kunden.",
                "\(words ?? "The number") is no CVR number: the check digit is wrong. Ask the customer.")
        case .ambiguous where dossier.link.ground == .thread && words != nil:
            say(
                "\(words ?? "") er et andet firma end det, tråden hører til. Spørg kunden.",
                "\(words ?? "") is another company than the one the thread belongs to. Ask the customer.")
        case .ambiguous where others.count < 2 && words != nil:
            say(
                "\(words ?? "") kan være en andens: det er uvist, hvem tilbuddet gælder. Spørg kunden.",
                "\(words ?? "") may be somebody else's: it is open whom the quote is for. Ask the customer.")
        case .ambiguous:
            say(
                "Flere CVR-numre er lige sandsynlige, så intet er valgt. Spørg kunden.",
                "Several CVR numbers are equally likely, so none is chosen. Ask the customer.")
        case .none, .linked:
            say(
                "Intet i mailen siger sikkert, hvilket firma det er. Spørg kunden.",
                "Nothing in the mail says for certain which company it is. Ask the customer.")
        }
    }

    /// Numbers of others that were looked at.
    private var others: [LinkDecision.Candidate] {
        dossier.link.candidates.filter { $0.number != dossier.link.number?.description && !$0.own }
    }

    /// Numbers that did not decide, so that a person can correct.
    private var alsoSeen: String? {
        let isChoice = dossier.link.status == .ambiguous && dossier.link.ground != .thread && others.count > 1
        let evidence = isChoice ? nil : dossier.link.evidence?.text
        let others = others.filter { $0.text != evidence }
        guard !others.isEmpty else { return nil }
        let list = others.prefix(3).map {
            quoted($0.text) + ($0.valid ? "" : say(" (kontrolcifferet passer ikke)", " (the check digit is wrong)"))
        }
        return say("Også set, ikke brugt: ", "Also seen, not used: ") + list.joined(separator: ", ") + "."
    }

    private func place(_ section: Evidence.Section) -> String {
        switch section {
        case .signature: say("i signaturen", "in the signature")
        case .note: say("i din note", "in your note")
        case .text: say("i mailen", "in the mail")
        case .subject, .outerSubject: say("i emnet", "in the subject")
        case .quoted: say("i det citerede", "in the quoted text")
        case .sender: say("som afsender", "as the sender")
        case .recipient: say("som modtager", "as the recipient")
        }
    }

    private func confidence(_ confidence: LinkDecision.Confidence?) -> String {
        switch confidence {
        case .high: say("høj", "high")
        case .medium: say("mellem", "medium")
        case .low, nil: say("lav", "low")
        }
    }

    // MARK: Contact

    /// Who wrote, with the source of every datum.
    var contact: String { contact(unbroken: false) }

    /// `unbroken`: with a telephone number that no line ends in.
    func contact(unbroken: Bool) -> String {
        let contact = dossier.contact
        let source = { (key: String) in
            contact.fromSignature.contains(key) ? say(" (signatur)", " (signature)") : say(" (afsender)", " (sender)")
        }
        let person = [
            contact.name.map { $0.onOneLine + source("name") },
            contact.title.map { say($0.onOneLine.lowercasedFirst, $0.onOneLine) + source("title") },
        ].compactMap { $0 }
        let reach = [
            contact.address.map { $0.onOneLine + say(" (afsender)", " (sender)") },
            contact.phone.map {
                let phone = $0.onOneLine
                return (unbroken ? phone.replacing(" ", with: "\u{A0}") : phone) + source("phone")
            },
        ]
        let parts = (person.isEmpty ? [] : [person.joined(separator: ", ")]) + reach.compactMap { $0 }
        return parts.isEmpty ? say("ukendt", "unknown") : parts.joined(separator: " | ")
    }
}
