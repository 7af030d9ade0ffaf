import Foundation
import Mail
import Rules
import TestSupport
import Testing
import Understanding

/// Words and digits that look like a fact and are none.
@Suite("Facts that are none")
struct FactTrapTests {
    private let finder: FactFinder

    init() throws { finder = FactFinder(try RuleFolder.load(Repository.rules)) }

    private func facts(_ text: String, subject: String = "x") throws -> [String: FactValue] {
        let octets = Array(
            "From: a@b.example\r\nDate: Tue, 24 Nov 2026 08:52:11 +0100\r\nSubject: \(subject)\r\n\r\n\(text)".utf8)
        let found = finder.facts(in: try Letter(octets, reading: ReadingOptions()))
        return Dictionary(found.map { ($0.name, $0.value) }, uniquingKeysWith: { first, _ in first })
    }

    @Test(
        "a number that names something is no quantity",
        arguments: [
            "Faktura 4471.", "Det drejer sig om faktura 4471", "Se bilag 3", "Ordre 2213, faktura 77", "Invoice 4471",
            "Vi mangler kreditnota 88 og bilag 12.", "Fakturanr. 4471 og ordrenr. 2213", "Kundenummer 900 fakturaer",
            "Ring på tlf. 33 12 fakturaer", "Telefon 3312 bilag", "CPR 131284-1302 dokumenter",
            "1312841302 fakturaer", "Sag 118 dokumenter vedlagt", "Ref. 500 bilag", "Order no. 700 invoices attached",
            "Tre ud af fire virksomheder vil læse fakturaer automatisk.",
        ])
    func names(_ text: String) throws {
        #expect(try facts(text)["documents_per_month"] == nil)
        #expect(try facts("Hej", subject: text)["documents_per_month"] == nil)
        #expect(try facts(text)["users"] == nil)
    }

    @Test(
        "a number behind its word counts where a sign sets it apart",
        arguments: ["Antal fakturaer: 900", "Invoices per month: 900", "Bilag = 900"])
    func labelled(_ text: String) throws {
        #expect(try facts(text)["documents_per_month"] == .number(thousandths: 900_000))
    }

    @Test(
        "a number with its period alone counts what the sentence spoke of",
        arguments: [
            ("We want invoices read, 650 a month.", 650), ("Vi får bilag på mail, omkring 120 om måneden.", 120),
            ("Vores kvitteringer – 120 om måneden fra fire butikker.", 120),
        ])
    func period(_ text: String, _ count: Int) throws {
        #expect(try facts(text)["documents_per_month"] == .number(thousandths: count * 1000))
    }

    @Test(
        "without that something happens is a wish, not a refusal",
        arguments: [
            ("Det skal køre uden at nogen taster fakturaer.", "document-setup"),
            ("Vi vil bogføre, uden at nogen rører fakturaer.", "document-setup"),
            ("We want it posted without anybody typing invoices.", "document-setup"),
            ("Det skal køre, uden at fakturaer tastes.", "document-setup"),
            ("Vi vil have læst bilag uden manuel indtastning.", "document-setup"),
        ])
    func without(_ text: String, _ service: String) throws {
        let found = try facts(text)
        #expect(found["service." + service] == .flag(true) && !found.values.contains(.flag(false)))
    }

    @Test(
        "who is away on a course asks for none",
        arguments: [
            "Jeg er på kursus til torsdag.", "Vores folk er kun på kurser om vinteren.",
            "I am on a training course until Monday.",
        ])
    func away(_ text: String) throws { #expect(try facts(text)["service.training"] == nil) }

    @Test(
        "who asks for a course gets one",
        arguments: [
            "Vi vil gerne have et kursus.", "Vi vil gerne på kursus hos jer.", "Do you offer training courses?",
        ])
    func course(_ text: String) throws { #expect(try facts(text)["service.training"] == .flag(true)) }

    @Test("an invoice that is spoken of is no wish to have invoices read")
    func oneInvoice() throws {
        #expect(try facts("Husk EAN på fakturaen.")["service.document-setup"] == nil)
        #expect(try facts("Se venligst faktura 4471.")["service.document-setup"] == nil)
        #expect(try facts("Fakturaer sendes til EAN 5790090140094.")["service.document-setup"] == nil)
        #expect(try facts("Our supplier's invoices are sent by mail.")["service.document-setup"] == .flag(true))
        #expect(try facts("Your invoice 4471 is overdue.")["service.document-setup"] == nil)
    }

    @Test(
        "who changes from one system to another gets the new one",
        arguments: [
            "Til nytår skifter vi fra e-conomic til Business Central.",
            "We are moving from Xero to Business Central.", "Vi forlader Navision og går over til Business Central.",
        ])
    func change(_ text: String) throws { #expect(try facts(text)["erp_system"] == .text("Business Central")) }

    @Test("one day of training is said with an article too")
    func oneDay() throws {
        #expect(try facts("Hun skal have en dags undervisning.")["training_days"] == .number(thousandths: 1000))
        #expect(try facts("A day of training would help.")["training_days"] == .number(thousandths: 1000))
        #expect(
            try facts("We get 40 invoices a day of all kinds.")["documents_per_month"] == .number(thousandths: 840_000))
        #expect(try facts("Vi har en faktura.")["documents_per_month"] == nil)
    }
}
