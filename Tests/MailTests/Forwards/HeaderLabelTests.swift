import Testing

@testable import Mail

@Suite("Labels of headers within a text")
struct HeaderLabelTests {
    @Test("every language has the four that clients always write, and each label is read", arguments: HeaderLabels.rows)
    func rows(_ row: HeaderLabels.Row) throws {
        for (label, words) in row.labels {
            if label != .cc && label != .other { #expect(!words.isEmpty, "\(row.language): \(label)") }
            for word in words {
                let read = try #require(HeaderLabels.read(TextLine(octets: "\(word): a".octets)), "\(word)")
                #expect(word == Folding.text(word.utf8), "\(word) is not in lower case")
                #expect(read.value.string == "a")
                // A word that two languages use otherwise keeps the meaning of the first.
                let first = HeaderLabels.rows.lazy.flatMap(\.labels).first { $0.1.contains(word) }
                #expect(read.label == first?.0)
            }
        }
    }

    @Test(
        "in the forms that clients write them",
        arguments: [
            "Fra: Mette", "FRA:Mette", "*Fra:* Mette", "  Fra : Mette ", "_Fra:_ Mette", "*Fra: *Mette",
        ])
    func forms(_ line: String) throws {
        let read = try #require(HeaderLabels.read(TextLine(octets: line.octets)))
        #expect(read.label == .from && read.value.string == "Mette")
    }

    @Test(
        "other lines are none",
        arguments: ["Fra Mette", "Hej:", "", ":", "Fra i dag gælder: nye priser", "> Fra: Mette"])
    func others(_ line: String) {
        #expect(HeaderLabels.read(TextLine(octets: line.octets)) == nil)
    }
}

@Suite("Headers within a text")
struct HeaderBlockTests {
    private func header(_ text: String) -> HeaderBlock? {
        HeaderBlock(TextLine.lines(of: Array(text.utf8))[...], at: 0)
    }

    @Test("every language's own is read, with its values", arguments: HeaderLabels.rows)
    func languages(_ row: HeaderLabels.Row) throws {
        let cc = row.cc.first.map { "\n\($0): c@x.example" } ?? ""
        let text = """
            \(row.from[0]): Mette <m@x.example>
            \(row.date[0]): 23.11.2026 14:37
            \(row.to[0]): b@y.example\(cc)
            \(row.subject[0]): Pris

            Hej
            """
        let block = try #require(header(text))
        #expect(block.fieldCount == 4 && block.hasSenderAddress && block.values[.subject]?.string == "Pris")
        #expect(block.end == 4 + (cc.isEmpty ? 0 : 1))
    }

    @Test(
        "long values go on in the next line",
        arguments: [
            "Fra: Mette Holm\n<m@x.example>\nSendt: 23. november 2026\nTil: b@y.example\nEmne: Pris",
            "Fra: Mette Holm <m@x.example>\nSendt: 23. november 2026\nTil: a@y.example;\nb@y.example\nEmne: Pris",
            "Fra: Mette Holm <m@x.example>\n\nSendt: 23. november 2026\n\nTil: b@y.example\n\nEmne: Pris",
        ])
    func continued(_ text: String) throws {
        let block = try #require(header(text + "\n\nHej"))
        #expect(block.fieldCount == 4 && block.hasSenderAddress && block.values[.subject]?.string == "Pris")
    }

    @Test("the text below it is no part of it")
    func end() throws {
        let block = try #require(header("Fra: m@x.example\nSendt: i går\nTil: b@y.example\nEmne: Pris\nHej\nTil: dig"))
        #expect(block.end == 4 && block.values[.subject]?.string == "Pris")
    }

    @Test(
        "a text that merely holds such lines is none",
        arguments: ["Fra: København\nvi sender mandag", "Til: Mette\nEmne: Pris", "Emne: Priser\n\nVi vil gerne", ""])
    func none(_ text: String) {
        #expect(header(text) == nil)
    }

