import Foundation
import Mail
import Rules
import TestSupport
import Testing
import Understanding

@Suite("Facts")
struct FactTests {
    private let finder: FactFinder

    init() throws { finder = FactFinder(try RuleFolder.load(Repository.rules)) }

    private func facts(_ text: String) throws -> [String: FactValue] {
        let octets = Array(
            "From: a@b.example\r\nDate: Tue, 24 Nov 2026 08:52:11 +0100\r\nSubject: x\r\n\r\n\(text)".utf8)
        let found = finder.facts(in: try Letter(octets, reading: ReadingOptions()))
        return Dictionary(found.map { ($0.name, $0.value) }, uniquingKeysWith: { first, _ in first })
    }

    struct Case: Sendable, CustomTestStringConvertible {
        var text: String
        var name: String
        var value: FactValue?
        var testDescription: String { "\(text) → \(name) \(value?.description ?? "unknown")" }

        init(_ text: String, _ name: String, _ value: FactValue?) {
            self.text = text
            self.name = name
            self.value = value
        }

        static func day(_ text: String, _ name: String, _ day: String) -> Case {
            Case(text, name, CalendarDay(iso: day).map { .day($0) })
        }
    }

    @Test(
        "numbers, amounts and days in both languages",
        arguments: [
            Case("Vi har 3.500 fakturaer om måneden.", "documents_per_month", .number(thousandths: 3_500_000)),
            Case(
                "We have 3,500 invoices a month, and would like a quote.", "documents_per_month",
                .number(thousandths: 3_500_000)),
            Case("Det er ca. 250 bilag.", "documents_per_month", .number(thousandths: 250_000)),
            Case("Vi er fjorten brugere.", "users", .number(thousandths: 14_000)),
            Case("There are fourteen users, and we would like you to help.", "users", .number(thousandths: 14_000)),
            Case("Vi er fire i bogholderiet, og 14 afdelingsledere.", "users", .number(thousandths: 18_000)),
            Case("Fakturaer koster os 10 % af tiden.", "documents_per_month", nil),
            Case("Det gælder 4711234 fakturaer.", "documents_per_month", nil),
            Case("Vi får 12.000 fakturaer om året.", "documents_per_month", .number(thousandths: 1_000_000)),
            Case("Vi er 10-12 brugere.", "users", .number(thousandths: 12_000)),
            Case("Ring på 10 40 50 33 brugere.", "users", nil),
            .day("Jeg skal bruge et tilbud senest fredag den 4. december.", "price_by", "2026-12-04"),
            Case("Vi har 150.000 kr. i budget.", "budget", .money(ore: 15_000_000)),
            Case("Our budget is DKK 80,000.", "budget", .money(ore: 8_000_000)),
            .day("Jeg vil gerne have en pris inden fredag.", "price_by", "2026-11-27"),
            .day("Det skal køre inden udgangen af februar.", "deadline", "2027-02-28"),
            .day("Det skal køre inden 1. marts.", "deadline", "2027-03-01"),
            .day("Vi skal være i drift senest uge 7.", "deadline", "2027-02-19"),
            .day("Please send a quote by Thursday.", "price_by", "2026-11-26"),
            .day("We want to be live by the end of March.", "deadline", "2027-03-31"),
            Case("Det haster.", "urgent", .flag(true)),
        ])
    func reads(_ fixture: Case) throws {
        #expect(try facts(fixture.text)[fixture.name] == fixture.value)
    }

    @Test(
        "a word is not a wish",
        arguments: [
            ("Chatbotten er vi glade for, den skal I ikke røre ved.", "chatbot"),
            ("Vi har allerede en chatbot.", "chatbot"), ("Support behøver vi ikke.", "support"),
            ("Vi er ikke interesseret i undervisning.", "training"), ("Datamigrering klarer vi selv.", "migration"),
            ("Vi har ikke brug for en workshop.", "analysis"), ("Tilbud uden support, tak.", "support"),
            ("We are not interested in a chatbot.", "chatbot"), ("We already have a chatbot.", "chatbot"),
            ("We do not need training.", "training"), ("There is no need for a workshop.", "analysis"),
            ("A quote without support, please.", "support"),
        ])
    func declined(_ text: String, _ service: String) throws {
        #expect(try facts(text)["service." + service] == .flag(false))
    }

    @Test("what stands behind a but is another statement")
    func contrast() throws {
        let found = try facts("Vi har allerede en chatbot, men vi vil gerne have læst vores bilag.")
        #expect(found["service.chatbot"] == .flag(false) && found["service.document-setup"] == .flag(true))
    }

    @Test("evidence stands word for word where it says")
    func evidence() throws {
        let text = "Hej\n\nVi er ti brugere, og vi får 900 leverandør­fakturaer.\nÆrø Åse har 150.000 kr. i budget."
        let octets = Array("From: a@b.example\r\nSubject: x\r\n\r\n\(text)".utf8)
        let letter = try Letter(octets, reading: ReadingOptions())
        let found = finder.facts(in: letter)
        #expect(found.count >= 3)
        for fact in found {
            let section = Array(letter.content(of: fact.evidence.section).utf8)
            let range = fact.evidence.offset..<fact.evidence.offset + fact.evidence.length
            #expect(String(decoding: section[range], as: UTF8.self) == fact.evidence.text)
        }
    }
}
