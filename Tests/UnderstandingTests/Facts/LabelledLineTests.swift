import GrowthSupport
import Testing
import Understanding

@Suite("Labels and values one below the other")
struct LabelledLineTests {
    private let reader: FactReader

    init() throws { reader = try FactReader() }

    private func counts(_ text: String) throws -> [String: String] {
        let names: Set = ["users", "documents_per_month", "ledgers", "employees", "orders_per_month", "training_days"]
        return try reader.facts(text).filter { names.contains($0.key) }.mapValues(\.value.description)
    }

    /// The ways in which a list of figures is set, each with the same figures.
    @Test(
        "each number belongs to the label of its own line",
        arguments: [
            "Antal brugere: 9\nAntal bilag pr. måned: 640\nAntal selskaber: 2",
            "antal brugere: 9\nantal bilag pr. måned: 640\nantal selskaber: 2",
            "Hej Jonas\n\nVores tal er:\nAntal brugere: 9\nAntal bilag pr. måned: 640\nAntal selskaber: 2\nVi vil have regnskaberne samlet.",
            "Antal brugere:\t9\nAntal bilag pr. måned:\t640\nAntal selskaber:\t2",
            "Antal brugere\t9\nAntal bilag pr. måned\t640\nAntal selskaber\t2",
            "Antal brugere  9\nAntal bilag pr. måned  640\nAntal selskaber  2",
            "Antal brugere          : 9\nAntal bilag pr. måned  : 640\nAntal selskaber        : 2",
            "Antal brugere = 9\nAntal bilag pr. måned = 640\nAntal selskaber = 2",
            "Antal brugere - 9\nAntal bilag pr. måned - 640\nAntal selskaber - 2",
            "| Antal brugere | 9 |\n| Antal bilag pr. måned | 640 |\n| Antal selskaber | 2 |",
            "- Antal brugere: 9\n- Antal bilag pr. måned: 640\n- Antal selskaber: 2",
            "1. Antal brugere: 9\n2. Antal bilag pr. måned: 640\n3. Antal selskaber: 2",
            "1) Antal brugere: 9\n2) Antal bilag pr. måned: 640\n3) Antal selskaber: 2",
            "Antal brugere: 9\n\nAntal bilag pr. måned: 640\n\nAntal selskaber: 2",
            "Antal brugere: 9,\nAntal bilag pr. måned: 640,\nAntal selskaber: 2",
            "Antal brugere: 9 stk.\nAntal bilag pr. måned: ca. 640 stk.\nAntal selskaber: 2 stk.",
            "Brugere: 9\nBilag: 640\nSelskaber: 2", "Users: 9\nInvoices per month: 640\nCompanies: 2",
            "Number of users: 9\nNumber of invoices a month: about 640\nNumber of companies: 2",
            "How many users?: 9\nHow many invoices a month?: 640\nHow many companies?: 2",
            "Hvor mange brugere bliver I? 9\nHvor mange bilag får I om måneden? 640\nHvor mange selskaber har I? 2",
            "Antal brugere\n9\nAntal bilag pr. måned\n640\nAntal selskaber\n2",
            "Antal brugere?\n9\nAntal bilag pr. måned?\n640\nAntal selskaber?\n2",
            "Antal brugere\n\n9\n\nAntal bilag pr. måned\n\n640\n\nAntal selskaber\n\n2",
            "Antal brugere:\n9\nAntal bilag pr. måned:\n640\nAntal selskaber:\n2",
            "Users\n9\nInvoices a month\n640\nCompanies\n2",
            "Brugere: 9, bilag pr. måned: 640, selskaber: 2", "Users: 9; invoices per month: 640; companies: 2",
        ])
    func own(_ text: String) throws {
        let expected = ["users": "9", "documents_per_month": "640", "ledgers": "2"]
        #expect(try counts(text) == expected)
        #expect(try counts(text.replacing("\n", with: "\r\n")) == expected)
    }

