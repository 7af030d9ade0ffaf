import FoundationEssentials
import Mail
import Quoting
import Rules
import Understanding

extension SummaryWords {
    /// What our own people must know before they send; the lead never reads it.
    var remarks: View? {
        let remarks = unread + unreadFiles + summary.pricing.remarks
        return remarks.isEmpty ? nil : ["items": remarks.map { View.paragraph($0, indent: "  ", first: "- ") }]
    }

    /// That not all of the mail could be read.
    private var unread: [String] {
        if letter.isEncrypted {
            return [
                say(
                    "Noget i mailen er krypteret. Det er ikke åbnet og indgår ikke her: læs det selv.",
                    "Something in the mail is encrypted. It was not opened and counts for nothing here: read it yourself."
                )
            ]
        }
        let unopened =
            letter.holdsUnopened
            ? say(
                "Noget i mailen er signeret eller pakket (S/MIME) og kunne ikke åbnes. Det indgår ikke her: læs det selv.",
                "Something in the mail is signed or packed (S/MIME) and could not be opened. It counts for nothing here: read it yourself."
            ) : nil
        let container =
            letter.holdsUnreadContainer
            ? say(
                "Mailen har en winmail.dat, som ikke er læst: kundens tekst og filer kan ligge i den.",
                "The mail holds a winmail.dat, which was not read: the customer's text and files may be in it.") : nil
        let message =
            letter.holdsUnreadMessage
            ? say(
                "Mailen har en Outlook-mail som fil (.msg), som ikke er læst: kundens mail kan ligge i den.",
                "The mail holds an Outlook mail as a file (.msg), which was not read: the customer's mail may be in it."
            ) : nil
        return [unopened, container, message].compactMap { $0 }
    }

    /// What stands below the tables of a draft.
    func remarks(on quote: Quote) -> [String] {
        [
            firstInvoice(quote), firstYear(quote), discount(quote) ?? noApproval, ownDiscount(quote), budget(quote),
            assumptions(quote),
            excluded(quote),
        ].compactMap { $0 }
    }

    /// Said only where it is not the one sum that stands above already.
    private func firstInvoice(_ quote: Quote) -> String? {
        guard quote.totals.count > 1 else { return nil }
        let parts = quote.totals.map { total in
            switch total.recurring {
            case nil: say("engangsbeløb", "one-off")
            case .month: say("1. måned", "first month")
            case .year: say("1. år", "first year")
            }
        }
        return "\(say("Første faktura", "First invoice")) (\(parts.joined(separator: " + "))): "
            + Amounts.withVAT(quote.subtotal, quote.vat, quote.total, percent: rules.terms.vatPercent, in: language)
    }

    private func firstYear(_ quote: Quote) -> String? {
        guard quote.firstYear != quote.subtotal else { return nil }
        return say("Første år: ", "First year: ") + Amounts.money(quote.firstYear, in: language)
            + say(" ekskl. moms.", " excl. VAT.")
    }

    /// What our own note gives; what the customer asks for has no effect.
    var discountFact: Fact? {
        rules.terms.discountFact.flatMap { situation.fact($0) }.flatMap { $0.evidence.section == .note ? $0 : nil }
    }

    private var noApproval: String { say("Godkendelse: ikke nødvendig.", "Approval: not needed.") }

    /// What the discount of our own note makes, and whether a person must approve it.
    private func discount(_ quote: Quote) -> String? {
        let label = say("Rabat: ", "Discount: ")
        let note = discountFact.map { "\(source(of: $0.evidence) ?? "") \(quoted($0.evidence.text))" }
        let saved = saved(quote) { $0.discountRule == nil }
        guard saved > .zero else { return note.map { label + $0 + withoutEffect } }
        let limit = rules.terms.discountLimitPercent
        return label + (note.map { $0 + " = " } ?? "") + Amounts.money(saved, in: language)
            + say(
                "; inden for grænsen på \(limit) %, kræver ingen godkendelse.",
                "; within the limit of \(limit) %, no approval needed.")
    }

    /// What campaigns and quantities take off; nobody has to approve it.
    private func ownDiscount(_ quote: Quote) -> String? {
        let saved = saved(quote) { $0.discountRule != nil }
        guard saved > .zero else { return nil }
        return say("Kampagne og mængde: ", "Campaign and volume: ") + Amounts.money(saved, in: language)
            + say(" i rabat efter reglerne.", " of discount by the rules.")
    }

    private func saved(_ quote: Quote, where isMeant: (Quote.Line) -> Bool) -> Money {
        quote.lines.filter { $0.discountPercent > 0 && isMeant($0) }.reduce(Money.zero) { sum, line in
            // What it would be at full price, to the øre.
            sum + Money(ore: (line.quantity.thousandths * line.unitPrice.ore + 500) / 1000) - line.amount
        }
    }

    private var withoutEffect: String {
        summary.pricing.remarks.isEmpty
            ? say(
                " virker kun på engangsbeløb, og dem er der ingen af.",
                " applies to one-off amounts only; there are none.")
            : say(" er ikke regnet med, se \"Før du sender\".", " is not included, see \"Before you send\".")
    }

    /// Whether the customer's own budget holds the one-off amount, or the first year where nothing is one-off.
    private func budget(_ quote: Quote) -> String? {
        guard let fact = situation.fact(Known.budget), case .money(let ore) = fact.value else { return nil }
        let once = quote.totals.first { $0.recurring == nil }
        let subtotal = once?.subtotal ?? quote.firstYear
        let total = once?.total ?? quote.firstYear + Money(ore: quote.firstYear.ore * rules.terms.vatPercent / 100)
        let subject = once == nil ? say("det første år", "the first year") : say("engangsbeløbet", "the one-off amount")
        let verdict: String
        if total.ore <= ore {
            verdict = say("rækker til \(subject), også inkl. moms.", "covers \(subject), VAT included.")
        } else if subtotal.ore <= ore {
            let missing = Amounts.money(total - Money(ore: ore), in: language)
            verdict = say(
                "rækker til \(subject) ekskl. moms; er det inkl. moms, mangler \(missing)",
                "covers \(subject) excl. VAT; if it has to include VAT, \(missing) is missing.")
        } else {
            let missing = Amounts.money(subtotal - Money(ore: ore), in: language)
            verdict = say(
                "rækker ikke til \(subject): der mangler \(missing) ekskl. moms.",
                "does not cover \(subject): \(missing) excl. VAT is missing.")
        }
        return "Budget: \(quoted(fact.evidence)) \(verdict)"
    }

    private func assumptions(_ quote: Quote) -> String? {
        guard !quote.assumptions.isEmpty else { return nil }
        return say("Forudsætninger: ", "Assumptions: ") + quote.assumptions.joined(separator: " ")
    }

    private func excluded(_ quote: Quote) -> String? {
        let codes = Set(quote.lines.map(\.code))
        let excluded = rules.services.filter { codes.contains($0.code) }.compactMap { $0.excludes?.text(in: language) }
        return excluded.isEmpty ? nil : say("Ikke med: ", "Not included: ") + excluded.joined(separator: ", ") + "."
    }
}
