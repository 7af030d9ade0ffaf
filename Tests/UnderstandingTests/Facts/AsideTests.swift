import Testing
import Understanding

@Suite("Services only spoken of")
struct AsideTests {
    private let reader: FactReader

    init() throws { reader = try FactReader() }

    @Test(
        "are no wish and no refusal",
        arguments: [
            FactCase.unsaid("Har I noget med chatbot at gøre?", "chatbot"),
            .unsaid("Hvis vi en dag får brug for en chatbot, ringer vi.", "chatbot"),
            .unsaid("If we ever need training, we will call.", "training"),
            .unsaid("Vores kunde bruger SAP.", "erp"), .none("Vores kunde bruger SAP.", "erp_system"),
            .unsaid("Our customer uses SAP and likes it.", "erp"),
            .unsaid("Jeres konkurrent tilbyder en chatbot.", "chatbot"),
            .unsaid("Your competitor offers a chatbot.", "chatbot"), .unsaid("Vi havde en chatbot.", "chatbot"),
            .unsaid("We used to have a chatbot.", "chatbot"), .unsaid("Vi sælger integrationer.", "erp"),
            .unsaid("We sell chatbots to hotels.", "chatbot"),
            .unsaid("Vi udvikler selv chatbots til banker.", "chatbot"),
            .unsaid("Nobody answers when the posting of invoices stops.", "document-setup"),
            .unsaid("They have never seen your document handling.", "document-setup"),
            .unsaid("Orders and invoices all live in different places.", "document-setup"),
            .unsaid("Vi har betalt jeres fakturaer for oktober.", "document-setup"),
            .unsaid("Hvornår er der frist for bilagene?", "document-setup"),
            .unsaid("Vi skal flytte varer, kunder og ordrer.", "order-intake"),
            .unsaid("We looked at a chatbot last year.", "chatbot"),
            .unsaid("Jeres kursus i sidste uge var godt.", "training"),
            .unsaid("Vi var glade for workshoppen i foråret.", "analysis"),
            .unsaid("Please find attached our purchase order 4711.", "order-matching"),
            .unsaid("It was a pleasure to support this event.", "support"),
            .unsaid("Vi har fået en regning, som vi ikke kan godkende.", "approval"),
            .none("Det haster ikke.", "urgent"), .none("There is no rush, and it is not urgent.", "urgent"),
            .unsaid("Fakturaen er godkendt og betalt.", "approval"),
        ])
    func aside(_ fixture: FactCase) throws {
        #expect(try reader.facts(fixture.text)[fixture.name] == nil)
    }

    @Test(
        "are a wish where something is to be done with them",
        arguments: [
            FactCase.wish("Hvad koster support?", "support"),
            .wish("About 20,000 documents a year are keyed in manually.", "document-setup"),
            FactCase(
                text: "We stopped using Xero last year and now run on e-conomic.", name: "erp_system",
                value: .text("e-conomic")),
            .wish("Bars send us 800 orders a month by e-mail, and we type them.", "order-intake"),
            .wish("Vi får 300 ordrer om ugen på mail, som tastes i hånden.", "order-intake"),
            .wish("Vi drukner i bilag på papir.", "document-setup"),
            .wish("Vi drukner i bilag. Kan I læse dem?", "document-setup"),
            .wish("Det er 900 fakturaer om måneden.", "document-setup"),
            .wish("We would like our invoices read.", "document-setup"),
            .wish("Vores kunder sender ordrer på mail, og vi taster dem.", "order-intake"),
            .wish("Hvis I kan lave en integration til Navision, så send en pris.", "erp"),
            .wish("Vi havde tænkt os en chatbot.", "chatbot"),
            .wish("Vi sælger stole og vil gerne have en chatbot.", "chatbot"),
            .wish("Our customers ask for it, so we need a chatbot.", "chatbot"),
            .wish("Vi mangler en chatbot.", "chatbot"),
        ])
    func wish(_ fixture: FactCase) throws {
        #expect(try reader.facts(fixture.text)[fixture.name]?.value == fixture.value)
    }
}
