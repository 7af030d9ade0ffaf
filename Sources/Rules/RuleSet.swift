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
///
/// It is handed around a lot, so it is one object that nothing changes.
package final class RuleSet: Sendable {
    package let company: Company
    package let services: [Service]
    package let facts: [FactRule]
    /// Phrases that turn a service down.
    package let declining: [DecliningPhrases]
    /// What is also spoken of without a wish.
    package let things: [ThingRule]
    package let recommendations: [RecommendationRule]
    package let prices: [PriceRule]
    package let campaigns: [Campaign]
    package let terms: QuoteTerms
    /// Texts of `templates/*.mustache` by their name without the ending.
    package let templates: [String: String]
    /// SHA-256 over names and texts of all files: what a quote names as its rules.
    package let hash: String
    package let files: [RuleFile]
    private let serviceIndices: [String: Int]
    private let priceIndices: [String: Int]
    private let notices: [Notice]

    package func service(_ code: String) -> Service? { serviceIndices[code].map { services[$0] } }

    package func price(_ id: String) -> PriceRule? { priceIndices[id].map { prices[$0] } }

    /// What is worth a look on a day and is no fault: a campaign that is over, a number that nobody is asked for.
    package func warnings(on day: CalendarDay) -> [Fault] {
        notices.filter { $0.holdsBehind.map { $0 < day } ?? true }.map(\.warning)
    }

    /// Reads and checks the files; throws all faults at once.
    package convenience init(_ files: [RuleFile]) throws(RuleFaults) { try self.init(files, by: RuleLoader(files)) }

    /// `loader`: of the same files; it tells afterwards what it looked for.
    init(_ files: [RuleFile], by loader: RuleLoader) throws(RuleFaults) {
        let company = loader.read("company.yaml") { Company(&$0) }
        services = loader.read("services.yaml") { $0.rules("services", named: "code", Service.init) } ?? []
        let catalogue = Dictionary(services.map { ($0.code, $0) }, uniquingKeysWith: { first, _ in first })
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
                prices: file.rules("prices", named: "id") { PriceRule(&$0, catalogue: catalogue) },
                campaigns: file.rules("campaigns", named: "id", Campaign.init)
            )
        }
        prices = pricing?.prices ?? []
        campaigns = pricing?.campaigns ?? []
        self.files = files.sorted { $0.name < $1.name }
        templates = Dictionary(
            files.filter { $0.name.hasSuffix(".mustache") }.map { ($0.templateName, $0.text) },
            uniquingKeysWith: { first, _ in first })
        hash = Self.hash(of: self.files)
        serviceIndices = Self.indices(services.map(\.code))
        priceIndices = Self.indices(prices.map(\.id))
        loader.check(
            DefinedNames(
                facts: self.facts, services: services, declining: declining, prices: prices, terms: pricing?.terms))
        let checks = RuleChecks(services: services, prices: prices, campaigns: campaigns, loader: loader)
        if pricing != nil { checks.findFaults() }
        notices = checks.notices
        guard loader.faults.isEmpty, let company, let terms = pricing?.terms else {
            throw RuleFaults(faults: loader.faults)
        }
        self.company = company
        self.terms = terms
    }

    private static func indices(_ names: [String]) -> [String: Int] {
        Dictionary(zip(names, names.indices), uniquingKeysWith: { first, _ in first })
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