    @Test(
        "what stands in a line is read as it is written",
        arguments: [
            FactCase.users("Antal brugere: 10-12\nAntal bilag: 640", 12, least: 10),
            .users("Antal brugere: mellem 10 og 12\nAntal bilag: 640", 12, least: 10),
            .users("Antal brugere: fra 10 til 12\nAntal bilag: 640", 12, least: 10),
            .users("Antal brugere: max. 12\nAntal bilag: 640", 12), .users("Antal brugere: tolv\nAntal bilag: 640", 12),
            .users("Antal brugere: 4 + 8\nAntal bilag: 640", 12, parts: [4, 8]),
            .users("Antal brugere: 12 (4 bogholdere og 8 ledere)\nAntal bilag: 640", 12, parts: [4, 8]),
            .users("Antal brugere: 12, heraf 4 ledere\nAntal bilag: 640", 12),
            .users("Antal brugere: 12 ansatte\nAntal bilag: 640", 12),
            .users("Antal brugere i alt (ca.): 12\nAntal bilag: 640", 12),
            .users("Firma: Elmely Tag ApS\nBesked: Vi bliver 12 brugere, og vi vil gerne i gang.", 12),
            .documents("Antal brugere: 12\nAntal bilag pr. uge: 120", 520),
            .documents("Antal brugere: 12\nAntal bilag pr. år: 2000", 167),
            .documents("Antal brugere: 12\nAntal bilag (pr. kvartal): 900", 300),
            .documents("Antal brugere: 12\nBilag: 640/md.", 640),
            .documents("Antal brugere: 12\nBilag: 6.000 om året", 500),
            .documents("Antal brugere: 12\nAntal faktura pr. måned: 640", 640),
            .count("Antal selskaber med bilag: 3\nAntal brugere: 12", "ledgers", 3),
            .count("Antal medarbejdere: 35\nAntal brugere: 12", "employees", 35),
            .count("Kursusdage: 2 dage\nBrugere: 12", "training_days", 2),
        ])
    func values(_ fixture: FactCase) throws {
        let fact = try reader.facts(fixture.text)[fixture.name]
        #expect(fact?.value == fixture.value && fact?.least == fixture.least && (fact?.parts ?? []) == fixture.parts)
    }

    @Test(
        "a number that names or measures something is no count there either",
        arguments: [
            FactCase.none("Faktura: 4471\nBeløb: 900,00", "documents_per_month"),
            .none("Fakturaer: 900 kr.\nMoms: 225 kr.", "documents_per_month"),
            .none("Fakturanr.: 447\nBilagsnummer: 12", "documents_per_month"),
            .none("Bilag fra: 2019\nBilag til: 2024", "documents_per_month"),
            .none("Telefon: 86421364\nBrugere: se nedenfor", "users"),
        ])
    func none(_ fixture: FactCase) throws {
        #expect(try reader.facts(fixture.text)[fixture.name] == nil)
    }

    /// Every order of the same lines.
    private func orders(of lines: [String]) -> [[String]] {
        guard lines.count > 1 else { return [lines] }
        return lines.indices.flatMap { index in
            var rest = lines
            let first = rest.remove(at: index)
            return orders(of: rest).map { [first] + $0 }
        }
    }

    @Test(
        "the order of the lines changes nothing",
        arguments: [
            [
                "Antal ansatte: 31", "Antal brugere: 9", "Antal bilag pr. måned: 640", "Antal selskaber: 2",
                "Økonomisystem: Uniconta", "Firma: Elmely Tag ApS",
            ],
            [
                "Employees\t31", "Users\t9", "Invoices per month\tabout 640", "Orders per month\t80", "Companies\t2",
                "Budget\tDKK 80,000",
            ],
            [
                "Kunde i dag: Nej", "E-mail: mb@elmely.example", "Haster: nej", "Chatbot: nej",
                "Besked: Vi vil gerne have læst vores bilag, 640 om måneden.", "Brugere: 9",
            ],
            ["Antal brugere\n9", "Antal bilag pr. måned\n640", "Antal selskaber\n2", "Telefon\n86 42 13 64"],
        ])
    func order(_ lines: [String]) throws {
        let expected = try reader.facts(lines.joined(separator: "\n")).mapValues(\.value)
        #expect(expected.count >= 3)
        for order in orders(of: lines) {
            #expect(try reader.facts(order.joined(separator: "\n")).mapValues(\.value) == expected, "\(order)")
        }
    }

