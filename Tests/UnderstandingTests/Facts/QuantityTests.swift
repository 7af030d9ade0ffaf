import Testing
import Understanding

@Suite("Quantities")
struct QuantityTests {
    private let reader: FactReader

    init() throws { reader = try FactReader() }

    @Test(
        "are read as people write them",
        arguments: [
            FactCase.users("Vi er ca. 10-12 brugere.", 12, least: 10),
            .users("Det drejer sig om 10 til 12 brugere.", 12, least: 10),
            .users("Vi bliver mellem 10 og 12 brugere.", 12, least: 10),
            .users("Regn med 10 – 12 brugere.", 12, least: 10),
            .users("We expect between 10 and 12 users.", 12, least: 10),
            .documents("Der kommer 1.200-1.500 bilag om måneden, som vi taster.", 1500, least: 1200),
            .documents("Vi læser et par hundrede fakturaer om måneden.", 200),
            .documents("Det er halvandet hundrede bilag om måneden.", 150),
            .documents("Vi får knap 900 fakturaer om måneden.", 900),
            .documents("We read over 900 invoices a month.", 900),
            .documents("Vi håndterer op til 1.000 fakturaer om måneden.", 1000),
            .documents("Der er to et halvt tusind bilag om måneden.", 2500),
            .documents("We handle two and a half thousand invoices a month.", 2500),
            .documents("Vi får 1 200 fakturaer om måneden.", 1200),
            .documents("Vi får 1,5 tusind fakturaer om måneden.", 1500),
            .documents("We process 1k invoices a month.", 1000),
            .documents("Vi har 12t fakturaer om året.", 1000),
            .documents("Hundrede og ti bilag om måneden skal læses.", 110),
            .documents("We scan a couple of hundred receipts a month.", 200),
            .users("Vi er fem og tyve brugere.", 25), .users("Vi er femogtyve brugere.", 25),
            .users("Vi er halvtreds brugere.", 50), .users("Der er toogfyrre brugere.", 42),
            .users("There are twenty-five users.", 25), .users("There are twenty five users.", 25),
            .users("We are a dozen users.", 12), .users("Vi er et dusin brugere.", 12),
            .users("We have two dozen users.", 24), .users("We are half a dozen users.", 6),
            .users("Der er tale om ti-tolv brugere.", 12, least: 10), .users("Vi er en snes ledere.", 20),
            .users("Our team of 12 would use it daily.", 12), .users("We need 5 licences.", 5),
            .users("Vi er et par og tyve brugere.", 22), .users("Vi er 14 faste brugere.", 14),
            .users("We would have a hundred and twenty users.", 120),
            .users("Der bliver ikke flere end 12 brugere.", 12), .users("At most 12 users.", 12),
            .count("Hun skal have halvanden dags undervisning.", "training_days", 1.5),
            .count("Vi vil have 2½ dages undervisning.", "training_days", 2.5),
            .count("Two and a half days of training, please.", "training_days", 2.5),
            .count("Do you offer training? One day would do.", "training_days", 1),
        ])
    func reads(_ fixture: FactCase) throws {
        let fact = try reader.facts(fixture.text)[fixture.name]
        #expect(fact?.value == fixture.value && fact?.least == fixture.least && fact?.parts == [])
    }

    @Test(
        "of several groups are added and stay apart",
        arguments: [
            FactCase.users("Vi er fire i bogholderiet, og 14 afdelingsledere.", 18, parts: [4, 14]),
            .users("We are four in accounting and 14 managers.", 18, parts: [4, 14]),
            .users("Vi skal bruge 14 + 4 brugere.", 18, parts: [14, 4]),
            .users("We need 2 x 12 users.", 24, parts: [12, 12]),
            .users("Det er 18 brugere: 4 i bogholderiet og 14 afdelingsledere.", 18, parts: [4, 14]),
            .users("Vi er 3 bogholdere og 10-12 ledere.", 15, least: 13, parts: [3, 12]),
            .documents("Vi får 600 fakturaer og 200 kvitteringer om måneden.", 800, parts: [600, 200]),
        ])
    func groups(_ fixture: FactCase) throws {
        let fact = try #require(try reader.facts(fixture.text)[fixture.name])
        #expect(fact.value == fixture.value && fact.least == fixture.least && fact.parts == fixture.parts)
        #expect(fact.parts.isEmpty || fact.value == .number(thousandths: fact.parts.reduce(0, +)))
    }

    @Test(
        "of what we do not count are no count of ours",
        arguments: [
            FactCase.none("Vi har 12 butikker med kvitteringer, der skal læses.", "documents_per_month"),
            .none("We run 60 shops in Jutland, and invoices are typed by hand.", "documents_per_month"),
            .none("800 orders a month arrive by mail, and we type them.", "documents_per_month"),
            .none("Det tager to mand halvdelen af dagen.", "employees"),
            .none("We have taken on six people who need training.", "employees"),
            .none("Vi har ansat fem nye medarbejdere i år.", "employees"),
            .none("Vi leverer til 40 firmaer i Norden.", "ledgers"),
            .none("We serve 60 companies in Denmark.", "ledgers"),
            .none("Vi har tusindvis af fakturaer.", "documents_per_month"),
            .none("Vi skal opbevare fem års bilag.", "documents_per_month"),
            .none("Der er flere hundrede fakturaer om måneden.", "documents_per_month"),
            .none("Vi gør det tre gange om ugen, brugere og ledere.", "users"),
            .none("It is 14 km to the managers.", "users"),
            .count("Vi er 22 mand i alt.", "employees", 22), .count("We are forty people.", "employees", 40),
            .count("Et firma med 25 ansatte.", "employees", 25),
            .count("Vi har tre selskaber i Business Central.", "ledgers", 3),
            .count("Bars send us about 800 orders a month by e-mail.", "orders_per_month", 800),
            .count("Vi taster 300 ordrer om ugen.", "orders_per_month", 1300),
            .users("I alt er det 45 brugere, heraf 5 i økonomi og 40 godkendere.", 45),
            .users("Vi er 6 brugere nu og 12 brugere til næste år.", 6), .none("550 no such user", "users"),
            .none("Vi sender selv 2.000 fakturaer ud om måneden.", "documents_per_month"),
            .none("Vi får alt på papir, og to medarbejdere scanner det ind.", "employees"),
            .count("Ordrerne kommer på mail, ca. 50 om dagen.", "orders_per_month", 1050),
            .users("Det er ikke 14, men 16 afdelingsledere.", 16),
            .documents("Før fik vi 700 fakturaer om måneden, nu er det 900.", 900),
            .documents("Sidste år var det 700 bilag om måneden, men nu er det 900 om måneden.", 900),
            .documents("Før var det 700 fakturaer om måneden. Nu er det 900.", 900),
            .documents("Før fik vi 100 fakturaer om ugen, nu er det 120.", 520),
            .documents("Vi fik før 700 fakturaer om måneden, og nu får vi 900 fakturaer om måneden.", 900),
            .documents("We used to get 700 invoices a month, now it is 900.", 900),
            .documents("Nu er det 900 fakturaer om måneden, før var det 700.", 900),
            .documents("Før fik vi 700 fakturaer om måneden, nu er det 900 kr. om dagen.", 700),
            .users("Vi var 12 brugere, nu er vi 20.", 20),
            .users("Vi er ikke 10 brugere. Vi er 12 brugere.", 12),
        ])
    func foreign(_ fixture: FactCase) throws {
        #expect(try reader.facts(fixture.text)[fixture.name]?.value == fixture.value)
    }
}
