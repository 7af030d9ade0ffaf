import FoundationEssentials
import Mail
package import Quoting
package import Rules
package import Understanding

/// The summary to the salesperson who forwarded a lead's mail: what the customer wants, what is advised, a draft quote
/// with the reason for every line, and what is missing.
///
/// Pure.
package struct SalesSummary: Sendable {
    package var dossier: Dossier
    package var recommendations: [Recommendation]
    package var pricing: Pricing
    /// `L-2026-0017`.
    package var leadReference: String
    /// `2026-0042`; `nil` when nothing is priced.
    package var quoteNumber: String?
    /// Base of links; `nil` leaves the link out.
    package var publicURL: String?

    package init(
        dossier: Dossier, recommendations: [Recommendation], pricing: Pricing, leadReference: String,
        quoteNumber: String?,
        publicURL: String?
    ) {
        self.dossier = dossier
        self.recommendations = recommendations
        self.pricing = pricing
        self.leadReference = leadReference
        self.quoteNumber = quoteNumber
        self.publicURL = publicURL
    }

    package var language: MailLanguage { MailLanguage(letter: dossier.letter.language) }

    /// Subject, text and HTML in the language of the mail.
    package func compose(_ templates: TemplateSet, rules: RuleSet) -> TemplateSet.Draft {
        let view = SummaryView(self, rules: rules)
        let (text, html) = templates.render("sales_summary", view, in: language)
        return TemplateSet.Draft(subject: subject, text: text, html: html)
    }

    /// Company – next step + sum, and the lead's reference.
    private var subject: String {
        let who =
            dossier.company.name ?? dossier.contact.name ?? dossier.letter.original.from?.address
            ?? (language == .danish ? "Ukendt kunde" : "Unknown customer")
        let step = recommendations.first { $0.kind == .step }?.action.split(separator: ".").first.map(String.init)
        var parts = [who]
        if let step { parts.append(step) }
        if let sum = pricing.quote.map({ SumWording.short($0, in: language) }) { parts.append(sum) }
        return parts.joined(separator: " – ") + " [\(leadReference)]"
    }
}

/// Sums in a few words.
enum SumWording {
    /// One-off and recurring sums, such as `101.250 kr. + 5.012 kr./md.` in Danish.
    static func short(_ quote: Quote, in language: MailLanguage) -> String {
        quote.totals.map { total in
            let amount = money(total.subtotal, in: language)
            switch (total.recurring, language) {
            case (nil, _): return amount
            case (.month, .danish): return "\(amount)/md."
            case (.month, .english): return "\(amount)/month"
            case (.year, .danish): return "\(amount)/år"
            case (.year, .english): return "\(amount)/year"
            }
        }.joined(separator: " + ")
    }

    static func money(_ money: Money, in language: MailLanguage) -> String {
        let amount = Wording.amount(ore: money.ore, in: language)
        return language == .danish ? "\(amount) kr." : "DKK \(amount)"
    }

    /// `(opstart 101.250,00 + moms 25.312,50 = 126.562,50)` without the brackets.
    static func withVAT(_ subtotal: Money, _ vat: Money, _ total: Money, in language: MailLanguage) -> String {
        let amount = { (money: Money) in Wording.amount(ore: money.ore, in: language) }
        return "\(amount(subtotal)) + \(language == .danish ? "moms" : "VAT") \(amount(vat)) = \(amount(total))"
    }
}
