import GrowthSupport
import Testing
import Understanding

@Suite("A number that answers how many")
struct AskedQuantityTests {
    private let reader: FactReader

    init() throws { reader = try FactReader() }

    private func facts(_ pairs: [(question: String, answer: String)]) throws -> [String: Fact] {
        let text = pairs.map { "> \($0.question)\r\n\($0.answer)\r\n" }.joined(separator: "\r\n")
        return try reader.facts("Hej Jonas\r\n\r\n\(text)\r\nMvh\r\nBo Lund", subject: "SV: x")
    }

    @Test(
        "is the fact that was asked for",
        arguments: [
            ("Hvor mange brugere bliver I?", "25", "users", 25),
            ("Hvor mange brugere er I i alt?", "Vi er 25.", "users", 25),
            ("Antal brugere?", "Ca. 25 stk.", "users", 25),
            ("How many users would you be?", "About twenty-five", "users", 25),
            ("Tak. Hvor mange fakturaer får I om ugen?", "Ca. 120", "documents_per_month", 520),
            ("Hvor mange fakturaer får I?", "6.000 om året", "documents_per_month", 500),
            ("Hvor mange medarbejdere har I?", "40, heraf flere på lageret", "employees", 40),
        ])
    func asked(_ question: String, _ answer: String, _ name: String, _ count: Int) throws {
        let fact = try #require(try facts([(question, answer)])[name])
        #expect(fact.value == .number(thousandths: count * 1000))
        #expect(answer.contains(fact.evidence.text), "\(fact.evidence.text)")
    }

    @Test("each answer belongs to the question above it")
    func several() throws {
        let facts = try facts([
            ("Hvor mange brugere bliver I?", "25"), ("Hvor mange ordrer får I om måneden?", "25"),
            ("Hvor mange ansatte er I?", "Det vender jeg tilbage med."),
        ])
        #expect(facts["users"]?.value == .number(thousandths: 25_000))
        #expect(facts["orders_per_month"]?.value == .number(thousandths: 25_000))
        #expect(facts["employees"] == nil)
        let (first, second) = (facts["users"]?.evidence.offset ?? 0, facts["orders_per_month"]?.evidence.offset ?? 0)
        #expect(first > 0 && first < second)
    }

    @Test(
        "is none where it is open what it counts",
        arguments: [
            ("Hvor mange brugere bliver I, og hvor mange fakturaer får I?", "25"),
            ("Hvor mange brugere bliver I?", "25 eller 30, og 400 kunder"), ("Hvor mange brugere bliver I?", "25 %"),
            ("Er I klar over, hvad brugere koster?", "25"),
            ("Hvor mange møder skal vi holde? Brugere kan komme.", "25"),
            ("Hvor mange brugere bliver I?", "Det kommer an på, hvad I siger på mødet den 25."),
        ])
    func open(_ question: String, _ answer: String) throws {
        #expect(try facts([(question, answer)])["users"] == nil)
    }

    @Test("what is said with its own word stays what it is")
    func said() throws {
        let facts = try facts([("Hvor mange brugere bliver I?", "Vi får 400 fakturaer om måneden")])
        #expect(facts["documents_per_month"]?.value == .number(thousandths: 400_000) && facts["users"] == nil)
    }

    @Test("looking for long answers among others like them takes time in proportion to them", .timeLimit(.minutes(5)))
    func manyAlike() throws {
        let ratio = try Growth.ratio(of: 500) { count in
            let many = String(repeating: "1 ", count: count)
            _ = try facts([("Hvad er I?", many + "2"), ("Hvor mange brugere bliver I?", many + "3")])
        }
        #expect(ratio < Growth.limit)
    }
}
