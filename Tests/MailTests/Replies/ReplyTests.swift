import Testing

@testable import Mail

/// An answer of somebody outside.
func reply(_ text: String, html: Bool = false) throws -> Letter {
    try letter(
        """
        From: Bo Lund <bo@lundel.example>
        Subject: SV: Tilbud
        Content-Type: text/\(html ? "html" : "plain"); charset=utf-8

        \(text)
        """)
}

@Suite("New text, quotation and signature")
struct ReplyTests {
    @Test(
        "introductions of quotations in Danish and English",
        arguments: [
            "Den tir. 24. nov. 2026 kl. 10.12 skrev Jonas Holm <jh@fjordtek.example>:",
            "Den 24. november 2026 kl. 10.12 skrev Jonas Holm\n<jh@fjordtek.example>:",
            "On Tue, Nov 24, 2026 at 10:12 AM Jonas Holm <jh@fjordtek.example> wrote:",
            "Jonas Holm <jh@fjordtek.example> skrev den 24. november 2026:",
        ])
    func introductions(_ line: String) throws {
        let read = try reply("Ja tak.\n\n\(line)\n\n> Vil I have det?")
        #expect(read.text == "Ja tak." && read.quoted.contains("Vil I have det?") && read.exchanges.isEmpty)
    }

    @Test(
        "an introduction in one line with the answer takes nothing of it",
        arguments: [
            ("Ja tak, det passer fint.", "Den 24. nov. 2026 kl. 10.12 skrev Jonas Holm <jh@fjordtek.example>:"),
            ("Vi er 25. Den 3. maj passer.", "Den tir. 24. nov. 2026 kl. 10.12 skrev Jonas\n<jh@fjordtek.example>:"),
            ("Hej\n\nHvornår?", "Den 24. november 2026 kl. 10.12 skrev Jonas Holm:"),
            ("Yes, please!", "On Tue, Nov 24, 2026 at 10:12 AM Jonas Holm <jh@fjordtek.example> wrote:"),
        ])
    func joined(_ answer: String, _ introduction: String) throws {
        let read = try reply("\(answer) \(introduction)\n\n> Vil I have det?\n>\n> Mvh Jonas")
        #expect(read.text == answer && read.exchanges.isEmpty)
        #expect(read.quoted == "\(introduction)\n\n> Vil I have det?\n>\n> Mvh Jonas")
    }

    @Test(
        "a sentence that speaks of a letter is not divided",
        arguments: [
            "Se her. Den løsning, som jh@fjordtek.example skrev om, er fin:",
            "Vi svarer. Den 24. november skrev I:",
            "Vi siger ja. Den 24. november kl. 10.12 skrev jh@fjordtek.example det.",
        ])
    func undivided(_ sentence: String) throws {
        let lines = TextLine.lines(of: Array("\(sentence)\n\n> Vil I have det?".utf8))
        #expect(JoinedIntroduction.divided(lines).count == lines.count)
        let open = TextLine.lines(
            of: Array("Ja. Den 24. nov. 2026 kl. 10.12 skrev Jonas <jh@fjordtek.example>:\n\nVil I?".utf8))
        #expect(JoinedIntroduction.divided(open).count == open.count)
    }

    @Test("an answer below the whole mail is the new text alone")
    func bottom() throws {
        let read = try reply(
            "Den 24. november 2026 skrev Jonas:\n> Hej Bo\n>\n> Passer uge 49?\n\nDet gør den.\n\nMvh Bo")
        #expect(read.text == "Det gør den." && read.signature == "Mvh Bo" && read.exchanges.isEmpty)
        #expect(read.quoted.hasPrefix("Den 24. november") && read.quoted.hasSuffix("Passer uge 49?"))
    }

