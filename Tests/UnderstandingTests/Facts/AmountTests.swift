import Testing
import Understanding

@Suite("Amounts and prices")
struct AmountTests {
    private let reader: FactReader

    init() throws { reader = try FactReader() }

    @Test(
        "only what is meant for the start is its budget",
        arguments: [
            FactCase.budget("Vi har sat 150.000 kr. af til opstarten.", 150_000),
            .budget("Budgettet er 150.000,- til det hele.", 150_000),
            .budget("Vores budget er 150 t.kr.", 150_000), .budget("Our budget is 150k DKK.", 150_000),
            .budget("Vi har afsat halvanden million kroner.", 1_500_000),
            .budget("Rammen er et par hundrede tusind kroner.", 200_000),
            .budget("We have set aside DKK 100,000-120,000 for it.", 120_000),
            .budget(
                "Our budget for the whole year is DKK 9.500.000, and for your part at most 95.000,00 excl. VAT.", 95_000
            ),
            .budget("Vi har afsat 75.000 til projektet.", 75_000), .budget("We can spend up to 120k.", 120_000),
            .budget("Vores årlige IT-budget er 2.000.000 kr.", nil),
            .budget("Budgettet for hele året er 2 mio. kr.", nil),
            .budget("Vi omsætter for højst 40 mio. kr. om året.", nil),
            .budget("Our turnover is up to DKK 40 million.", nil),
            .budget("Lederne må højst godkende 10.000 kr. selv.", nil),
            .budget("Managers approve up to DKK 5,000 themselves.", nil),
            .budget("We have a budget of EUR 20,000.", nil),
        ])
    func budgets(_ fixture: FactCase) throws {
        #expect(try reader.facts(fixture.text)[fixture.name]?.value == fixture.value)
    }

    @Test("a sentence may end with kr., and goes on behind it before a small letter")
    func endOfSentence() throws {
        let words = { (text: String) in try reader.facts(text)["budget"]?.evidence.text }
        #expect(try words("Vi har sat 8.000 kr. af. Er I forsikret?") == "Vi har sat 8.000 kr. af")
        #expect(try words("Budgettet er 8.000 kr. Er I forsikret?") == "Budgettet er 8.000 kr")
        #expect(try words("Budgettet er 8.000 kr. Ærgerligt nok.") == "Budgettet er 8.000 kr")
    }

    @Test(
        "a price is asked only where one is wanted",
        arguments: [
            FactCase.none("The outage cost us two days.", "asks_price"),
            .none("Do you offer training in English?", "asks_price"),
            .none("Support skal ikke med i prisen.", "asks_price"),
            .none("Det koster os en dag om ugen.", "asks_price"),
            .none("Tak for jeres tilbud, vi vender tilbage.", "asks_price"),
            .none("Vi har fået tilbud fra to andre.", "asks_price"),
            .flag("What does support cost us a month?", "asks_price"), .flag("Hvad koster det?", "asks_price"),
            .flag("Send gerne et tilbud.", "asks_price"), .flag("Could you send a quote?", "asks_price"),
        ])
    func prices(_ fixture: FactCase) throws {
        #expect(try reader.facts(fixture.text)[fixture.name]?.value == fixture.value)
    }
}
