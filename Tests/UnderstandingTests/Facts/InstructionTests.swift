import Testing
import Understanding

@Suite("What our own note says")
struct InstructionTests {
    private let reader: FactReader

    init() throws { reader = try FactReader() }

    @Test(
        "of a discount counts",
        arguments: [
            ("Giv 10 % på opstarten.", 10), ("giv 10 % på opstarten", 10), ("Max 5 procent rabat.", 5),
            ("De kan få 10 pct. på opstarten.", 10), ("Ti procent rabat er fint.", 10), ("Give them 7.5% off.", 7.5),
            ("Up to 10 percent discount.", 10), ("Rabat: 8 %", 8),
        ] as [(String, Double)])
    func discount(_ note: String, _ percent: Double) throws {
        let fact = try reader.facts(note: note, "Vi vil gerne have en chatbot.")["discount_percent"]
        #expect(fact?.value == .number(thousandths: Int(percent * 1000)))
        #expect(fact?.evidence.section == .note)
    }

    @Test(
        "of a discount that the lead asks for has no effect",
        arguments: ["Vi vil have 10 % rabat.", "We want 10% off."])
    func lead(_ text: String) throws {
        #expect(try reader.facts(note: "Se nedenfor.", text)["discount_percent"] == nil)
        #expect(try reader.facts(text)["discount_percent"] == nil)
    }

    @Test(
        "of a quantity wins over the lead's",
        arguments: [
            FactCase.users("Regn med 20 brugere.", 20), .users("Regn med 14 + 6 brugere", 20, parts: [14, 6]),
            .users("Calculate with 20 users.", 20), .documents("Sæt det til 700 fakturaer om måneden.", 700),
            .count("Det er tre regnskaber.", "ledgers", 3), .users("Han mener 20 brugere, ikke 12 brugere.", 20),
        ])
    func quantity(_ fixture: FactCase) throws {
        let text = "Vi er 12 brugere med 400 fakturaer om måneden og ét regnskab."
        let fact = try reader.facts(note: fixture.text, text)[fixture.name]
        #expect(fact?.value == fixture.value && fact?.parts == fixture.parts && fact?.evidence.section == .note)
    }

    @Test("of a day is told from the day of the note")
    func day() throws {
        let fact = try reader.facts(note: "Send prisen i morgen.", "Vi vil gerne have en chatbot.")["price_by"]
        #expect(fact?.value.description == "2026-11-25")
    }
}
