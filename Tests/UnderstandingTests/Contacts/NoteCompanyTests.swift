import Mail
import Testing
import Understanding

@Suite("Companies and titles beyond the signature")
struct NoteCompanyTests {
    @Test(
        "our note names the company that the signature leaves out",
        arguments: [
            ("Talte med Mette fra Vestklit på messen.", "Vestklit"),
            ("Talte med Mette fra Vestklit Emballage i går.", "Vestklit Emballage"),
            ("I met Mette from Vestklit at the fair.", "Vestklit"), ("Hun sidder hos Vestklit.", "Vestklit"),
            ("Det er Thyge Tøj ApS, CVR 96967519.", "Thyge Tøj ApS"),
            ("Ring til Møller og Søn A/S om det.", "Møller og Søn A/S"), ("Fra Havn & Co. I/S.", "Havn & Co. I/S"),
            ("This is Marlow Toys Ltd, I think.", "Marlow Toys Ltd"),
        ])
    func named(_ note: String, _ company: String) {
        #expect(ContactReader.read(.sample(note: note)).company.name == company)
    }

    @Test(
        "a place, a day or our own house is no company of the lead's",
        arguments: [
            "Talte med Mette fra Herning.", "Mette fra messen i Herning.", "Hun vender tilbage fra Mandag.",
            "Vi i Fjordtek ApS har talt med hende.", "Svar fra Jonas.", "Det er en A/S.", "Se nedenfor.", "",
        ])
    func unnamed(_ note: String) { #expect(ContactReader.read(.sample(note: note)).company.name == nil) }

    @Test("the signature knows better than the note")
    func signature() {
        let letter = Letter.sample(signature: "Vestklit Emballage A/S", note: "Mette fra Vestklit.")
        #expect(ContactReader.read(letter).company.name == "Vestklit Emballage A/S")
    }

    @Test(
        "a postcode goes with its town",
        arguments: [
            ("Kajvej 12, 6950 Ringkøbing", "6950", "Ringkøbing"), ("DK-2100 København Ø", "2100", "København Ø"),
            ("Kajvej 12 0800 Høje Taastrup", "0800", "Høje Taastrup"),
        ])
    func postcode(_ signature: String, _ postcode: String, _ town: String) {
        let company = ContactReader.read(.sample(signature: signature)).company
        #expect(company.postcode == postcode && company.town == town)
        #expect(company.place == "\(postcode) \(town)")
    }

    @Test(
        "of a title in two languages the one of the mail is taken",
        arguments: [
            ("da", "Økonomichef / Finance Manager", "Økonomichef"),
            ("en", "Økonomichef / Finance Manager", "Finance Manager"),
            ("da", "Head of Sales | Salgschef", "Salgschef"), ("en", "Indehaver\nOwner", "Owner"),
            ("en", "Økonomichef", "Økonomichef"), ("da", "CFO", "CFO"),
        ])
    func title(_ language: String, _ signature: String, _ title: String) {
        var letter = Letter.sample(signature: signature)
        letter.language = language
        #expect(ContactReader.read(letter).contact.title == title)
    }
}