    @Test(
        "an answer below the mail is the text though a signature stands above it",
        arguments: ["Mvh Bo Lund", "Sendt fra min iPhone", "-- \nBo Lund"])
    func signatureAbove(_ signature: String) throws {
        let quotation = "Den 24. november 2026 skrev Jonas:\n> Hvor mange brugere?\n>\n> Mvh Jonas"
        let read = try reply("\(signature)\n\n\(quotation)\n\nVi er 25.")
        #expect(read.text == "Vi er 25." && read.signature.hasSuffix(signature.suffix(6)) && read.exchanges.isEmpty)
        // Where something is said above, what stands below it is as before.
        let both = try reply("Ja tak.\n\n\(quotation)\n\nVi er 25.")
        #expect(both.text == "Ja tak.\n\nVi er 25.")
    }

    @Test(
        "a postscript is said, not signed",
        arguments: ["PS. Vi skal også bruge support.", "P.S. We need support as well.", "Ps: husk også\nsupport"])
    func postscript(_ postscript: String) throws {
        let read = try letter(
            "From: a@b.example\nSubject: x\n\nVi vil have en pris.\n\nMvh\nBo Lund\n\n\(postscript)\n\nDenne e-mail er scannet."
        )
        #expect(read.text == "Vi vil have en pris.\n\n\(postscript)")
        #expect(read.signature.hasPrefix("Mvh\nBo Lund") && read.signature.hasSuffix("scannet."))
        #expect(!read.signature.contains("support"))
    }

    @Test("a company whose name begins like a postscript stays in the signature")
    func companyLikePostscript() throws {
        let read = try reply("Ja tak.\n\nMvh\nBo Lund\nPS Entreprise og Anlæg ApS\nCVR 24256790")
        #expect(read.text == "Ja tak." && read.signature.hasSuffix("CVR 24256790"))
    }