    @Test(
        "a mail was sent by it where it names an address, or somebody and the hour",
        arguments: [
            ("Fra: Mette <m@x.example>\nDato: i går\nTil: Bo", true), ("Fra: m@x.example\nEmne: Pris\nTil: Bo", true),
            ("Afsender: Mette <m@x.example>\nModtager: Bo <b@y.example>\nEmne: Pris\nDato: 23-11-2026 14:37", true),
            ("Afsender: Vejle Lager\nModtager: Lund El ApS\nEmne: 22 paller\nDato: 13. november 2026", false),
            ("Fra: Mette Holm\nSendt: 23. november 2026 14:37\nTil: Bo Lund\nEmne: Pris", true),
            ("From: Mette\nSent: Monday, November 23, 2026 2:37 PM\nTo: Bo\nSubject: Price", true),
            ("Fra: Padborg, port 4\nTil: Taulov\nDato: 13. november 2026\nEmne: 22 paller", false),
            ("Fra: 07:00\nTil: 15:00\nDato: 16.11.2026\nEmne: dagvagt", false),
            ("Til: Salget\nFra: Jonas\nDato: 5. november 2026 kl. 10.12\nEmne: Ny konkurrent", false),
            ("Fra: Vejle\nTil: Herning\nDato: 5. november 2026 kl. 7.30", false),
        ])
    func ofMail(_ text: String, _ isOfMail: Bool) throws {
        #expect(try #require(header(text)).isOfMail == isOfMail)
        let read = try reply("Hej\n\n\(text)\n\nKan I læse det?")
        #expect((read.text == "Hej") == isOfMail)
    }

    @Test("what it takes is bounded, however long the list of recipients", arguments: [50, 500, 50_000])
    func bounded(_ count: Int) throws {
        let recipients = String(repeating: "Bo <b@y.example>;\n", count: count)
        let block = try #require(
            header("Fra: m@x.example\nSendt: 1.2.2026\nTil: a@y.example;\n\(recipients)Emne: Pris"))
        #expect(block.end <= 200)
    }

    @Test("labels behind each other in one line, as Yahoo writes them")
    func folded() throws {
        let text = "Fra: Mette <m@x.example>Til: b@y.example Sendt: 2. november 2021 09.26.50 CETEmne: Pris".octets
        let block = try #require(HeaderBlock(folded: text, end: 1))
        #expect(block.fieldCount == 4 && block.language == "da" && block.values[.subject]?.string == "Pris")
        let copied = try #require(
            HeaderBlock(folded: "Fra: a Kopi til: b@y.example Emne: c Sendt: 1.2.2026".octets, end: 1))
        #expect(copied.values[.cc]?.string == "b@y.example" && copied.values[.to] == nil)
        #expect(HeaderBlock(folded: "Mette skriver Fra: a Til: b Emne: c".octets, end: 1) == nil)
    }

    @Test(
        "in one line too a colon may stand behind a space, and the copy's label is that of every language",
        arguments: [
            (
                "De : Mette <m@x.example>À : b@y.example <b@y.example>Cc : c@y.example <c@y.example>Envoyé : 2 novembre 2021, 09:26:50 UTC+1Objet : Pris",
                "fr"
            ),
            (
                "Kimden: Mette <m@x.example>Kime: b@y.example <b@y.example>Cc: c@y.example <c@y.example>Gönderilen: 2 Kasım 2021 Salı 09:26:50 GMT+1Konu: Pris",
                "tr"
            ),
        ])
    func foldedVariants(_ text: String, _ language: String) throws {
        let block = try #require(HeaderBlock(folded: text.octets, end: 1))
        #expect(block.fieldCount == 4 && block.language == language && block.values[.subject]?.string == "Pris")
        #expect(block.values[.to]?.string == "b@y.example <b@y.example>")
        #expect(block.values[.cc]?.string == "c@y.example <c@y.example>")
    }

    @Test(
        "an address that was broken off behind its bracket goes on in the next line",
        arguments: ["Fra: Mette Holm [mailto:\nm@x.example]", "*Fra:* Mette Holm <\n m@x.example>"])
    func brokenAddress(_ from: String) throws {
        let block = try #require(header("\(from)\nSendt: 23.11.2026\nTil: Bo <\nb@y.example>\nEmne: Pris\n\nHej"))
        #expect(block.fieldCount == 4 && block.end == 6)
        #expect(
            block.values[.from].map(MailboxText.list) == [Mailbox(name: "Mette Holm", address: "m@x.example")])
        #expect(block.values[.to].map(MailboxText.list) == [Mailbox(name: "Bo", address: "b@y.example")])
    }
}
