import CVR
import Mail
import Testing
import Understanding

/// Enquiry forms of websites, as their makers send them on.
@Suite("Web forms")
struct WebFormTests {
    private static let website = Mailbox(name: "Hjemmesiden", address: "noreply@fjordtek.example")
    private static let service = Mailbox(name: "Formpost", address: "notifications-noreply@formpost.example")

    private static let lines = """
        Navn: Mette Lyngholm
        Firma: Vestklit Emballage
        E-mail: mly@vestklit.example
        Telefon: 10 40 50 33
        Besked:
        Hej, hvad koster en chatbot?
        """

    /// A text and what the form in it tells.
    struct Case: Sendable, CustomTestStringConvertible {
        var testDescription: String
        var text: String
        var name: String? = "Mette Lyngholm"
        var company: String? = "Vestklit Emballage"
        var address: String? = "mly@vestklit.example"
        var phone: String? = "10 40 50 33"
        var street: String?
        var town: String?
    }

    @Test(
        "forms as their makers send them",
        arguments: [
            Case(testDescription: "a field on a line", text: lines),
            Case(
                testDescription: "rows of a table",
                text:
                    "Ny henvendelse\n\nNavn  Mette Lyngholm\nFirma  Vestklit Emballage\nE-mail  mly@vestklit.example\nTelefon  10 40 50 33"
            ),
            Case(
                testDescription: "values below their labels",
                text:
                    "Navn\nMette Lyngholm\n\nFirmanavn\nVestklit Emballage\n\nDin e-mail\nmly@vestklit.example\n\nTelefonnummer\n10405033",
                phone: "10405033"),
            Case(
                testDescription: "bold labels, asterisks for what must be filled in",
                text:
                    "*Fornavn (skal udfyldes)*: Mette\n*Efternavn* *: Lyngholm\n*Virksomhed:* Vestklit Emballage\n*Mail*: mly@vestklit.example\n*Tlf.nr.:* 10 40 50 33"
            ),
            Case(
                testDescription: "in English, with a link",
                text:
                    "Full name: Mette Lyngholm\nCompany: Vestklit Emballage\nYour e-mail: mly@vestklit.example<mailto:mly@vestklit.example>\nPhone number: +45 10405033",
                phone: "+45 10405033"),
            Case(
                testDescription: "the place in one field",
                text: lines + "\nAdresse: Kajvej 12, 6950 Ringkøbing", street: "Kajvej 12", town: "Ringkøbing"),
            Case(
                testDescription: "the place in three fields",
                text: lines + "\nAdresse: Kajvej 12\nPostnr.: 6950\nBy: Ringkøbing", street: "Kajvej 12",
                town: "Ringkøbing"),
            Case(
                testDescription: "what was left empty",
                text: "Navn: Mette Lyngholm\nFirma: -\nTelefon:\nSamtykke: ja, 10 40 50 33\nE-mail: m@x.example",
                company: nil, address: "m@x.example", phone: nil),
            Case(
                testDescription: "name and address in one field",
                text: "Fra: Mette Lyngholm <mly@vestklit.example>\nEmne: Chatbot\n\nMeddelelse:\nRing på 10 40 50 33.",
                company: nil, phone: nil),
            Case(
                testDescription: "the same without brackets",
                text: "From: Mette Lyngholm mly@vestklit.example\nSubject: Chatbot\n\nMessage Body:\nCall me.",
                company: nil, phone: nil),
            Case(
                testDescription: "other questions between, and what runs the website below",
                text:
                    "Navn\nMette Lyngholm\nAntal fakturaer pr. måned\n450\nFirma\nVestklit Emballage\nE-mail\nmly@vestklit.example\nBesked\nHej\n\nKlikbureauet\nVestergade 1\nTlf.: 70 20 30 40\nE-mail: info@klik.example",
                phone: nil),
            Case(
                testDescription: "fields below the message",
                text:
                    "Navn: Mette Lyngholm\nBesked: Hej\nRing gerne\nFirma: Vestklit Emballage\nE-mail: mly@vestklit.example",
                phone: nil),
            Case(
                testDescription: "the first value of a field counts",
                text: lines + "\n\nRing til min kollega\nNavn: Bo Vig\nTelefon: 10 40 50 44"),
        ])
    func form(_ test: Case) throws {
        for sender in [Self.website, Self.service] {
            let letter = Letter.sample(
                text: test.text, signature: "Formpost ApS\nCVR 13748136\nTlf. 10 40 50 99", from: sender)
            #expect(letter.linked().status == .none, "the number below is that of who runs the website")
            let reading = ContactReader.read(letter)
            #expect(reading.contact.name == test.name)
            #expect(reading.contact.address == test.address)
            #expect(reading.contact.phone == test.phone)
            #expect(reading.company.name == test.company)
            #expect(reading.company.street == test.street)
            #expect(reading.company.town == test.town)
            #expect(letter.writer == Mailbox(name: test.name, address: test.address ?? ""))
            #expect(letter.introducible == nil, "anybody can write anything in a form")
        }
    }

