import Mail
import Testing
import Understanding

@Suite("Contacts from sender and signature")
struct ContactTests {
    /// A signature and what is read from it.
    struct Case: Sendable, CustomTestStringConvertible {
        var signature: String
        var title: String?
        var phone: String?
        var company: String?
        var town: String?
        var street: String?
        var testDescription: String { signature }
    }

    @Test(
        "signatures as people write them",
        arguments: [
            Case(
                signature:
                    "Venlig hilsen\nMette Lyngholm, økonomichef\nVestklit Emballage A/S, Kajvej 12, 6950 Ringkøbing\nTlf. 10 40 50 33 | CVR-nr. 91 43 05 25",
                title: "økonomichef", phone: "10 40 50 33", company: "Vestklit Emballage A/S", town: "Ringkøbing"),
            Case(
                signature:
                    "Med venlig hilsen\n\nMette Lyngholm\nIndkøbsansvarlig\n\nVestklit ApS · Kajvej 12 · DK-2100 København Ø\nMobil: +45 10405033",
                title: "Indkøbsansvarlig", phone: "+45 10405033", company: "Vestklit ApS", town: "København Ø"),
            Case(
                signature:
                    "Mvh\nMette Lyngholm – Økonomichef\nVestklit I/S – Kajvej 12 – 8000 Aarhus C\nT: 10 40 50 33 – M: 10 40 50 41",
                title: "Økonomichef", phone: "10 40 50 33", company: "Vestklit I/S", town: "Aarhus C"),
            Case(
                signature: "Hilsen Mette\nDirektør hos Vestklit P/S\nKajvej 12  6950 Ringkøbing\n10 40 50 33",
                title: "Direktør", phone: "10 40 50 33", company: "Vestklit P/S", town: "Ringkøbing"),
            Case(
                signature: "Best regards\nMette Lyngholm\nFinance Manager | Vestklit Ltd.\nPhone: (+45) 1040 5033",
                title: "Finance Manager", phone: "+45 1040 5033", company: "Vestklit Ltd."),
            Case(
                signature:
                    "Kind regards,\nCFO Mette Lyngholm\nVestklit GmbH, 24937 Flensburg\nDirect +49 461 1234 5678",
                title: "CFO", phone: "+49 461 1234 5678", company: "Vestklit GmbH"),
            Case(
                signature:
                    "-- \nMette Lyngholm\nHead of Procurement\nVestklit AB\nTelefon\u{A0}10\u{A0}40\u{A0}50\u{A0}33",
                title: "Head of Procurement", phone: "10 40 50 33", company: "Vestklit AB"),
            Case(
                signature: "Mvh Mette\nVestklit K/S CVR-nr. 24256790\nKajvej 12 6950 Ringkøbing",
                company: "Vestklit K/S",
                town: "Ringkøbing"),
            Case(signature: "Firma: Vestklit IVS\nFax 10 40 50 33", company: "Vestklit IVS"),
            Case(
                signature: "Andelsselskabet Vestklit A.m.b.a.\nPostboks 12\n6950 Ringkøbing Danmark",
                company: "Andelsselskabet Vestklit A.m.b.a.", town: "Ringkøbing"),
            Case(
                signature: "Mvh\nMette\nIndehaver, Vestklit v/ Mette Lyngholm", title: "Indehaver",
                company: "Vestklit v/Mette Lyngholm"),
            Case(signature: "Mvh\nMette\nVestklit ApS, Kajvej 12\n© 2026 Vestklit Emballage", company: "Vestklit ApS"),
            Case(signature: "Mvh\nMette Lyngholm\nFjordtek ApS\nTlf. 10 40 50 17\n7100 Vejle"),
            Case(signature: "Mette Lyngholm\n+45 10 40 50 33,,864213640# Denmark, All locations"),
            Case(signature: "Mette Lyngholm\nMobil/WhatsApp: 10405033", phone: "10405033"),
            Case(
                signature:
                    "Mvh\nMette Lyngholm\nAdm. direktør\nVestklit ApS\nKajvej 12, st. tv.\nDK-6950 Ringkøbing\nM: +45 1040 5033\nE: mly@vestklit.example",
                title: "Adm. direktør", phone: "+45 1040 5033", company: "Vestklit ApS", town: "Ringkøbing",
                street: "Kajvej 12"),
            Case(
                signature: "Mette Lyngholm | Head of Finance | Vestklit A/S | +45 10 40 50 33 | vestklit.example",
                title: "Head of Finance", phone: "+45 10 40 50 33", company: "Vestklit A/S"),
            Case(
                signature:
                    "Kind regards\nMette Lyngholm\nChief Financial Officer\nVestklit Ltd\n12 Harbour Street\nT: +44 (0)20 7946 0018",
                title: "Chief Financial Officer", phone: "+44 20 7946 0018", company: "Vestklit Ltd",
                street: "12 Harbour Street"),
            Case(
                signature:
                    "Hilsen\nMette Lyngholm\nSalgs- og marketingchef\nDirekte tlf.: 10 40 50 33\nStore Kongensgade 40 H 1264 København K",
                title: "Salgs- og marketingchef", phone: "10 40 50 33", town: "København K",
                street: "Store Kongensgade 40 H"),
            Case(
                signature: "Mette Lyngholm\nForretningsfører\nTelefon: 1040 5033 (kl. 8-15)", title: "Forretningsfører",
                phone: "1040 5033"),
            Case(
                signature: "Best\nMette Lyngholm\nSr. Procurement Manager\nVestklit Inc.\nPhone: +1 (415) 555-0132",
                title: "Sr. Procurement Manager", phone: "+1 415 555-0132", company: "Vestklit Inc."),
            Case(
                signature: "Mvh.\nMette Lyngholm – ejer & stifter\nVestklit v/Mette Lyngholm\nTlf: 10.40.50.33",
                title: "ejer & stifter", phone: "10.40.50.33", company: "Vestklit v/Mette Lyngholm"),
            Case(
                signature: "VH\nMette Lyngholm\nTømrermester\n0045 10405033\nNørre Allé 7, 8000 Aarhus C",
                title: "Tømrermester", phone: "0045 10405033", town: "Aarhus C", street: "Nørre Allé 7"),
            Case(
                signature: "Regards\nMette Lyngholm, Key Account Manager\nVestklit AB\nTel.: +46 8 123 456 78",
                title: "Key Account Manager", phone: "+46 8 123 456 78", company: "Vestklit AB"),
            Case(
                signature:
                    "Med venlig hilsen\nMette Lyngholm\nRegnskabschef\nTlf. 10 40 50 33 / 10 40 50 34\nHead Office: Kajvej 12-14",
                title: "Regnskabschef", phone: "10 40 50 33"),
            Case(signature: ""), Case(signature: "Med Venlig Hilsen"), Case(signature: "Best Regards\nMette"),
        ])
    func signature(_ test: Case) {
        let reading = ContactReader.read(.sample(signature: test.signature))
        #expect(reading.contact.name == "Mette Lyngholm")
        #expect(reading.contact.address == "mly@vestklit.example")
        #expect(reading.contact.title == test.title)
        #expect(reading.contact.phone == test.phone)
        #expect(reading.company.name == test.company)
        #expect(reading.company.town == test.town)
        if let street = test.street { #expect(reading.company.street == street) }
        #expect(reading.contact.fromSignature.contains("title") == (test.title != nil))
        #expect(reading.contact.fromSignature.contains("phone") == (test.phone != nil))
    }

    @Test(
        "lines that are something else",
        arguments: [
            "EAN 5790000000000", "CVR-nr. 24 25 67 90", "Reg. 9999 konto 10405033", "Fax: 10 40 50 33",
            "Åbent 0800-1600", "Den 3. maj 2026 kl. 10.30", "mly@vestklit.example", "www.vestklit.example", "Kajvej 12",
            "24256790", "P-nr. 1012697712", "Best regards, same as last time", "Tænk på miljøet før du printer",
        ])
    func nothing(line: String) {
        let reading = ContactReader.read(.sample(signature: line))
        #expect(reading.contact.phone == nil)
        #expect(reading.contact.title == nil)
        #expect(reading.company.name == nil)
        #expect(reading.company.town == nil)
    }

    @Test(
        "display names",
        arguments: [
            ("Mette Lyngholm", "Mette Lyngholm", nil), ("Lyngholm, Mette", "Mette Lyngholm", nil),
            ("Lyngholm, Mette (MLY)", "Mette Lyngholm", nil),
            ("Mette Lyngholm | Vestklit A/S", "Mette Lyngholm", "Vestklit A/S"),
            ("Mette Lyngholm (Vestklit A/S)", "Mette Lyngholm", "Vestklit A/S"),
            ("Vestklit A/S - Mette Lyngholm", "Mette Lyngholm", "Vestklit A/S"),
            ("Mette Lyngholm - Vestklit ApS", "Mette Lyngholm", "Vestklit ApS"), ("Vestklit A/S", nil, "Vestklit A/S"),
            ("Mette Lyngholm, Vestklit A/S", "Mette Lyngholm", "Vestklit A/S"),
            ("Mette Lyngholm (Vestklit)", "Mette Lyngholm", "Vestklit"),
            ("Mette Lyngholm - Vestklit Emballage", "Mette Lyngholm", "Vestklit Emballage"),
            ("Mette Lyngholm (ekstern)", "Mette Lyngholm", nil), ("Mette Lyngholm, CFO", "Mette Lyngholm", nil),
            ("'Mette Lyngholm' via Info", "Mette Lyngholm", nil),
            ("Lyngholm, Mette [Vestklit]", "Mette Lyngholm", "Vestklit"),
            ("mette", "mette", nil), ("Jean-Luc d'Aubigny", "Jean-Luc d'Aubigny", nil),
            ("mly@vestklit.example", nil, nil),
        ] as [(String, String?, String?)])
    func sender(name: String, person: String?, company: String?) {
        let reading = ContactReader.read(.sample(from: Mailbox(name: name, address: "mly@vestklit.example")))
        #expect(reading.contact.name == person)
        #expect(reading.company.name == company)
    }

    @Test("a sender without a name takes it from the signature, and never from the closing")
    func nameFromSignature() {
        let signature = "Med Venlig Hilsen\nMette af Lyngholm\nVestklit A/S"
        let reading = ContactReader.read(.sample(signature: signature, from: Mailbox(address: "info@vestklit.example")))
        #expect(reading.contact.name == "Mette af Lyngholm")
        #expect(reading.contact.fromSignature == ["name"])
        #expect(ContactReader.read(.sample(from: nil)).contact.address == nil)
    }

    @Test("our forwarder's signature tells nothing of the lead")
    func forwarder() {
        let reading = ContactReader.read(
            .sample(forwarderSignature: "Jonas Holm\nSalgschef\nFjordtek ApS\nTlf. 10 40 50 17"))
        #expect(reading.company.name == nil)
        #expect(reading.contact.phone == nil)
    }

    @Test("a lead at the same public provider as the forwarder is no colleague")
    func publicProvider() {
        var letter = Letter.sample(
            signature: "Mvh\nMette Lyngholm\nTlf. 10 40 50 33", from: Mailbox(name: "Mette", address: "mette@gmail.com")
        )
        letter.forwarder = Mailbox(name: "Jonas Holm", address: "fjordtek@gmail.com")
        let reading = ContactReader.read(letter)
        #expect(reading.contact.address == "mette@gmail.com" && reading.contact.phone == "10 40 50 33")
        letter.original.from = Mailbox(name: "Ane", address: "ak@fjordtek.example")
        letter.forwarder = Mailbox(name: "Jonas Holm", address: "jh@fjordtek.example")
        #expect(ContactReader.read(letter).contact.address == nil, "a colleague is not the lead")
    }

    @Test("any signature is read, in time that grows with it", .timeLimit(.minutes(1)))
    func total() {
        for piece in ["A/S ", "6950 R", "+45", " - ", "|", "💶\u{200B}", "Tlf. ", "\u{301}", "direktør hos "] {
            _ = ContactReader.read(.sample(signature: String(repeating: piece, count: 200_000)))
            _ = ContactReader.read(.sample(signature: String(repeating: piece + "\n", count: 100_000)))
            _ = ContactReader.read(
                .sample(from: Mailbox(name: String(repeating: piece, count: 10_000), address: "a@b.c")))
        }
    }
}
