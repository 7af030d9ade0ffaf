import CVR
import Foundation
import Mail
import Quoting
import Rules
import Testing
import Understanding

@testable import Correspondence
@testable import Mail

/// Whole summaries of the sample's mails with the sample's rules.
@Suite("Summaries of the fixture mails")
struct FixtureMailTests {
    static let files = ["mails", "demo"].flatMap { folder in
        let path = Fixture.root + "/fixtures/" + folder
        return ((try? FileManager.default.contentsOfDirectory(atPath: path)) ?? []).filter { $0.hasSuffix(".eml") }
            .sorted().map { "\(path)/\($0)" }
    }

    private func summary(_ file: String) throws -> SalesSummary {
        let octets = [UInt8](try Data(contentsOf: URL(filePath: file)))
        let company = Fixture.rules.company
        let letter = try Letter(octets, reading: ReadingOptions(own: OwnPeople(domains: Set(company.domains))))
        let link = LinkDecision.decide(
            letter: letter, known: Acquaintance(), own: Set(company.cvr.compactMap { CVRNumber($0) }))
        let reading = ContactReader.read(letter)
        let dossier = Dossier(
            letter: letter, link: link, facts: FactFinder(Fixture.rules).facts(in: letter), company: reading.company,
            contact: reading.contact)
        let pricing = Pricing(dossier, rules: Fixture.rules, at: letter.date.instant ?? Fixture.instant)
        let advice = Recommendation.all(
            for: dossier, rules: Fixture.rules, at: letter.date.instant ?? Fixture.instant,
            isPriced: pricing.quote != nil,
            hasQuestions: !pricing.questions.isEmpty)
        return SalesSummary(
            dossier: dossier, recommendations: advice, pricing: pricing, leadReference: "L-2026-0001",
            quoteNumber: pricing.quote == nil ? nil : "2026-0001", publicURL: nil)
    }

    @Test("there are fixtures to summarise")
    func fixturesExist() { #expect(Self.files.count >= 30) }

    @Test("a summary is readable text and HTML without a trace of templates", arguments: files)
    func isReadable(_ file: String) throws {
        let draft = Fixture.compose(try summary(file))
        for line in draft.lines where line.contains(" ") { #expect(line.count <= 72, "\(line)") }
        for part in [draft.subject, draft.text, draft.html] {
            for trace in ["{{", "}}\"", "Optional(", "[\"", "  ,", " .\n", ".. ", "\"\"", "()"] {
                #expect(!part.contains(trace), "\(trace)")
            }
        }
        // A step cut at its comma must still be a sentence.
        for end in [" om det", " og", " der", " that", " what"] {
            #expect(!draft.text.onOneLine.contains("\(end), senest") && !draft.text.onOneLine.contains("\(end), by"))
        }
        #expect(draft.subject.hasSuffix(" [L-2026-0001]"))
        #expect(SummaryWords(try summary(file), rules: Fixture.rules).inShort.count <= 3)
    }

    @Test("every amount of the quote stands in both parts", arguments: files)
    func amountsAreShown(_ file: String) throws {
        let summary = try summary(file)
        let draft = Fixture.compose(summary)
        for amount in (summary.pricing.quote?.lines.map(\.amount) ?? [])
            + (summary.pricing.quote?.totals.map(\.total) ?? [])
        {
            let written = Wording.amount(ore: amount.ore, in: summary.language)
            #expect(draft.text.contains(written) && draft.html.contains(written))
        }
    }
}
