package import Correspondence
package import Rules
package import Understanding

/// A rule set ready for use: its words compiled into a finder, its templates into a set.
package struct RuleBook: Sendable {
    package let rules: RuleSet
    package let finder: FactFinder
    package let templates: TemplateSet

    package init(_ rules: RuleSet) throws(RuleFaults) {
        self.rules = rules
        finder = FactFinder(rules)
        templates = try TemplateSet(rules)
    }
}
