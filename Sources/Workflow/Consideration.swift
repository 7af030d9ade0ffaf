package import Correspondence
package import FoundationEssentials
package import Mail
package import Quoting
package import Rules
package import Understanding

/// What is made of a letter: dossier, price and advice.
///
/// Pure; the daemon and `brevdue quote` call the same.
package struct Consideration: Sendable {
    package var dossier: Dossier
    package var pricing: Pricing
    package var recommendations: [Recommendation]

    /// `name`: of the company, where the directory knows better than the signature.
    package init(
        letter: Letter, link: LinkDecision, facts: [Fact], companyName: String? = nil, town: String? = nil,
        history: [Dossier.HistoryEntry] = [], rules: RuleSet, at instant: Date
    ) {
        let reading = ContactReader.read(letter)
        let company = Dossier.Company(
            number: link.number, name: companyName ?? reading.company.name, town: town ?? reading.company.town)
        dossier = Dossier(
            letter: letter, link: link, facts: facts, company: company, contact: reading.contact, history: history)
        pricing = Pricing(dossier, rules: rules, at: instant)
        recommendations = Recommendation.all(
            for: dossier, rules: rules, at: instant, isPriced: pricing.quote != nil,
            hasQuestions: !pricing.questions.isEmpty)
    }

    /// The summary of it.
    package func summary(leadReference: String?, quoteNumber: String?, publicURL: String?) -> SalesSummary {
        SalesSummary(
            dossier: dossier, recommendations: recommendations, pricing: pricing, leadReference: leadReference,
            quoteNumber: quoteNumber, publicURL: publicURL)
    }
}
