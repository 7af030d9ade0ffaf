import Foundation
import Mail
import Quoting
import Rules
import Testing
import Understanding

@testable import Correspondence

@Suite("Templates")
struct TemplateTests {
    /// The sample's rules with one file changed or, with `nil`, taken away.
    private func rules(_ name: String, _ text: String?) throws -> RuleSet {
        var files = Fixture.rules.files.filter { $0.name != name }
        if let text { files.append(RuleFile(name: name, text: text)) }
        return try RuleSet(files)
    }

    @Test(
        "a fault names file, line and column",
        arguments: [
            ("sales_summary.da.txt", "a\n{{#quote}}\nb", "templates/sales_summary.da.txt.mustache:3:"),
            ("guidance.en.html", "<p>{{name</p>", "templates/guidance.en.html.mustache:1:"),
            ("guidance.en.html", "{{#a}}\n{{/b}}", "templates/guidance.en.html.mustache:2:"),
        ])
    func faults(_ name: String, _ text: String, _ place: String) throws {
        let rules = try rules("templates/\(name).mustache", text)
        let fault = #expect(throws: RuleFaults.self) { _ = try TemplateSet(rules) }
        #expect(fault?.description.hasPrefix(place) ?? false, "\(fault?.description ?? "no fault")")
    }

    @Test("a missing file is named", arguments: ["guidance.da.txt", "sales_summary.en.html", "style.css"])
    func missing(_ name: String) throws {
        let rules = try rules("templates/\(name).mustache", nil)
        let fault = #expect(throws: RuleFaults.self) { _ = try TemplateSet(rules) }
        #expect(fault?.description == "templates/\(name).mustache: the file is missing")
    }

    @Test("every name in a template of the summary is one that the summary fills")
    func namesAreKnown() {
        var names: Set<String> = ["style"]
        func collect(_ value: Any) {
            switch value {
            case let view as View:
                for (name, value) in view {
                    names.insert(name)
                    collect(value)
                }
            case let list as [View]: list.forEach(collect)
            default: break
            }
        }
        for variant in Variant.allCases {
            collect(SummaryWords(variant.summary(.danish), rules: Fixture.rules).view)
        }
        for (template, text) in Fixture.rules.templates where template.hasPrefix("sales_summary") {
            for tag in text.split(separator: "{{").dropFirst() where !tag.hasPrefix("%") {
                let name = tag.drop { "#/^{".contains($0) }.prefix { $0 != "}" }
                #expect(Set(name.split(separator: ".").map(String.init)).subtracting(names) == [], "\(template)")
            }
        }
    }

    @Test("what comes from outside is escaped in the HTML part", arguments: MailLanguage.allCases)
    func escapes(_ language: MailLanguage) {
        let evil = "<script>alert(\"1\")</script><img src=https://x.example/p.gif> & 'citat'"
        let summary = Fixture.summary(language).with { summary in
            summary.dossier.company.name = evil
            summary.dossier.company.town = evil
            summary.dossier.contact = Dossier.Contact(name: evil, title: evil, address: evil, phone: evil)
            summary.dossier.letter.note = evil
            summary.dossier.letter.text = evil + " skriver en sætning?"
            summary.dossier.history[0].author = evil
            summary.dossier.history[0].subject = evil
            summary.recommendations[1].owner = evil
            summary.pricing.questions[0].text = evil
        }
        let html = Fixture.compose(summary).html
        #expect(!html.contains("<script") && !html.contains("<img"))
        #expect(html.components(separatedBy: "&lt;script&gt;alert(&quot;1&quot;)").count > 8)
    }

    @Test("nothing but the style goes unescaped into an HTML part", arguments: Fixture.rules.templates.keys.sorted())
    func escapesAll(_ name: String) {
        guard name.hasSuffix(".html"), let text = Fixture.rules.templates[name] else { return }
        let rest = text.replacingOccurrences(of: "{{{style}}}", with: "")
        #expect(!rest.contains("{{{") && !rest.contains("{{&") && !rest.contains("CONTENT_TYPE"))
    }

    @Test("the HTML part loads nothing and runs nothing", arguments: Fixture.rules.templates.keys.sorted())
    func loadsNothing(_ name: String) {
        let text = Fixture.rules.templates[name] ?? ""
        for word in ["http", "src=", "url(", "@import", "<link", "<script", "<img", "<iframe", "onload", "<form"] {
            #expect(!text.lowercased().contains(word), "\(word)")
        }
    }
}