    @Test("the reason for a fact is its line")
    func evidence() throws {
        let text = """
            Firma: Elmely Tag ApS
            Antal brugere: 9 stk.
            Antal bilag pr. måned: ca. 640
            Økonomisystem: Uniconta
            Adresse:
            Behov: Fakturalæsning

            Ansatte
            31
            Selskaber
            2
            """
        let facts = try reader.facts(text)
        #expect(facts["users"]?.evidence.text == "Antal brugere: 9 stk")
        #expect(facts["documents_per_month"]?.evidence.text == "Antal bilag pr. måned: ca. 640")
        #expect(facts["service.document-setup"]?.evidence.text.contains("\n") == false)
        #expect(facts["employees"]?.evidence.text == "Ansatte\n31")
        #expect(facts["ledgers"]?.evidence.text == "Selskaber\n2")
    }

    @Test(
        "words of one field say nothing with those of another",
        arguments: [
            FactCase.priceBy("Firma: Elmely Tag ApS\nKunde i dag: Nej\nBesked: Vi vil gerne høre om priser.", nil),
            .priceBy("Tilbud: ja\nRing til mig: i morgen", nil),
            .deadline("I drift: nej\nMøde: 4. december", nil), .budget("Budget: ved ikke\nMoms: 499,50 kr.", nil),
            .budget("Firma: Elmely Tag ApS\nBudget: 150.000 kr.", 150_000),
            .deadline("Firma: Elmely Tag ApS\nDeadline: 1. marts", "2027-03-01"),
            .none("Vare\tAntal\tPris\nTastatur\t2\t998,00 kr.\nI alt: 998,00 kr.", "asks_price"),
            .none("Pris: 998,00 kr.\nLevering: 49,00 kr.", "asks_price"),
            .none("Haster: nej\nFirma: Elmely Tag ApS", "urgent"),
            .flag("Haster: ja\nFirma: Elmely Tag ApS", "urgent"),
            .declined("Support: nej\nUndervisning: ja", "support"), .wish("Support: nej\nUndervisning: ja", "training"),
            .unsaid("Har I support i dag: nej\nFirma: Elmely Tag ApS", "support"),
            .none("Business Central: nej\nFirma: Elmely Tag ApS", "erp_system"),
        ])
    func apart(_ fixture: FactCase) throws {
        #expect(try reader.facts(fixture.text)[fixture.name]?.value == fixture.value)
    }

    @Test(
        "prose with colons among its words stays one sentence",
        arguments: [
            FactCase.users("Vi har talt efter. Det er 18 brugere: 4\nbogholdere og 14\nafdelingsledere.", 18),
            .users("Vi ønsker følgende: adgang til\nsystemet for alle, nemlig: 9\nbrugere.", 9),
            .declined("Vi ønsker følgende: chatbot og\nsupport behøver vi ikke.", "support"),
            .wish("Vi ønsker følgende: chatbot og\nundervisning til alle.", "chatbot"),
            .documents("Vi har et ønske: at få læst\nvores bilag, 640 om måneden.", 640),
            .documents(
                "Vi  får på det seneste mange  flere\nbilag  pr. måned og  vil\nderfor  læse dem,  640 om måneden.", 640
            ),
            .documents("Tallet er steget: vi får nu\n640 bilag om måneden.", 640),
            .deadline("Der er et krav: det hele skal\nkøre inden 1. marts.", "2027-03-01"),
            .priceBy("Husk: vi skal have et tilbud\nsenest fredag.", "2026-11-27"),
        ])
    func prose(_ fixture: FactCase) throws {
        #expect(try reader.facts(fixture.text)[fixture.name]?.value == fixture.value)
    }

    @Test("a line alone among prose keeps its number too")
    func alone() throws {
        let text = "Vi kan sige så meget:\nAntal brugere: 9\nBilag kommer på mail, og dem vil vi have læst."
        #expect(try counts(text) == ["users": "9"])
    }

    @Test(
        "many lines take time in proportion to them", .timeLimit(.minutes(5)),
        arguments: [
            "Antal brugere: 9\n", "Antal brugere\n9\n", "a:", "a: b\n", "Vi  ", "- ", "1. ", "\n", "Antal\t9\t", "9\n",
            "?:",
        ])
    func growth(_ line: String) throws {
        let ratio = try Growth.ratio(of: 500) { _ = try counts(String(repeating: line, count: $0)) }
        #expect(ratio < Growth.limit)
    }
}
