import Testing
import Understanding

@Suite("Two languages in one mail")
struct TwoLanguageTests {
    private let reader: FactReader

    init() throws { reader = try FactReader() }

    @Test(
        "numbers and wishes are read in both",
        arguments: [
            FactCase.users("Vi vil gerne have en pris på godkendelse. Our CFO writes: there are fourteen users.", 14),
            .users(
                "Hej Jonas\n\nVi ses på torsdag, og tak for sidst.\n\nThere will be seven users in the new office.", 7),
            .users("Thank you for the talk, we would like a quote. Vi er fjorten brugere.", 14),
            .users("We would like to have a quote for the approval flow. Vi er to brugere i dag.", 2),
            .documents("Vi skriver på engelsk: we get two hundred invoices a month.", 200),
            .deadline("Vi vil gerne i gang snart. It has to be live by the end of March.", "2027-03-31"),
            .declined("Vi vil have en chatbot. We do not need training.", "training"),
            .declined("We would like a chatbot. Support har vi allerede.", "support"),
            .none("We want to set up users, and to fire up the system.", "users"),
            .none("We would like to give access to users in Vejle.", "users"),
        ])
    func reads(_ fixture: FactCase) throws {
        #expect(try reader.facts(fixture.text)[fixture.name]?.value == fixture.value)
    }
}
