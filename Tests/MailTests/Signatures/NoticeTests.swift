import Testing

@testable import Mail

@Suite("What machines write into a mail")
struct NoticeTests {
    @Test(
        "a warning above the text is nobody's words",
        arguments: [
            "CAUTION: This email originated from outside of the organization. Do not click links or open attachments unless you recognize the sender and know the content is safe.",
            "[EXTERNAL EMAIL] DO NOT CLICK links or attachments unless you recognize the sender.",
            "ADVARSEL: Denne e-mail kommer fra en ekstern afsender.\nKlik ikke på links, og åbn ikke vedhæftede filer, medmindre du kender afsenderen.",
            "EKSTERN E-MAIL: Vær opmærksom på links og vedhæftninger",
            "OBS: Mailen er sendt fra en afsender uden for organisationen.",
            "Du får ikke ofte mails fra bo@lundel.example. Få mere at vide om, hvorfor dette er vigtigt",
            "You don't often get email from bo@lundel.example. Learn why this is important<https://aka.example/LearnAbout>",
            "This message was sent from outside of your organization.\n\nCAUTION: External sender.",
            "*Denne mail kommer udefra.* Klik ikke på links fra ukendte.",
        ])
    func warnings(_ warning: String) throws {
        for text in [warning, "\n\(warning)"] {
            let read = try reply("\(text)\n\nKan I levere 18 licenser?\n\nMvh Bo")
            #expect(read.text == "Kan I levere 18 licenser?" && read.signature == "Mvh Bo")
            #expect(read.quoted == warning)
            let inner = try forward(
                "Fra: Bo <bo@x.example>\nSendt: 23. november 2026 14:37\nEmne: Pris\n\n\(text)\n\nHej")
            #expect(inner.text == "Hej")
        }
    }

    @Test(
        "what a person writes at the same place is theirs",
        arguments: [
            "OBS: vi flytter den 1. marts.", "Advarsel: nu bliver det en lang mail.", "Pas på jer selv derude.",
            "Bemærk at vi er 18 brugere.", "OBS: vi har et eksternt lager i Padborg.",
            "Bemærk: mange af kunderne kommer udefra.",
            "Warning: we are outside of Denmark.", "Warning: this may be a stupid question.", "External users are 12.",
            "Fortroligt: vi skifter leverandør og vil have pris på 50 brugere.", "Disclaimer: I am no expert in this.",
            "Tænk på miljøet, når I vælger emballage.",
            "This email contains three questions.", "This e-mail is confidential, so keep it to yourself.",
            "Denne mail er til Jonas.", "Denne e-mail handler om prisen.", "CAUTION\n\nWet paint",
        ])
    func people(_ line: String) throws {
        #expect(try reply("\(line)\n\nHvad koster det?").text == "\(line)\n\nHvad koster det?")
    }

    @Test(
        "a footer goes with the signature, and does not hide it",
        arguments: [
            "---\nDenne e-mail er blevet kontrolleret for vira af Avast antivirus-software.\nwww.avast.example",
            "Virusfri. www.avg.example", "This email has been checked for viruses by Avast antivirus software.",
            "Denne mail er scannet for virus af LundScan.",
            "Denne e-mail og eventuelle vedhæftede filer er fortrolige og kun tiltænkt adressaten.\nHvis du ikke er den rette modtager, bedes du slette den.",
            "DISCLAIMER\n\nThis message may be privileged.\n\nLund El ApS is registered in Denmark.",
            "This e-mail and any attachments are confidential and intended solely for the addressee.\nIf you have received it in error, please delete it.",
            "CONFIDENTIALITY NOTICE: The contents of this email are for the addressee only.",
            "This e-mail is confidential and intended only for the addressee. Lund Group A/S accepts no liability.",
            "Please consider the environment before printing this e-mail", "Tænk på miljøet, før du printer",
            "Hvis du har modtaget denne mail ved en fejl, så slet den venligst.",
        ])
    func footers(_ footer: String) throws {
        for closing in ["Mvh Bo", "Best regards\nBo Lund\nLund El ApS", "Sendt fra min iPhone"] {
            let read = try reply("Ja tak, vi tager 18.\n\n\(closing)\n\n\(footer)")
            #expect(read.text == "Ja tak, vi tager 18.")
            #expect(read.signature == "\(closing)\n\n\(footer)")
        }
        let below = try reply("Ja tak.\n\nDen 24. nov. 2026 skrev Jonas:\n> Vil I have 18?\n\n\(footer)")
        #expect(below.text == "Ja tak." && below.exchanges.isEmpty)
        let note = try forward(
            "Ring.\n\n\(footer)\n\nFra: Bo <b@x.example>\nSendt: 23. november 2026 14:37\nEmne: Pris\n\nHej")
        #expect(note.note == "Ring.")
    }

    @Test("a long disclaimer does not push the greeting out of sight")
    func long() throws {
        let lines = (1...25).map { "Afsnit \($0) om fortrolighed og ansvar." }.joined(separator: "\n")
        let read = try reply("Ja tak.\n\nMed venlig hilsen\nBo Lund\n\nDenne e-mail er fortrolig.\n\(lines)")
        #expect(read.text == "Ja tak." && read.signature.hasPrefix("Med venlig hilsen"))
    }

    @Test(
        "prose that speaks of such things is none",
        arguments: [
            "Denne mail må I gerne sende videre.", "Disclaimeren mangler i tilbuddet.", "OBS: se den vedhæftede fil.",
            "Vi har brug for svar i uge 49, ellers må vi finde en anden løsning, for\ndenne mail er fortrolig og fristen er kort.",
        ])
    func prose(_ line: String) throws {
        #expect(try reply("Ja tak.\n\n\(line)").text == "Ja tak.\n\n\(line)")
        #expect(try reply("\(line)\n\nJa tak.").text == "\(line)\n\nJa tak.")
    }
}
