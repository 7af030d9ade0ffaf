import Mustache
package import Rules

/// The templates of a rule set, compiled once.
package struct TemplateSet: Sendable {
    /// A mail's subject, text and HTML.
    package struct Draft: Hashable, Sendable {
        package var subject: String
        package var text: String
        package var html: String
    }

    /// The looks that all HTML parts share.
    private static let style = "style.css"
    private static let kinds = ["sales_summary", "guidance", "receipt", "delivery_notice"]
    /// Mails to somebody outside that say no more than a line of text can.
    private static let textKinds = ["public_receipt"]

    private let templates: [String: MustacheTemplate]
    private let style: String

    /// Compiles all of them; throws what is wrong with any of them at once.
    package init(_ rules: RuleSet) throws(RuleFaults) {
        var templates: [String: MustacheTemplate] = [:]
        var faults: [Fault] = []
        for (name, text) in rules.templates.sorted(by: { $0.key < $1.key }) where name != Self.style {
            do {
                templates[name] = try Self.compile(text, name: name)
            } catch {
                faults.append(error)
            }
        }
        faults += Self.required.filter { rules.templates[$0] == nil }.map(Self.missing)
        guard faults.isEmpty else { throw RuleFaults(faults: faults) }
        self.templates = templates
        style = rules.templates[Self.style] ?? ""
    }

    private static var required: [String] {
        kinds.flatMap { kind in
            MailLanguage.allCases.flatMap { ["\(kind).\($0.rawValue).txt", "\(kind).\($0.rawValue).html"] }
        } + textKinds.flatMap { kind in MailLanguage.allCases.map { "\(kind).\($0.rawValue).txt" } } + [style]
    }

    /// Text and HTML of a kind of mail, filled with the view.
    func render(_ kind: String, _ view: View, in language: MailLanguage) -> (text: String, html: String) {
        let html = templates["\(kind).\(language.rawValue).html"]?.render(view.merging(["style": style]) { $1 }) ?? ""
        return (text(kind, view, in: language), html)
    }

    /// Its text alone.
    func text(_ kind: String, _ view: View, in language: MailLanguage) -> String {
        Layout.tidy(templates["\(kind).\(language.rawValue).txt"]?.render(view) ?? "")
    }

    private static func compile(_ text: String, name: String) throws(Fault) -> MustacheTemplate {
        do {
            return try MustacheTemplate(string: text)
        } catch let error as MustacheTemplate.ParserError {
            let place = error.context
            throw Fault(
                file: file(name), line: place.lineNumber, column: place.columnNumber, message: "\(error.error)")
        } catch {
            throw Fault(file: file(name), line: 0, column: 0, message: "\(error)")
        }
    }

    private static func missing(_ name: String) -> Fault {
        Fault(file: file(name), line: 0, column: 0, message: "the file is missing")
    }

    private static func file(_ name: String) -> String { "templates/\(name).mustache" }
}
