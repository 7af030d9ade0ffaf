import Testing

@testable import Mail

@Suite("Ends of a letter")
struct SignatureTests {
    @Test(
        "words that end a letter",
        arguments: [
            "Mvh", "MVH,", "M.v.h. Bo", "Med venlig hilsen", "Med venlig hilsen / Best regards",
            "Venlig hilsen Bo Lund",
            "De bedste hilsner", "VH", "Hilsen Bo", "På forhånd tak", "Best regards,", "Kind regards", "Regards, Bo",
            "Cheers",
            "Thanks!", "Yours sincerely", "Mit freundlichen Grüßen", "MfG", "Med vänliga hälsningar",
            "Med vennlig hilsen",
            "Met vriendelijke groet,", "Cordialement", "  mvh  ", "Mvh.", "Vh. Bo", "Hilsen.", "Venlig hilsen. Bo",
            "mvh bo", "m.v.h. bo lund", "Hilsen herfra", "Hilsen :)", "Mvh :-) Bo", "Mvh\tBo", "- mvh Bo",
            "*Med venlig hilsen*", "_Mvh Bo_", "Med venlige hilsener", "Med venlig hilsen fra Bo", "Hilsen Bo og Eva",
            "Mvh Bo & Eva", "Mvh. Bo Lund, Lund El ApS", "Med venlig hilsen på vegne af Lund El",
            "De bedste hilsner fra Lund El", "Med venlig hilsen | Best regards", "Med venlig hilsen - Kind regards",
            "Med venlig hilsen / Med vennlig hilsen / Med vänlig hälsning", "Venligst Bo", "Hav en god dag!",
            "Tak for hjælpen", "Thanks again,", "Warmly,", "Saludos cordiales",
        ])
    func closings(_ line: String) {
        #expect(Closings.isClosing(line.octets))
    }

    @Test(
        "prose is none",
        arguments: [
            "Hilsen fra os alle til jer i huset og tak.", "Best price wins", "Thanks for your offer.",
            "Mange tak for mailen.",
            "Bestil 18 licenser", "Tak", "", " ", "Kr 500", "Thank you for the quick reply", "hilsen på vegne af alle",
            "Venligst bekræft", "Kindly advise", "Hilsen til Mette fra os", "Vi ses på mandag kl. 10", "Best før dato",
            "Regards the price", "Hilsen er modtaget og læst", "Med venlig hilsen skal der stå nederst",
            "Tak for hjælpen i går",
            "Mvh 25 brugere",
        ])
    func prose(_ line: String) {
        #expect(!Closings.isClosing(line.octets))
    }

    @Test(
        "what a telephone writes below",
        arguments: [
            "Sendt fra min iPhone", "Sendt fra min Samsung-enhed", "Hent Outlook til iOS", "Sent from my iPhone",
            "Get Outlook for Android<https://aka.example>", "Von meinem iPhone gesendet", "Skickat från min iPhone",
            "*Sendt fra min iPad*", "Sendt fra Outlook til Android", "Envoyé de mon iPhone",
            "(Sendt fra min telefon)", "Få Outlook til iOS<https://aka.example>", "Verzonden met BlackBerry Work",
            "Diese Nachricht wurde von meinem Android-Gerät mit K-9 Mail gesendet.",
            "Sendt fra min mobil, undskyld hvis der er slåfejl eller er lidt kort.",
            "Sent wirelessly from my BlackBerry device on the Bell network.",
        ])
    func devices(_ line: String) {
        #expect(DeviceLines.isDeviceLine(line.octets))
    }

    @Test(
        "and what people write",
        arguments: [
            "Sendte vi dem?", "Vi har sendt varerne", "", "123", "Get a quote", "> ",
            "Sendt med posten i går er kontrakten, som I gerne skulle have nu.",
            "Sendt via portalen har vi også en ordre på 25 licenser, kan I se den?",
        ])
    func people(_ line: String) {
        #expect(!DeviceLines.isDeviceLine(line.octets))
    }