    @Test("fields behind the visitor's closing belong to the form")
    func belowClosing() {
        let letter = Letter.sample(
            text: "Navn: Mette Lyngholm\nBesked: Hej, hvad koster en chatbot?",
            signature: "Mvh\nMette\nFirma: Vestklit Emballage\nCVR: 24256790\nE-mail: mly@vestklit.example",
            from: Self.website)
        #expect(letter.writer == Mailbox(name: "Mette Lyngholm", address: "mly@vestklit.example"))
        #expect(letter.linked().number == CVRNumber("24256790"))
    }

    @Test(
        "whose a number in a form is",
        arguments: [
            ("CVR: 24256790", "linked"), ("CVR-nummer\n\n24256790", "linked"), ("CVR/SE-nr.  24256790", "linked"),
            ("VAT number: DK24256790\nVores leverandør i dag: Scanflow", "linked"),
            ("Besked: Vi er Vestklit Emballage, CVR 24256790", "linked"),
            ("Besked: Hej\nVores CVR er 24256790.", "linked"),
            ("Besked: Hej\n\nFormpost A/S | CVR 24256790 | 10405099", "ambiguous"),
            ("Leverandør i dag: Thyge Tøj, CVR 24256790", "none"), ("Kundenummer: 24256790", "none"),
        ])
    func number(line: String, status: String) {
        let letter = Letter.sample(text: Self.lines.prefix { $0 != "T" } + line, from: Self.website)
        #expect(letter.linked().status.rawValue == status)
    }

    @Test("a form may come from any address, where nothing but its fields stands in the mail")
    func anySender() {
        for address in ["info@klik.example", "leads@klik.example", "mly@vestklit.example"] {
            let letter = Letter.sample(text: "Nyt lead\n\n" + Self.lines, from: Mailbox(address: address))
            #expect(letter.writer == Mailbox(name: "Mette Lyngholm", address: "mly@vestklit.example"))
            #expect(ContactReader.read(letter).contact.phone == "10 40 50 33")
        }
    }

    @Test("who lists their own data writes for themselves, and signs as anybody")
    func ownData() {
        let mette = Mailbox(name: "Mette", address: "mly@vestklit.example")
        for greeting in ["", "Hej Jonas\n\nHer er vores oplysninger:\n"] {
            let letter = Letter.sample(
                text: greeting + Self.lines.dropFirst("Navn: Mette Lyngholm\n".count),
                signature: "Mvh Mette\nIndkøbschef\nVestklit\nCVR 24256790", from: mette)
            #expect(letter.linked().number == CVRNumber("24256790"))
            #expect(letter.introducible == mette)
            let reading = ContactReader.read(letter)
            #expect(reading.contact.name == "Mette" && reading.contact.title == "Indkøbschef")
            #expect(reading.contact.phone == "10 40 50 33" && reading.contact.fromForm == ["phone"])
            #expect(reading.company.name == "Vestklit Emballage")
        }
        let supplier = Letter.sample(
            text: Self.lines + "\nVores leverandør er\nThyge Tøj ApS, CVR 24256790.",
            from: Mailbox(address: "mly@vestklit.example"))
        #expect(supplier.linked().status != .linked, "its lines are prose")
    }

