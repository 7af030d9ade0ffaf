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
    /// Phrases that turn a service down.
    package let declining: [DecliningPhrases]
    /// What is also spoken of without a wish.
    package let things: [ThingRule]
    package let recommendations: [RecommendationRule]
    package let prices: [PriceRule]
    package let questions: [QuestionRule]
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
        let company = loader.read("company.yaml") { Company(&$0) }
        services = loader.read("services.yaml") { $0.rules("services", named: "code", Service.init) } ?? []
        let facts = loader.read("facts.yaml") { file in
            (
                facts: file.rules("facts", named: "name", FactRule.init),
                declining: file.rules("declining", named: "id", DecliningPhrases.init),
                things: file.rules("things", named: "id", ThingRule.init)
            )
        }
        self.facts = facts?.facts ?? []
        declining = facts?.declining ?? []
        things = facts?.things ?? []
        recommendations =
            loader.read("recommendations.yaml") {
                $0.rules("recommendations", named: "id", RecommendationRule.init)
            } ?? []
        let pricing = loader.read("pricing.yaml") { file in
            (
                terms: file.mapping("terms", QuoteTerms.init),
                prices: file.rules("prices", named: "id", PriceRule.init),
                questions: file.rules("questions", named: "id", QuestionRule.init)
            )
        }
        prices = pricing?.prices ?? []
        questions = pricing?.questions ?? []
        self.files = files.sorted { $0.name < $1.name }
        templates = Dictionary(
            files.filter { $0.name.hasSuffix(".mustache") }.map { ($0.templateName, $0.text) },
            uniquingKeysWith: { first, _ in first })
        hash = Self.hash(of: self.files)
        loader.checkReferences([
            .fact: Set(self.facts.map(\.name)), .service: Set(services.map(\.code)), .price: Set(prices.map(\.id)),
            .declining: Set(declining.map(\.id)),
            .placeholder: Set(self.facts.map(\.name) + Placeholder.BuiltIn.allCases.map(\.rawValue)),
        ])
        guard loader.faults.isEmpty, let company, let terms = pricing?.terms else {
            throw RuleFaults(faults: loader.faults)
        }
        self.company = company
        self.terms = terms
    }

    private static func hash(of files: [RuleFile]) -> String {
        var hasher = SHA256()
        for file in files {
            hasher.update(Array("\(file.name)\u{0}\(file.text.utf8.count)\u{0}\(file.text)".utf8))
        }
        return hasher.finalize().hex
    }
}

extension RuleFile {
    /// `templates/sales_summary.da.txt.mustache` is `sales_summary.da.txt`.
    fileprivate var templateName: String {
        let last = name.split(separator: "/").last.map(String.init) ?? name
        return String(last.dropLast(".mustache".count))
    }
}