    @Test(
        "divide the text",
        arguments: [
            ("Hej\n\n-- \nBo Lund", "Hej"), ("Hej\n\nMvh\nBo", "Hej"), ("Hej\n________________\nBo Lund", "Hej"),
            ("Hej\n\u{2014}\nBo", "Hej"), ("Hej\n\nMvh Bo\n\n--\nLund ApS", "Hej"),
            ("Hej\n\nSendt fra min iPhone", "Hej"),
            ("Hej\n-----", "Hej"), ("Hej", "Hej"), ("", ""),
            (
                "Hej\n\nMed venlig hilsen\n\nBo Lund\nIndkøbschef\nLund El ApS\nHavnegade 12\n8000 Aarhus C\nTlf. 10 40 50 17\n\n________________\nBesøg os på messen",
                "Hej"
            ),
            (
                "Hej\n\nMvh\nBo\nLund El ApS\nHavnegade 12\n8000 Aarhus C\nTlf. 10 40 50 17\n____________\nDenne e-mail er fortrolig og kun for rette modtager.",
                "Hej"
            ),
            // Where something is said above the rule, the signature begins at it.
            (
                "Hej\n\nMvh\nBo\n\nKan I levere de 25 licenser i uge 49?\n\nOg har I support på dansk?\n\nVi vil gerne i gang.\n________________\nLund El ApS",
                "Hej\n\nMvh\nBo\n\nKan I levere de 25 licenser i uge 49?\n\nOg har I support på dansk?\n\nVi vil gerne i gang."
            ),
        ])
    func division(_ text: String, _ body: String) {
        let divided = SignatureText(TextLine.lines(of: Array(text.utf8)))
        #expect(divided.body.joinedText == body)
    }

    @Test(
        "thanks and the like above what is said are no end",
        arguments: [
            ("Hej Jonas\n\nMange tak\n\nKan I levere 25 licenser?", "\n\nMvh\nBo Lund"),
            ("Hi Jonas,\n\nThanks!\n\nWe would like 25 users.", "\n\nBest\nBo"),
            ("Hi Jonas,\n\nThanks!\n\nWe would like 25 users.", ""),
            ("Hi\n\nMany thanks\n\nI have three questions:\n1. What is the price?\n2. When?", "\n\nCheers\nBo"),
            ("Hej\n\nMange tak\n\n25 brugere", "\n\nMvh Bo"), ("Hej\n\nMange tak\n\n- 25 brugere", ""),
            ("Hej Jonas\n\nMange tak!", ""), ("Hi Jonas,\nThank you.", "\n\nBest regards\nBo Lund"),
            ("Mange tak!", ""), ("Mange tak\n\nVi tager den.", "\n\n--\nBo Lund"),
            ("God dag\n\nVi er 25.", "\n\nVenlig hilsen\nBo"),
            ("Hej\n\nVi tager den.", "\n\nMange tak\nBo Lund\nLund El ApS"),
            ("Hej\n\nVi tager den.", "\n\nPå forhånd tak\n\nMvh Bo"),
            ("Hej", "\n\nThanks\nBo\n\nBest regards\nBo Lund"),
            ("Hej\n\nVi tager den.", "\n\nGod weekend!"), ("Hej\n\nVi tager den.", "\n\nThanks, Bo\n--\nLund El ApS"),
            ("Hej\n\nVi tager den.", "\n\nMange tak\nBo."), ("Hej\n\nVi tager den.", "\n\nMvh.\nBo"),
        ])
    func courtesies(_ body: String, _ signature: String) {
        let divided = SignatureText(TextLine.lines(of: Array((body + signature).utf8)))
        #expect(divided.body.joinedText == body && divided.signature.joinedText == signature.drop { $0 == "\n" })
    }

    @Test("no more than a signature's lines are taken for one", arguments: [5, 5000])
    func bounded(_ count: Int) {
        let text = "Mvh\n" + String(repeating: "Vi har et spørgsmål mere.\n", count: count)
        let divided = SignatureText(TextLine.lines(of: Array(text.utf8)))
        #expect(divided.signature.count <= 21)
    }
}

