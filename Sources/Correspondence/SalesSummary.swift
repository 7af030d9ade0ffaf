package import CVR
package import FoundationEssentials
package import Mail
package import Quoting
package import Rules
package import Understanding

/// The summary of a lead's mail to one of our own people: who forwarded it, or whose lead it is; pure.
///
/// What the customer wants, what is advised, a draft quote with the reason for every line, and what is missing.
package struct SalesSummary: Sendable {
    /// What a person put right by a reply to an earlier summary, which this one stands in for.
    package struct Correction: Hashable, Sendable {
        /// The company that it was filed under; `nil` for none.
        package var from: CVRNumber?
        package var to: CVRNumber
        /// Name or address of the person.
        package var by: String
        package var at: Date

        package init(from: CVRNumber?, to: CVRNumber, by: String, at: Date) {
            self.from = from
            self.to = to
            self.by = by
            self.at = at
        }
    }

    package var dossier: Dossier
    package var recommendations: [Recommendation]
    package var pricing: Pricing
    /// `L-2026-0017`; `nil` where no lead is kept, as for a mail that is only tried out.
    package var leadReference: String?
    /// `2026-0042`; `nil` when nothing is priced.
    package var quoteNumber: String?
    /// Base of links; `nil` leaves the link out.
    package var publicURL: String?
    /// Who gets it, where that is not the one who forwarded the mail: the owner of a lead that wrote again.
    package var reader: Mailbox?
    /// Whether a reply to it may hold a command.
    package var takesCommands = false
    package var correction: Correction?
    /// Names of files that were read once an earlier summary was made, which this one stands in for.
    package var lateFiles: [String] = []

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
