import CVR
import FoundationEssentials
import Mail
import Rules
import Understanding

extension SummaryWords {
    /// Which company, why this one, what else was seen, and what is not known.
    var company: [String] {
        let known = [dossier.company.name, dossier.company.place].compactMap { $0?.onOneLine }
        let unknown =
            known.isEmpty
            ? say("Firma og CVR-nummer ukendt", "Company and CVR number unknown")
            : say("CVR-nummer ukendt", "CVR number unknown")
        let number = dossier.link.number.map { "CVR \($0)" } ?? unknown
        var lines = [(known + [number]).joined(separator: ", "), isLinked ? whyLinked : whyUnlinked]
        if let seen = alsoSeen { lines.append(seen) }
        lines.append(isLinked ? notLookedUp : wayToLink)
        return lines
    }

    private var notLookedUp: String {
        say(
            "Branche, ansatte, status og reklamebeskyttelse: ukendt, ikke slået op i CVR-registret.",
            "Industry, employees, status and advertising protection: unknown, not looked up in the CVR register.")
    }

    private var wayToLink: String {
        summary.takesCommands
            ? say(
                "Svar på denne mail med \"CVR\" og nummeret, så samles alt på firmaet.",
                "Reply to this mail with \"CVR\" and the number, and everything is filed under the company.")
            : say(
                "Videresend mailen igen med \"CVR-nr.\" og nummeret øverst, så samles alt på firmaet.",
                "Forward the mail again with \"CVR no.\" and the number on top, and everything is filed under the company."
            )
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
            case .register:
                say(
                    "\(words ?? "mailen") passer med CVR-registret",
                    "\(words ?? "the mail") agrees with the CVR register")
            case .instruction where summary.correction != nil: instructed
            case .instruction, .labelled, .prefixed, .attachment, nil:
                link.evidence.map { quoted($0.text) + " " + place($0) } ?? instructed
            }
        let reasons = ([reason] + [chat].compactMap { $0 }).joined(separator: "; ")
        return say("Hvorfor denne: ", "Why this one: ") + reasons.withFinalStop
            + say(" Sikkerhed: ", " Confidence: ") + confidence(link.confidence) + "."
    }

    /// By whom the company was named, other than in the mail.
    private var instructed: String {
        guard let correction = summary.correction else { return say("angivet af jer", "given by your side") }
        let words = dossier.link.evidence.map { quoted($0.text) + " " } ?? say("angivet ", "given ")
        return words
            + (isReader(correction.by)
                ? say("i dit svar", "in your reply")
                : say("i svaret fra \(givenName(correction.by))", "in the reply from \(givenName(correction.by))"))
    }

    /// That the contact's address stands in a chat of before.
    private var chat: String? {
        guard let address = dossier.contact.address?.lowercased() else { return nil }
        let said = dossier.earlier.map(\.source).filter { $0.channel == .chat && $0.address == address }.map(\.saidAt)
        let told = dossier.history.filter { $0.type == "chat" && $0.author?.lowercased() == address }.map(\.occurredAt)
        guard let last = (said + told).max() else { return nil }
        let day = days.date(CalendarDay(danishAt: last))
        return say("samme adresse skrev i chatten \(day)", "the same address wrote in the chat on \(day)")
    }

    private var whyUnlinked: String {
        let words = dossier.link.evidence.map { quoted($0.text) + " " + place($0) }
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

    private func confidence(_ confidence: LinkDecision.Confidence?) -> String {
        switch confidence {
        case .high: say("høj", "high")
        case .medium: say("mellem", "medium")
        case .low, nil: say("lav", "low")
        }
    }
}
