import Testing
import Understanding

/// Days in mails of Tuesday 24 November 2026.
@Suite("Days")
struct DayTests {
    private let reader: FactReader

    init() throws { reader = try FactReader() }

    @Test(
        "in Danish",
        arguments: [
            FactCase.deadline("Det skal køre inden udgangen af februar.", "2027-02-28"),
            .deadline("Det skal være klar i uge 7.", "2027-02-19"),
            .priceBy("Send prisen senest på mandag.", "2026-11-30"),
            .priceBy("Kan vi få et tilbud i næste uge?", "2026-12-04"),
            .priceBy("Jeg vil gerne have et tilbud i løbet af ugen.", "2026-11-27"),
            .deadline("Vi vil gerne være i gang før sommerferien.", "2027-06-30"),
            .deadline("Det skal være i drift i 1. kvartal.", "2027-03-31"),
            .deadline("Systemet skal være på plads primo marts.", "2027-03-01"),
            .deadline("Systemet skal være på plads medio marts.", "2027-03-15"),
            .deadline("Systemet skal være på plads ultimo marts.", "2027-03-31"),
            .deadline("Det skal være færdigt sidst i marts.", "2027-03-31"),
            .priceBy("Vi skal bruge et overslag senest d. 3/12.", "2026-12-03"),
            .priceBy("Tilbuddet skal være her senest den 15.", "2026-12-15"),
            .deadline("Det skal køre inden udgangen af næste måned.", "2026-12-31"),
            .deadline("Det skal køre inden jul.", "2026-12-24"),
            .deadline("Vi skal være i gang om to uger.", "2026-12-08"),
            .deadline("Det skal køre om to måneder.", "2027-01-24"),
            .priceBy("Giv os en pris inden for fem hverdage.", "2026-12-01"),
            .priceBy("Kan I svare inden for et par dage?", "2026-11-26"),
            .priceBy("Vi vil gerne have svar på torsdag.", "2026-11-26"),
            .deadline("Det skal køre fra 1. marts.", "2027-03-01"),
            .deadline("Kan I levere inden årets udgang?", "2026-12-31"),
            .deadline("Vi skal være klar til årsskiftet.", "2026-12-31"),
        ])
    func danish(_ fixture: FactCase) throws {
        #expect(try reader.facts(fixture.text)[fixture.name]?.value == fixture.value)
    }

    @Test(
        "in English",
        arguments: [
            FactCase.deadline("It has to be live by the end of next month.", "2026-12-31"),
            .deadline("We must be live before Christmas.", "2026-12-24"),
            .deadline("It should be running in two weeks.", "2026-12-08"),
            .deadline("We need to be live by mid-January.", "2027-01-15"),
            .deadline("It has to be in place by Q1.", "2027-03-31"),
            .deadline("We have to be live by EOM.", "2026-11-30"),
            .deadline("It must be ready by the end of the year.", "2026-12-31"),
            .deadline("Our deadline is 15.01.2027.", "2027-01-15"),
            .deadline("We need to be live by March.\n25 users.", "2027-03-31"),
            .deadline("Det skal køre i foråret.", "2027-05-31"),
            .deadline("Vi skal være i gang til foråret.", "2027-05-31"),
            .deadline("We would like to be live this spring.", "2027-05-31"),
            .deadline("Vi vil gerne være i gang i 1. halvår.", "2027-06-30"),
            .deadline("We need it running before summer.", "2027-05-31"),
            .deadline("It has to be live by early March 2027.", "2027-03-01"),
            .priceBy("Please send a quote by Friday next week.", "2026-12-04"),
            .priceBy("We need a quote by the 15th.", "2026-12-15"),
            .priceBy("Can we have a price by the end of the week?", "2026-11-27"),
            .priceBy("Please send a quote within five working days.", "2026-12-01"),
            .priceBy("Could you get back with a price this coming Friday?", "2026-11-27"),
        ])
    func english(_ fixture: FactCase) throws {
        #expect(try reader.facts(fixture.text)[fixture.name]?.value == fixture.value)
    }

    @Test(
        "that are past or only a beginning are no limit",
        arguments: [
            FactCase.priceBy("I could use a price from 1 March.", nil),
            .priceBy("I kan sende et tilbud tidligst 1. marts.", nil),
            .deadline("We are ready to talk from 1 March.", nil),
            .deadline("Vi er klar til at tales ved efter 1. januar.", nil),
            .deadline("Det skal ikke køre før 1. marts.", nil),
            .deadline("Vi skulle have været i drift senest 1. marts 2025.", nil),
            .deadline("Det gamle system blev færdigt 1. november.", nil),
            .deadline("We went live last Friday.", nil), .deadline("Vi startede i fredags.", nil),
            .priceBy("Hvad koster det, og kan vi ses på torsdag?", nil), .deadline("Can you start on 7 December?", nil),
            .priceBy("Vi fik et tilbud sidste uge.", nil), .priceBy("Your quote of 20 November arrived.", nil),
            .deadline("Vi vil gerne i gang, så snart vi kan.", nil),
            .deadline("Chatbotten kom i drift i foråret.", nil),
        ])
    func none(_ fixture: FactCase) throws {
        #expect(try reader.facts(fixture.text)[fixture.name]?.value == nil)
    }
}
