import CVR
import Foundation
import Mail
import Quoting
import Rules
import Testing
import Understanding

@testable import Correspondence

@Suite("History and commands")
struct HistoryTests {
    private func section(_ heading: String, _ summary: SalesSummary) -> String {
        let lines = Fixture.compose(summary).lines
        guard let start = lines.firstIndex(of: heading[...]) else { return "" }
        return lines[(start + 1)...].prefix { !$0.isEmpty }.joined(separator: "\n")
    }

    @Test("events stand on one line with their day and author; nothing open and nobody known is said")
    func events() {
        let summary = Fixture.summary().with {
            $0.dossier.history = [
                .init(occurredAt: Variant.chatTime, type: "chat", author: "mly@vestklit.example", subject: ""),
                .init(occurredAt: Variant.mail.saidAt, type: "email", author: "Per Lund", subject: "Undervisning"),
            ]
        }
        #expect(
            section("HISTORIK", summary)
                == "19.11. chat på hjemmesiden med Mette | 12.11. mail fra Per Lund:\n  Undervisning\nIngen åbne tilbud; ingen kolleger har skrevet med dem før."
        )
    }

    @Test("open quotes are told with state, sum and deadline, and who of us knows the company")
    func openQuotes() {
        #expect(
            section("HISTORIK", Variant.full.summary(.danish)).onOneLine.hasSuffix(
                "Åbent tilbud: 2026-0031 (sendt, 9.800,00 kr. ekskl. moms, gælder til fredag 4.12.); Ane Krogh har skrevet med dem før."
            ))
        #expect(
            section("HISTORY", Variant.full.summary(.english)).onOneLine.hasSuffix(
                "Open quote: 2026-0031 (sent, DKK 9,800.00 excl. VAT, valid until Friday 4 Dec); Ane Krogh has written with them before."
            ))
    }

    @Test("the reader is no colleague of theirs; a company that is new has no history")
    func reader() {
        let summary = Fixture.summary().with { $0.dossier.colleagues = ["Jonas Holm", "Ane Krogh", "Bo Dam"] }
        #expect(section("HISTORIK", summary).hasSuffix("Ane Krogh og Bo Dam har skrevet med dem før."))
        let new = summary.with { ($0.dossier.history, $0.dossier.colleagues) = ([], ["Jonas Holm"]) }
        #expect(section("HISTORIK", new) == "")
    }

    // MARK: Commands

    @Test("an unlinked mail may be linked by reply, a linked one moved", arguments: MailLanguage.allCases)
    func commands(_ language: MailLanguage) {
        let heading = language == .danish ? "SVAR PÅ DENNE MAIL" : "REPLY TO THIS MAIL"
        let digits = language == .danish ? "<8 cifre>" : "<8 digits>"
        #expect(section(heading, Variant.unlinked.summary(language)).hasPrefix("CVR \(digits)\n"))
        let move = language == .danish ? "forkert firma" : "wrong company"
        #expect(section(heading, Variant.full.summary(language)).hasPrefix("\(move) \(digits)\n"))
        #expect(section(heading, Fixture.summary(language)) == "")
    }

    @Test("numbers that the mail calls somebody's are offered; a bare, wrong, own or present one is not")
    func candidates() {
        let candidate = { (number: String, valid: Bool, own: Bool, labelled: Bool) in
            LinkDecision.Candidate(number: number, valid: valid, own: own, labelled: labelled, text: number)
        }
        let summary = Variant.full.summary(.danish).with {
            $0.dossier.link.candidates = [
                candidate("91430525", true, false, true), candidate("93205189", true, false, true),
                candidate("10405033", true, false, false), candidate("94617308", true, true, true),
                candidate("93205188", false, false, true),
            ]
        }
        #expect(section("SVAR PÅ DENNE MAIL", summary).hasPrefix("forkert firma 93205189\nSå flyttes det hele"))
    }

    @Test("what is offered is understood as a command, and the placeholder is none")
    func understood() throws {
        let number = try #require(CVRNumber("93205189"))
        for language in MailLanguage.allCases {
            for wording in [Command.Wording.company, .wrongCompany] {
                #expect(try Command.read(in: wording.text(number, in: language), own: []) == .link(number))
                #expect(throws: (any Error).self) {
                    if try Command.read(in: wording.text(nil, in: language), own: []) == nil {
                        throw Command.Fault.missingNumber
                    }
                }
            }
        }
    }
}
