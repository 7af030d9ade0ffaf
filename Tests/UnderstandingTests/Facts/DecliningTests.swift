import Testing
import Understanding

@Suite("Services turned down")
struct DecliningTests {
    private let reader: FactReader

    init() throws { reader = try FactReader() }

    @Test(
        "in Danish",
        arguments: [
            FactCase.declined("Hjemmesidens chatbot virker fint, den skal I ikke røre ved.", "chatbot"),
            .declined("Chatbot har vi allerede.", "chatbot"), .declined("Support er ikke aktuelt lige nu.", "support"),
            .declined("Nej tak til undervisning.", "training"), .declined("Måske senere en chatbot.", "chatbot"),
            .declined("Vi venter med undervisningen. Vi venter også med en chatbot.", "chatbot"),
            .declined("Udover datamigrering, som vi selv klarer, skal alt med.", "migration"),
            .declined("Alt skal med bortset fra support.", "support"),
            .declined("Vi vil have det hele med undtagelse af chatbotten.", "chatbot"),
            .declined("Det handler om en chatbot. Den skal ikke med i tilbuddet.", "chatbot"),
            .declined("Hverken chatbot eller support.", "support"),
            .declined("Hverken chatbot eller support.", "chatbot"),
            .declined("Vi skal hverken have undervisning, chatbot eller support.", "chatbot"),
            .declined("Undervisning kan vi godt undvære.", "training"),
            .declined("I kan springe supporten over.", "support"),
            .declined("Der skal ikke være nogen chatbot.", "chatbot"), .declined("Drop workshoppen.", "analysis"),
            .declined("Chatbot er vi ikke klar til endnu.", "chatbot"),
            .declined("Undervisningen klarer vores egen IT-afdeling.", "training"),
            .declined("Vi er interesserede i chatbot, men ikke i support.", "support"),
            .declined("Vi ønsker en pris på alt andet end chatbot.", "chatbot"),
            .declined("Datamigrering har vores IT-partner styr på, så det skal vi ikke bruge.", "migration"),
            .declined("Vi har selv folk, der kan stå for undervisning, så det skal vi ikke bruge.", "training"),
            .declined("Vi har en chatbot, der virker fint, så den har vi ikke brug for.", "chatbot"),
            .declined("Support har vi en aftale om, så det er ikke relevant.", "support"),
            .wish("Vi vil have læst bilag. Support har vi en aftale om, så det skal vi ikke bruge.", "document-setup"),
            .wish("Vi kan ikke undvære support.", "support"),
            .wish("Vi vil ikke kun have en chatbot, men også support.", "chatbot"),
            .wish("Vi vil ikke kun have en chatbot, men også support.", "support"),
            .wish("Vi kan ikke klare datamigreringen selv.", "migration"),
            .wish("Uden support går det ikke.", "support"),
            .wish("Vi har ikke en chatbot, men vil gerne have en.", "chatbot"),
            .declined("Kan vi skære undervisningen helt væk og få en ny pris?", "training"),
            .declined("Supporten beholder vi. I må gerne skære jeres chatbot fra.", "chatbot"),
            .wish("Supporten beholder vi. I må gerne skære jeres chatbot fra.", "support"),
            .wish("Vi vil ikke skære support væk.", "support"), .wish("Support skal skære udgifter væk.", "support"),
        ])
    func danish(_ fixture: FactCase) throws {
        #expect(try reader.facts(fixture.text)[fixture.name]?.value == fixture.value)
    }

    @Test(
        "in English",
        arguments: [
            FactCase.declined("No thanks to the chatbot.", "chatbot"), .declined("Support? No thanks.", "support"),
            .declined("Training is not for now.", "training"), .declined("A chatbot, maybe later.", "chatbot"),
            .declined("Everything except the chatbot.", "chatbot"),
            .declined("Please leave out the training.", "training"),
            .declined("We would rather not have a chatbot.", "chatbot"),
            .declined("We need neither training nor support.", "support"),
            .declined("We won't be needing a chatbot.", "chatbot"), .declined("Skip the workshop.", "analysis"),
            .declined("The data migration is done by our own people.", "migration"),
            .declined("Training isn't necessary.", "training"), .declined("We don't require any support.", "support"),
            .declined("Please exclude data migration from the quote.", "migration"),
            .declined("I don't think we need a workshop.", "analysis"),
            .declined("Data migration will be taken care of by our IT partner.", "migration"),
            .declined("Document reading for now; approval can follow later.", "approval"),
            .declined("We want support but not in the chatbot.", "chatbot"),
            .declined("Our IT partner looks after data migration, so we don't need that.", "migration"),
            .declined("We have a chatbot that works well, so we won't need that.", "chatbot"),
            .wish("We cannot do without support.", "support"), .wish("Not only a chatbot but training too.", "chatbot"),
            .wish("Not only a chatbot but training too.", "training"),
            .wish("We can't do the data migration ourselves.", "migration"),
            .wish("We don't have a chatbot yet but would like one.", "chatbot"),
            .declined("We would like to cut the training out of it.", "training"),
            .declined("Please leave support out and send us a new quote.", "support"),
            .wish("Please don't leave support out.", "support"),
        ])
    func english(_ fixture: FactCase) throws {
        #expect(try reader.facts(fixture.text)[fixture.name]?.value == fixture.value)
    }
}
