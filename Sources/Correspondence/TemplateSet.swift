import Mustache
package import Rules

/// The templates of a rule set, compiled once.
package struct TemplateSet: Sendable {
    /// Why a template cannot be used: file, line and column, and what is wrong.
    package struct Fault: Error, Hashable, Sendable, CustomStringConvertible {
        package var description: String
    }

    /// A mail's subject, text and HTML.
    package struct Draft: Hashable, Sendable {
        package var subject: String
        package var text: String
        package var html: String
    }

    /// The looks that all HTML parts share.
    private static let style = "style.css"
    private static let kinds = ["sales_summary", "guidance"]

    private let templates: [String: MustacheTemplate]
    private let style: String

    package init(_ rules: RuleSet) throws(Fault) {
        var templates: [String: MustacheTemplate] = [:]
        for (name, text) in rules.templates where name != Self.style {
            templates[name] = try Self.compile(text, name: name)
        }
        for kind in Self.kinds {
            for language in MailLanguage.allCases {
                for part in ["txt", "html"] where templates["\(kind).\(language.rawValue).\(part)"] == nil {
                    throw Self.missing("\(kind).\(language.rawValue).\(part)")
                }
            }
        }
        guard let style = rules.templates[Self.style] else { throw Self.missing(Self.style) }
        self.templates = templates
        self.style = style
    }

    /// Text and HTML of a kind of mail, filled with the view.
    func render(_ kind: String, _ view: View, in language: MailLanguage) -> (text: String, html: String) {
        let text = templates["\(kind).\(language.rawValue).txt"]?.render(view) ?? ""
        let html = templates["\(kind).\(language.rawValue).html"]?.render(view.merging(["style": style]) { $1 }) ?? ""
        return (Layout.tidy(text), html)
    }

    private static func compile(_ text: String, name: String) throws(Fault) -> MustacheTemplate {
        do {
            return try MustacheTemplate(string: text)
        } catch let error as MustacheTemplate.ParserError {
            let place = "\(error.context.lineNumber):\(error.context.columnNumber)"
            throw Fault(description: "\(file(name)):\(place): \(error.error)")
        } catch {
            throw Fault(description: "\(file(name)): \(error)")
        }
    }

    private static func missing(_ name: String) -> Fault { Fault(description: "\(file(name)): the file is missing") }

    private static func file(_ name: String) -> String { "templates/\(name).mustache" }
}
