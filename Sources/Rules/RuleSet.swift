import Cryptography
import Yams

/// A file of rules: its name within the folder and its text.
package struct RuleFile: Hashable, Sendable {
    package var name: String
    package var text: String

    package init(name: String, text: String) {
        self.name = name
        self.text = text
    }
}

/// All rules that the business owns, checked.
package struct RuleSet: Sendable {
    package let company: Company
    package let services: [Service]
    package let facts: [FactRule]
    /// Phrases that turn a service named in the same sentence down.
    package let declining: [String]
    package let recommendations: [RecommendationRule]
    package let prices: [PriceRule]
    package let terms: QuoteTerms
    /// Texts of `templates/*.mustache` by their name without the ending.
    package let templates: [String: String]
    /// SHA-256 over names and texts of all files: what a quote names as its rules.
    package let hash: String
    package let files: [RuleFile]

    package func service(_ code: String) -> Service? { services.first { $0.code == code } }

    /// Reads and checks the files; throws all faults at once.
    package init(_ files: [RuleFile]) throws(RuleFaults) {
        let loader = RuleLoader(files)
        let company = loader.file("company.yaml").map { node, faults in
            var fields = Fields(node, faults)
            return Company(&fields)
        }
        services = loader.list("services.yaml", "services", Service.init)
        let (facts, declining) = loader.facts()
        self.facts = facts
        self.declining = declining
        recommendations = loader.list("recommendations.yaml", "recommendations", RecommendationRule.init)
        let (prices, terms) = loader.pricing()
        self.prices = prices
        templates = Dictionary(
            uniqueKeysWithValues: files.filter { $0.name.hasSuffix(".mustache") }.map { ($0.templateName, $0.text) })
        self.files = files.sorted { $0.name < $1.name }
        var hasher = SHA256()
        for file in self.files {
            hasher.update(Array("\(file.name)\u{0}\(file.text.utf8.count)\u{0}\(file.text)".utf8))
        }
        hash = hasher.finalize().hex
        loader.check(services: services, facts: facts, recommendations: recommendations, prices: prices)
        guard loader.faults.isEmpty, let company, let terms else { throw RuleFaults(faults: loader.faults) }
        self.company = company
        self.terms = terms
    }
}

extension RuleFile {
    /// `templates/sales_summary.da.txt.mustache` is `sales_summary.da.txt`.
    fileprivate var templateName: String {
        let last = name.split(separator: "/").last.map(String.init) ?? name
        return String(last.dropLast(".mustache".count))
    }
}
