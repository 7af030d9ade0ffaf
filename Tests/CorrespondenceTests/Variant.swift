import CVR
import Foundation
import Mail
import Rules
import Testing
import Understanding

@testable import Correspondence
@testable import Quoting

/// Kinds of summaries that read differently.
enum Variant: String, CaseIterable, Sendable, CustomTestStringConvertible {
    /// With every section in it.
    case full
    case unlinked, unpriced, corrected, disagreement, answer, refusedDiscount

    var testDescription: String { rawValue }

    /// Thursday 19 November 2026, 19:14 UTC.
    static let chatTime = Date(timeIntervalSince1970: 1_795_115_640)
    static let chat = Statement.Source(
        messageID: 7, channel: .chat, saidAt: chatTime, address: "mly@vestklit.example")
    static let mail = Statement.Source(
        messageID: 5, saidAt: chatTime.addingTimeInterval(-7 * 86_400), author: "Per Lund",
        address: "per@vestklit.example")
    static let note = Statement.Source(
        messageID: 5, saidAt: chatTime.addingTimeInterval(-7 * 86_400), author: "Jonas Holm",
        address: "jh@fjordtek.example", isInstruction: true)
    static let atHand = Statement.Source(saidAt: Fixture.instant, author: "Mette Lyngholm")

    static func said(_ words: String, in message: Int64?, _ section: Evidence.Section = .text) -> Evidence {
        Evidence(
            part: "text/plain", section: section, text: words, offset: 0, length: words.utf8.count, messageID: message)
    }

    static func documents(_ count: Int, _ words: String, in message: Int64?) -> Fact {
        Fact(
            name: "documents_per_month", value: .number(thousandths: count * 1000), evidence: said(words, in: message))
    }

    static func alternative(_ chosen: Fact, _ source: Statement.Source, _ other: Fact, _ otherSource: Statement.Source)
        -> Alternative
    {
        Alternative(
            disagreement: Disagreement(
                name: chosen.name, chosen: .init(fact: chosen, source: source),
                other: .init(fact: other, source: otherSource)),
            changes: [.init(recurring: .month, difference: Money(ore: -37_000))])
    }

    func summary(_ language: MailLanguage) -> SalesSummary {
        Fixture.summary(language).with { summary in
            switch self {
            case .full:
                Variant.disagree(&summary)
                summary.takesCommands = true
            case .unlinked:
                summary.dossier.link = LinkDecision(status: .none)
                summary.dossier.company = Dossier.Company()
                summary.takesCommands = true
            case .unpriced:
                (summary.pricing.quote, summary.pricing.questions, summary.dossier.facts) = (nil, [], [])
            case .corrected:
                guard let number = CVRNumber("93205189") else { return }
                summary.correction = .init(
                    from: summary.dossier.link.number, to: number, by: "Jonas Holm", at: Fixture.instant)
                summary.dossier.link.number = number
                summary.dossier.link.ground = .instruction
                summary.takesCommands = true
            case .disagreement: Variant.disagree(&summary)
            case .answer:
                (summary.dossier.letter.forwarder, summary.dossier.letter.note) = (nil, "")
                summary.dossier.letter.form = .reply
                summary.reader = Mailbox(name: "Ane Krogh", address: "ak@fjordtek.example")
            case .refusedDiscount:
                summary.pricing.remarks = ["Rabat på 25 % kræver godkendelse (grænsen er 10 %) og er ikke regnet med."]
                summary.pricing.quote = Fixture.quote([Fixture.line(1, "a", price: 100)])
            }
        }
    }

    private static func disagree(_ summary: inout SalesSummary) {
        summary.dossier.earlier = [
            Statement(source: chat, facts: []), Statement(source: mail, facts: []), Statement(source: note, facts: []),
        ]
        summary.pricing.alternatives = [
            alternative(
                documents(900, "ca. 900 fakturaer", in: nil), atHand, documents(700, "700 fakturaer", in: 7), chat)
        ]
        summary.dossier.facts.append(
            Fact(name: "users", value: .number(thousandths: 12_000), evidence: said("12 brugere", in: 7)))
        summary.dossier.openQuotes = [
            Dossier.OpenQuote(
                number: "2026-0031", version: 1, state: "sent", subtotalOre: 980_000,
                validUntil: Fixture.day(2026, 12, 4))
        ]
        summary.dossier.colleagues = ["Ane Krogh"]
    }
}

@Suite("Both parts of every kind of summary")
struct VariantTests {
    @Test("both parts say the same words under the same headings", arguments: Variant.allCases, MailLanguage.allCases)
    func sameContent(_ variant: Variant, _ language: MailLanguage) {
        let draft = Fixture.compose(variant.summary(language).with { $0.publicURL = nil })
        let (text, html) = (draft.textSections, draft.htmlSections)
        #expect(text.count == html.count && text.count > 3)
        for (text, html) in zip(text, html) {
            #expect(text.subtracting(html) == [])
            #expect(html.subtracting(text) == [])
        }
    }

    @Test(
        "no line of the text is wider than 72 columns, ends in a space, or follows two blank ones",
        arguments: Variant.allCases, MailLanguage.allCases)
    func textFits(_ variant: Variant, _ language: MailLanguage) {
        let draft = Fixture.compose(variant.summary(language).with { $0.publicURL = nil })
        for line in draft.lines {
            #expect(line.count <= 72)
            #expect(line.last != " ")
        }
        #expect(!draft.text.contains("\n\n\n") && draft.text.hasSuffix("\n"))
    }

    @Test(
        "nothing in the text stands in columns, which a telephone and proportional letters break",
        arguments: Variant.allCases)
    func noColumns(_ variant: Variant) {
        let draft = Fixture.compose(variant.summary(.danish))
        for line in draft.lines { #expect(!line.drop { $0 == " " }.contains("  ")) }
        for line in draft.lines where line.contains(" à ") && line.contains(" = ") { #expect(line.count <= 44) }
    }
}