    @Test("a quoted line that was broken in sending is no answer, however it goes on")
    func brokenLines() throws {
        let quotation = """
            > Vi har 900 fakturaer om måneden, og de bliver alle tastet ind i Business
            Central i hånden.
            >
            > Kan I sige mig, hvor mange afdelingsledere der skal kunne godkende dem fra
            telefonen?
            """
        let top = try reply("Fjorten.\n\nDen 24. nov. 2026 skrev Jonas:\n\(quotation)")
        #expect(top.text == "Fjorten." && top.exchanges.isEmpty && top.quoted.contains("telefonen?"))
        let below = try reply("Den 24. nov. 2026 skrev Jonas:\n\(quotation)\n\nFjorten.")
        #expect(below.text == "Fjorten." && below.exchanges.isEmpty)
        let answered = try reply("> Hvor mange afdelingsledere skal kunne godkende fakturaer fra telefonen?\nFjorten.")
        #expect(answered.exchanges.map(\.answer) == ["Fjorten."])
        let within = try reply(
            "> Skriv gerne antal brugere og hvilken dato I regner med at skulle starte op\n25 stk, 1. december\n> Og hvem er kontakt\nMette Lyng, indkøb"
        )
        #expect(within.exchanges.map(\.answer) == ["25 stk, 1. december", "Mette Lyng, indkøb"])
        #expect(
            try reply("Vi har brug for:\nRAM>16 GB\nCPU>4 kerner").text == "Vi har brug for:\nRAM>16 GB\nCPU>4 kerner")
        #expect(try reply("Ja.\n\nJH> Er I klar?\nJH>> Hvornår?").text == "Ja.")
    }

    @Test("a link that was broken in sending is no answer, a short word below one is")
    func brokenLink() throws {
        let quotation = "> Se prisen (https://fjordtek.example/tilbud/lundel\n/licenser?nr=4711)\n>\n> Mvh Jonas"
        let read = try reply("Ja tak.\n\nDen 24. nov. 2026 kl. 10.12 skrev jh@fjordtek.example:\n\(quotation)")
        #expect(read.text == "Ja tak." && read.exchanges.isEmpty && read.quoted.contains("nr=4711)"))
        let answered = try reply("> Er det (https://fjordtek.example/tilbud) eller (https://x.example\nJa\n> I ser på?")
        #expect(answered.exchanges.map(\.answer) == ["Ja"])
    }

    @Test("a header below a rule is quoted, a blank line between them or not, and in bold below dashes")
    func rules() throws {
        let dashes = String(repeating: "-", count: 30)
        let bold = "*Fra:* Jonas Holm\n*Sendt:* 24-11-2026\n*Til:* Bo Lund\n*Emne:* Pris\n\nHej"
        #expect(try reply("Ja tak.\n\n\(dashes)\n\n\(bold)").text == "Ja tak.")
        let plain = "Fra: Jonas Holm\nSendt: 24-11-2026\nTil: Bo Lund\nEmne: Pris\n\nHej"
        #expect(try reply("Ja tak.\n\n\(dashes)\n\(plain)").text.hasSuffix("Hej"))
        let read = try reply("Ja tak.\n\nMvh\nBo\n________________\n\n\(plain)")
        #expect(read.text == "Ja tak." && read.signature == "Mvh\nBo" && read.quoted.hasPrefix("____"))
        for words in ["------ Original besked ------", "-----Oprindelig aftale-----"] {
            let marked = "\(words)\nFra: Jonas Holm <jh@x.example>\nSendt: 24-11-2026\nEmne: Pris\n\nHej"
            #expect(try reply("Ja tak.\n\n\(marked)").text == "Ja tak.")
        }
        // A parcel between two towns is none.
        let parcel = "Fra: Padborg\nTil: Taulov\nDato: 13. november 2026\nEmne: 22 paller"
        #expect(try reply("Hej\n\n\(dashes)\n\(parcel)\n\nKan I køre den?").text.hasSuffix("Kan I køre den?"))
    }

    @Test(
        "a name ends a letter without a greeting",
        arguments: [
            "/Bo", "/ Bo", "//Bo", "/Mette Holm", "/BL", "- Bo", "-Bo Lund", "Bo Lund", "Bo",
            "Bo Lund, direktør\nLund El ApS\nTlf. 10 40 50 17", "/Bo\n\nSendt fra min iPhone",
            "Bo\n\nSendt fra min iPhone",
        ])
    func signOffs(_ signature: String) throws {
        let read = try reply("Hej Jonas\n\nVi tager de 25 licenser.\n\n\(signature)")
        #expect(read.text == "Hej Jonas\n\nVi tager de 25 licenser." && read.signature == signature)
    }

    @Test(
        "and what only looks like one is said",
        arguments: [
            "/moms", "/25", "- Ja", "-Support", "/var/mail", "Bo Lund, Mette og Eva skal have adgang",
            "Bo Lund skal have adgang.", "Mette", "Bo Lund\nEva Krag\nDe to skal have adgang fra i morgen.",
            "Bo Lund\nbo@lundel.example\nVi vil gerne have en pris på 25 licenser",
            "Disse skal have adgang:\nBo Lund\nEva Krag", "Disse skal have adgang:\n\nBo Lund\nEva Krag",
            "Kontakt hos os er\nBo Lund\n10 40 50 17", "Vi skal bruge\n- support\n- Bo",
            "Mvh. aftalen\nVi tager 25 licenser",
            "Sendt med posten\n\nVi tager 25", "Tak igen\n\nVi mangler 25 licenser",
        ])
    func noSignOffs(_ line: String) throws {
        #expect(try reply("Hej Jonas\n\n\(line)").text == "Hej Jonas\n\n\(line)")
    }

    @Test(
        "closings start the signature",
        arguments: ["Mvh", "Med venlig hilsen", "Venlig hilsen", "Best regards", "Kind regards,", "-- "])
    func closings(_ closing: String) throws {
        let read = try letter(
            "From: a@b.example\nSubject: x\n\nVi vil have en pris.\n\n\(closing)\nBo Lund\nLund El ApS")
        #expect(read.text == "Vi vil have en pris." && read.signature.contains("Lund El ApS"))
    }
}
