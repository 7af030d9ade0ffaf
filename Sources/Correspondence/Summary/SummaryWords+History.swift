import FoundationEssentials
import Quoting
import Rules
import Understanding

extension SummaryWords {
    private static let eventLimit = 3
    private static let subjectLength = 40

    /// The newest events, open quotes, and who of us knows the company; nothing for a company that is new to us.
    var history: View? {
        let colleagues = dossier.colleagues.filter { !isReader($0) }.map { $0.onOneLine }
        guard !dossier.history.isEmpty || !dossier.openQuotes.isEmpty || !colleagues.isEmpty else { return nil }
        let events = dossier.history.prefix(Self.eventLimit).map(event).joined(separator: " | ")
        let known = [openQuotes, known(to: colleagues)].joined(separator: "; ").capitalizedFirst.withFinalStop
        return ["lines": [events, known].filter { !$0.isEmpty }.map { View.paragraph($0, indent: "  ") }]
    }

    /// `12.11. mail fra Per Lund: Tilbud`.
    private func event(_ entry: Dossier.HistoryEntry) -> String {
        let day = days.date(CalendarDay(danishAt: entry.occurredAt))
        let author = entry.author.map { isContact($0) ? customer ?? $0.onOneLine : $0.onOneLine }
        let who = author.map { (entry.type == "chat" ? say(" med ", " with ") : say(" fra ", " from ")) + $0 } ?? ""
        let written = entry.subject?.onOneLine ?? ""
        // The headline of a chat says already that it is one.
        let subject = entry.type == "chat" && written.hasPrefix("Chat: ") ? String(written.dropFirst(6)) : written
        let about = subject.isEmpty ? "" : ": " + Layout.clip(subject, to: Self.subjectLength)
        return "\(day) \(kind(entry.type))\(who)\(about)"
    }

    private func isContact(_ author: String) -> Bool {
        let contact = dossier.contact
        return [contact.address, contact.name].contains { $0?.lowercased() == author.lowercased() }
    }

    private func kind(_ type: String) -> String {
        switch type {
        case "email": "mail"
        case "chat": say("chat på hjemmesiden", "chat on the website")
        case "quote": say("tilbud", "quote")
        default: type
        }
    }

    private var openQuotes: String {
        guard !dossier.openQuotes.isEmpty else { return say("ingen åbne tilbud", "no open quotes") }
        let quotes = dossier.openQuotes.map { quote in
            let amount = Amounts.money(Money(ore: quote.subtotalOre), in: language)
            let until = days.day(quote.validUntil)
            return say(
                "\(quote.number) (\(state(quote.state)), \(amount) ekskl. moms, gælder til \(until))",
                "\(quote.number) (\(state(quote.state)), \(amount) excl. VAT, valid until \(until))")
        }
        return say(
            quotes.count == 1 ? "åbent tilbud: " : "åbne tilbud: ", quotes.count == 1 ? "open quote: " : "open quotes: "
        )
            + list(quotes)
    }

    private func state(_ state: String) -> String {
        switch state {
        case "draft": say("udkast", "draft")
        case "approval": say("til godkendelse", "awaiting approval")
        case "released": say("frigivet", "released")
        case "sent": say("sendt", "sent")
        case "viewed": say("set af kunden", "seen by the customer")
        default: state
        }
    }

    private func known(to colleagues: [String]) -> String {
        colleagues.isEmpty
            ? say("ingen kolleger har skrevet med dem før", "no colleague has written with them before")
            : list(colleagues)
                + say(
                    " har skrevet med dem før",
                    colleagues.count == 1 ? " has written with them before" : " have written with them before")
    }
}