    @Test(
        "what is no form",
        arguments: [
            (
                "Hej Jonas\n\nHer er, hvem I kan ringe til:\n" + lines,
                Mailbox(name: "Otto Vig", address: "otto@vigtag.example")
            ),
            ("Navn: Mette\nE-mail: mly@vestklit.example", Mailbox(name: "Otto Vig", address: "otto@vigtag.example")),
            ("Din faktura er klar.\nKundenummer: 4711\nE-mail: mly@vestklit.example", website),
            ("Navn: Mette Lyngholm\nFirma: Vestklit Emballage", website), ("", website),
            ("Navn og e-mail mangler: ring til Mette på 10 40 50 33", website),
            ("E-mail: @\nNavn: Mette", website), ("E-mail: mly@vestklit\nNavn: Mette", website),
        ])
    func noForm(text: String, sender: Mailbox) {
        let letter = Letter.sample(text: text, from: sender)
        #expect(letter.webForm == nil)
        #expect(letter.writer == sender)
        #expect(ContactReader.read(letter).contact.address == (sender == Self.website ? nil : sender.address))
    }

    @Test("who called is read from a notice, and who wrote through a service")
    func passedOn() {
        let voicemail = Letter.sample(
            text: "Du har en ny telefonsvarerbesked.\nFra: 10 40 50 33 (10405033)\nVarighed: 0:41",
            signature: "Flexfone A/S\nTlf. 70 20 30 40",
            from: Mailbox(name: "Flexfone", address: "voicemail@flexfone.example"))
        #expect(ContactReader.read(voicemail).contact.phone == "10 40 50 33")
        #expect(ContactReader.read(voicemail).contact.name == nil)
        let message = Letter.sample(
            from: Mailbox(name: "Mette Lyngholm via Netværk", address: "messages-noreply@net.example"))
        #expect(ContactReader.read(message).contact.name == "Mette Lyngholm")
    }

    @Test("a machine's address stands for no company, a person's does")
    func introducible() {
        for address in [
            "no-reply@vestklit.example", "messages-noreply@vestklit.example", "postmaster@vestklit.example",
        ] {
            #expect(Letter.sample(from: Mailbox(address: address)).introducible == nil)
        }
        let person = Mailbox(address: "reply@vestklit.example")
        #expect(Letter.sample(from: person).introducible == person)
    }

    @Test("the visitor's address is known, and the words that say so are where it stands in the text")
    func known() throws {
        let letter = Letter.sample(text: Self.lines, from: Self.website)
        let link = letter.linked(.of(address: ["24256790"]))
        #expect(link.ground == .knownAddress && link.number == CVRNumber("24256790"))
        let evidence = try #require(link.evidence)
        #expect(evidence.section == .text && evidence.text == "mly@vestklit.example")
        let words = Array(Self.lines.utf8)[evidence.offset..<evidence.offset + evidence.length]
        #expect(Array(words) == Array(evidence.text.utf8))
    }

    @Test("the number of a company that is called otherwise than the visitor's is not theirs for certain")
    func otherCompany() {
        let text = Self.lines + "\nVi bruger i dag Thyge Tøj ApS, CVR 24256790, men vil skifte."
        #expect(Letter.sample(text: text, from: Self.website).linked().status != .linked)
    }

    @Test("any text is looked through for a form, in time that grows with it", .timeLimit(.minutes(1)))
    func total() {
        for piece in ["Navn:", "E-mail: ", "a@", "  ", "*", "\t", ":\n", "Navn  \n", "💶\u{301}", "@.\n"] {
            for count in [1, 50, 200_000] {
                _ = Letter.sample(text: String(repeating: piece, count: count), from: Self.website).webForm
            }
        }
    }
}
