import Testing
import Understanding

@Suite("Periods")
struct PeriodTests {
    private let reader: FactReader

    init() throws { reader = try FactReader() }

    @Test(
        "are worked out for a month",
        arguments: [
            FactCase.documents("Vi får 40 fakturaer om dagen.", 840), .documents("We get 40 invoices per day.", 840),
            .documents("Der kommer 120 bilag om ugen.", 520), .documents("120 invoices each week.", 520),
            .documents("Vi får 900 fakturaer i måneden.", 900), .documents("900 fakturaer/md. i gennemsnit.", 900),
            .documents("We read 900 invoices per month.", 900), .documents("900 fakturaer pr. måned.", 900),
            .documents("Der er 3.000 bilag i kvartalet.", 1000), .documents("3,000 invoices per quarter.", 1000),
            .documents("12.000 fakturaer på årsbasis.", 1000), .documents("12.000 bilag årligt.", 1000),
            .documents("12,000 invoices per annum.", 1000), .documents("Årligt får vi 12.000 fakturaer.", 1000),
            .documents("Vi får 240 bilag hver 14. dag.", 520), .documents("240 invoices every other week.", 520),
            .documents("Hver anden uge kommer der 240 bilag.", 520), .documents("6.000 bilag hvert halve år.", 1000),
            .documents("Sidste år fik vi 12.000 fakturaer.", 1000),
            .documents("Last year we received 12,000 invoices.", 1000),
            .documents("Vi får 300 bekræftelser om måneden og bygger 40 huse om året.", 300),
        ])
    func reads(_ fixture: FactCase) throws {
        #expect(try reader.facts(fixture.text)[fixture.name]?.value == fixture.value)
    }
}
