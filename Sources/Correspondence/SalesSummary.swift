import FoundationEssentials
import Mail
package import Quoting
package import Rules
package import Understanding

/// The summary to the salesperson who forwarded a lead's mail; pure.
///
/// What the customer wants, what is advised, a draft quote with the reason for every line, and what is missing.
package struct SalesSummary: Sendable {
    package var dossier: Dossier
    package var recommendations: [Recommendation]
    package var pricing: Pricing
    /// `L-2026-0017`; `nil` where no lead is kept, as for a mail that is only tried out.
    package var leadReference: String?
    /// `2026-0042`; `nil` when nothing is priced.
    package var quoteNumber: String?
    /// Base of links; `nil` leaves the link out.
    package var publicURL: String?

    package init(
        dossier: Dossier, recommendations: [Recommendation], pricing: Pricing, leadReference: String?,
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
        let words = SummaryWords(self, rules: rules)
        let (text, html) = templates.render("sales_summary", words.view, in: language)
        return TemplateSet.Draft(subject: words.subject, text: text, html: html)
    }
}
