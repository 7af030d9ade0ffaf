import Foundation
import Rules

@testable import Correspondence

extension TemplateSet.Draft {
    /// The HTML part as a reader sees it: no style, no tags, items of ordered lists numbered, entities read.
    var visibleHTML: String {
        guard let body = html.range(of: "<body>") else { return "" }
        return Self.visible(html[body.upperBound...])
    }

    var lines: [Substring] { text.split(separator: "\n", omittingEmptySubsequences: false) }

    /// The words under each heading of the text part; headings are in capitals behind a blank line.
    var textSections: [Set<String>] {
        var sections: [[Substring]] = [[]]
        for (index, line) in lines.enumerated() {
            let isBehindBlank = index == 0 || lines[index - 1].isEmpty
            let start = line.split(separator: " ").first ?? ""
            let isHeading = start.count > 1 && start.allSatisfy { $0.isUppercase } && !Self.tableTitles.contains(line)
            if isBehindBlank, isHeading { sections.append([]) }
            sections[sections.count - 1].append(line)
        }
        return sections.map { Self.words($0.joined(separator: " ")) }.filter { !$0.isEmpty }
    }

    /// The words under each heading of the HTML part.
    var htmlSections: [Set<String>] {
        guard let body = html.range(of: "<body>") else { return [] }
        return html[body.upperBound...].components(separatedBy: "<h2>").map { Self.words(Self.visible($0[...])) }
            .filter { !$0.isEmpty }
    }

    /// Tables of the quote have headings of their own within the section.
    private static let tableTitles: Prefixes = ["ENGANGSBELØB (", "PR. ", "ONE-OFF (", "PER "]

    private struct Prefixes: ExpressibleByArrayLiteral {
        var prefixes: [String]
        init(arrayLiteral elements: String...) { prefixes = elements }
        func contains(_ line: Substring) -> Bool { prefixes.contains { line.hasPrefix($0) } }
    }

    private static func visible(_ html: Substring) -> String {
        var visible = ""
        var rest = html
        var number: Int?
        while let start = rest.firstIndex(of: "<") {
            visible += rest[..<start] + " "
            let end = rest[start...].firstIndex(of: ">") ?? rest.endIndex
            switch rest[start..<end] {
            case "<ol": number = 0
            case "</ol": number = nil
            case "<li":
                if let last = number {
                    number = last + 1
                    visible += "\(last + 1). "
                }
            default: break
            }
            rest = end == rest.endIndex ? "" : rest[rest.index(after: end)...]
        }
        visible += rest
        for (entity, character) in [("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&#39;", "'"), ("&amp;", "&")] {
            visible = visible.replacing(entity, with: character)
        }
        return visible
    }

    /// Words and figures, without the punctuation around them.
    private static func words(_ text: String) -> Set<String> {
        Set(
            text.lowercased().split { $0.isWhitespace || "|:()".contains($0) }.filter {
                $0.contains { $0.isLetter || $0.isNumber }
            }.map { word in
                var word = word
                while let last = word.last, ".,;\"".contains(last) { word.removeLast() }
                while word.first == "\"" { word.removeFirst() }
                return String(word)
            })
    }
}