@Suite("Language of a text")
struct LanguageTests {
    @Test(
        "by its commonest words",
        arguments: [
            ("da", "Hej Jonas, vi vil gerne have en pris på jeres løsning til atten medarbejdere."),
            ("da", "Kan I levere i uge 42?"),
            ("en", "Hi Jonas, we would like a quote for eighteen users."), ("en", "Could you please call me?"),
            ("sv", "Hej, vi skulle vilja ha ett pris för arton användare och behöver hjälp."),
            ("no", "Hei, vi vil gjerne ha en pris, hva koster det for oss og når kan dere begynne?"),
            ("de", "Guten Tag, wir hätten gerne ein Angebot für achtzehn Benutzer."),
            ("nl", "Wij willen graag een prijs voor achttien gebruikers van het systeem."),
            ("fr", "Bonjour, nous avons besoin d'un prix pour dix utilisateurs, merci."),
        ])
    func languages(_ language: String, _ text: String) {
        #expect(Language.detect(TextLine.lines(of: Array(text.utf8))) == language)
    }

    @Test("too little says nothing", arguments: ["", "18", "OK", "https://x.example", "漢字"])
    func nothing(_ text: String) {
        #expect(Language.detect(TextLine.lines(of: Array(text.utf8))) == nil)
    }

    @Test("in a form the words that were filled in count, not the labels")
    func filledIn() {
        let frame = "You just got a new form submission. Here are the details:\n\nName: Ditte Kaas\n"
        let message = "Email: dk@kaasbyg.example\nMessage: Vi vil gerne se en demo af godkendelse.\nSubmitted at 14:11"
        let lines = { (text: String) in TextLine.lines(of: Array(text.utf8)) }
        #expect(Language.ofFields(lines(frame + message)) == "da")
        #expect(Language.detect(lines(frame + message)) == "en")
        #expect(Language.ofFields(lines(message)) == nil, "two fields are no form")
        #expect(Language.ofFields(lines(frame + "Email: dk@kaasbyg.example\nPhone: 10 40 50 33")) == nil)
    }

    @Test("what stands beyond its reach counts for nothing")
    func bounded() {
        let danish = String(repeating: "vi vil gerne have en pris på jeres løsning\n", count: 100)
        let english = String(repeating: "we would like to have a quote for your service\n", count: 20_000)
        #expect(Language.detect(TextLine.lines(of: Array((danish + english).utf8))) == "da")
    }

    @Test(
        "a forwarder's signature begins with their name where no greeting does",
        arguments: [
            ("Ring til hende.\n\nJonas Holm\nSalg | Fjordtek ApS\nTlf. 10 40 50 17", "Ring til hende."),
            ("Ring til hende.\n\nJonas", "Ring til hende."), ("Ring til hende.\nJonas Holm, salg", "Ring til hende."),
            ("Giv 5 %.\n\nJONAS HOLM | Fjordtek", "Giv 5 %."),
            ("Jonas Holm har talt med hende.", "Jonas Holm har talt med hende."),
            ("Hej\nJonas Holm har talt med hende.", "Hej\nJonas Holm har talt med hende."),
            ("Jonas", "Jonas"), ("Spørg\nJonas\nom prisen.", "Spørg\nJonas\nom prisen."),
            ("Ring til hende.\n\nMvh Jonas\nJonas Holm", "Ring til hende."),
            ("Tak.", "Tak."), ("Mange tak!", "Mange tak!"), ("Thank you.\n\nSent from my iPhone", "Thank you."),
            ("Hej\n\nMange tak!\n\nMvh Jonas", "Hej\n\nMange tak!"),
        ])
    func forwarder(_ text: String, _ note: String) throws {
        let letter = try forward(
            "\(text)\n\nFra: Bo Lund <bo@lundel.example>\nSendt: 23. november 2026 14:37\nEmne: Pris\n\nHej")
        #expect(letter.note == note)
        #expect((letter.note + letter.forwarderSignature).filter { $0 != "\n" } == text.filter { $0 != "\n" })
    }
}
