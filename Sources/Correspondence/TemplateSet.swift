import Mustache
package import Rules

/// The templates of a rule set, compiled once.
package struct TemplateSet: Sendable {
    /// Why a template cannot be used.
    package struct Fault: Error, CustomStringConvertible {
        package var description: String
    }

    /// A mail's subject, text and HTML.
    package struct Draft: Hashable, Sendable {
        package var subject: String
        package var text: String
        package var html: String
    }

    private let templates: [String: MustacheTemplate]

    package init(_ rules: RuleSet) throws(Fault) {
        var templates: [String: MustacheTemplate] = [:]
        for (name, text) in rules.templates {
            do {
                templates[name] = try MustacheTemplate(string: text)
            } catch {
                throw Fault(description: "templates/\(name).mustache: \(error)")
            }
        }
        for kind in ["sales_summary", "guidance"] {
            for language in MailLanguage.allCases {
                for part in ["txt", "html"] where templates["\(kind).\(language.rawValue).\(part)"] == nil {
                    throw Fault(
                        description: "templates/\(kind).\(language.rawValue).\(part).mustache: the file is missing")
                }
            }
        }
        self.templates = templates
    }

    /// Text and HTML of a kind of mail, filled with the view.
    func render(_ kind: String, _ view: Any, in language: MailLanguage) -> (text: String, html: String) {
        let text = templates["\(kind).\(language.rawValue).txt"]?.render(view) ?? ""
        let html = templates["\(kind).\(language.rawValue).html"]?.render(view) ?? ""
        return (Layout.tidy(text), html)
    }
}
