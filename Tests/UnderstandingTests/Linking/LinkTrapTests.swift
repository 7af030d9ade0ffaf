import Mail
import Testing
import Understanding

@Suite("Numbers that must not link")
struct LinkTrapTests {
    @Test(
        "traps",
        arguments: [
            LinkCase("a bare number", .sample(text: "Vi er Vestklit, 24256790."), .none),
            LinkCase("a telephone", .sample(signature: "Mette\nTlf. 24256790"), .none),
            LinkCase("a telephone with a country code", .sample(signature: "Mette\n+45 24 25 67 90"), .none),
            LinkCase("an order", .sample(text: "Det gælder ordre 24256790."), .none),
            LinkCase("an invoice", .sample(text: "Se fakturanr. 24256790."), .none),
            LinkCase("a customer number", .sample(text: "Vores kundenummer er 24256790"), .none),
            LinkCase("an account", .sample(signature: "Reg. 9999 konto 24256790"), .none),
            LinkCase("an EAN", .sample(signature: "EAN 5790024256790"), .none),
            LinkCase("a production unit", .sample(signature: "P-nr. 1012697712"), .none),
            LinkCase("a personal number", .sample(text: "Mit CPR er 242567-9012"), .none),
            LinkCase("an IBAN", .sample(signature: "IBAN DK50 2425 6790 1162 43"), .none),
            LinkCase("an amount", .sample(text: "I alt ekskl. moms: 242.567,90"), .none),
            LinkCase("a web address of our country", .sample(text: "Se www.vestklit.dk 24256790"), .none),
            LinkCase("our own number", .sample(text: "I har jo CVR 94617308."), .none),
            LinkCase("our own number in the note", .sample(note: "Fra os, CVR 94617308"), .none),
            LinkCase("our own thread", .sample(), known: .of(threads: ["94617308"]), .none),
            LinkCase("our own by instruction", .sample(), known: .of(instruction: "94617308"), .none),
            LinkCase(
                "the forwarder's signature", .sample(forwarderSignature: "Jonas\nFjordtek Holding, CVR 24256790"), .none
            ),
            LinkCase(
                "the forwarder's signature without a closing",
                .sample(note: "Se her.\n\nJonas Holm\nFormand for Erhvervsforum, CVR 24256790"), .none),
            LinkCase(
                "the forwarder's other company below our number",
                .sample(note: "Se her.\n\nFjordtek ApS, CVR 94617308\nErhvervsforum, CVR 24256790"), .none),
            LinkCase(
                "a bounce's text", .sample(text: "Delivery of CVR 24256790 failed", form: .direct, nature: .bounce),
                .none),
            LinkCase("a parcel", .sample(text: "Forsendelse DK24256790 er ikke kommet."), .none),
            LinkCase("an order behind DK", .sample(text: "Ordrenr. DK24256790 mangler."), .none),
            LinkCase("a tracking number", .sample(text: "Tracking no.: DK-24256790"), .none),
            LinkCase("the head of a table", .sample(signature: "Tlf.  CVR\n24256790  13748137"), .none),
            LinkCase(
                "a British company number",
                .sample(signature: "Marlow Ltd, registered in England, company no. 24256790"),
                .none),
            LinkCase("a telephone in pairs", .sample(signature: "Mette\nMobil (+45) 24-25-67-90"), .none),
            LinkCase("a telephone in groups of three", .sample(signature: "Mette\nT: +45 242 567 90"), .none),
            LinkCase("a serial number", .sample(text: "Serienr. DK 24256790 er gået i stykker."), .none),
            LinkCase("an account", .sample(signature: "Bank: 9999-0024256790"), .none),
            LinkCase("a bare number in the note", .sample(note: "Ring til 24256790, eller er det 13748136?"), .none),
            LinkCase("a tag that the lead wrote", .sample(subject: "24256790", outerSubject: "VS: 24256790"), .none),
        ])
    func nothing(_ test: LinkCase) { test.check() }

    @Test(
        "a company that the lead only mentions",
        arguments: [
            "Vores kunde Hansen A/S, CVR 24256790, spørger om det samme.",
            "Fakturaerne kommer fra leverandøren Hansen A/S (CVR-nr. 24256790).",
            "Vores leverandør hedder Hansen A/S. Deres CVR er 24256790.",
            "Vi har en samarbejdspartner, Hansen A/S, med CVR 24256790.",
            "Det er vores revisor,\nHansen Revision, CVR 24256790, der har bedt om det.",
            "CVR 24256790 er vores leverandør af papir.",
            "Hansen A/S, CVR 24256790 (en leverandør), sender 40 om dagen.",
            "Send det til kundens CVR 24256790.",
            "Det er ikke CVR 24256790.", "Vores tidligere CVR-nr. 24256790 er lukket.",
            "Our customer Hansen A/S, CVR 24256790, asked for the same.",
            "The invoices come from our supplier Hansen A/S (VAT no. DK24256790).",
            "Our accountant uses you. Their VAT number is DK 24256790.",
            "The old VAT number DK24256790 is closed.",
            "Vi har tidligere brugt Hansen ApS, CVR 24256790, til det.",
            "Vi har før brugt Netløsninger, CVR-nr. 24256790, men er ikke tilfredse.",
            "Vi er i dag kunde hos Hansen IT ApS, CVR 24256790.",
            "Vi vil gerne skifte fra Hansen IT ApS (CVR 24256790) til jer.",
            "Vi har fået et tilbud fra Hansen IT ApS, CVR 24256790.",
            "Jeres konkurrent Hansen IT ApS, CVR 24256790, vil have 40.000 kr.",
            "Vi blev anbefalet af Hansen A/S, CVR 24256790, at spørge jer.",
            "På fakturaen står CVR 24256790.", "Vi har opsagt aftalen med Hansen ApS, CVR 24256790.",
            "We have previously used Hansen Ltd, VAT no. DK24256790, for this.",
            "Today we are a customer of Hansen IT ApS, CVR 24256790.",
            "We are switching from Hansen IT ApS (CVR 24256790).",
            "We got a quote from Hansen IT ApS, CVR no. 24256790.",
            "Your competitor Hansen IT ApS, CVR 24256790, is cheaper.",
        ])
    func thirdCompany(text: String) {
        LinkCase(text, .sample(text: text), .none).check()
        LinkCase(
            text, .sample(text: text, signature: "CVR-nr. 13748136"), "13748136", .labelled,
            evidence: "CVR-nr. 13748136"
        ).check()
    }

    @Test(
        "words that only look like another company's",
        arguments: [
            "Vi er leverandør af emballage, CVR 24256790.", "Jeg er revisor hos Vestklit A/S, CVR 24256790.",
            "Vores kundenummer hos jer kender jeg ikke, men vores CVR 24256790 har I.",
            "Vi får mange fakturaer fra leverandører, og vores CVR 24256790 står på dem.",
            "Vores kunder er glade. Vestklit A/S, CVR 24256790.",
            "Hej Jonas!\nVi er Vestklit A/S, CVR 24256790. Vores leverandører sender PDF.",
            "We are a supplier of packaging, CVR 24256790.", "We type vendor invoices by hand; our CVR 24256790.",
            "As a customer of yours we ask again. Vestklit A/S, CVR 24256790.",
            "Tilbuddet stiles til Vestklit A/S, CVR 24256790, att. Bo. Vores revisor Hansen Revision skal have kopi.",
        ])
    func lead(text: String) {
        LinkCase(text, .sample(text: text), "24256790", .labelled, evidence: "CVR 24256790").check()
    }

    @Test(
        "two numbers, or one whose owner is open, are asked about",
        arguments: [
            LinkCase(
                "two in the text", .sample(text: "Vi er CVR 24256790 og CVR 13748136."), .ambiguous, ground: .labelled,
                evidence: "CVR 24256790"),
            LinkCase(
                "one label for two", .sample(text: "Vi er CVR-nr. 24256790 og 13748136."), .ambiguous,
                ground: .labelled,
                evidence: "CVR-nr. 24256790"),
            LinkCase(
                "text and signature", .sample(text: "CVR 24256790", signature: "CVR 13748136"), .ambiguous,
                ground: .labelled, evidence: "CVR 24256790"),
            LinkCase(
                "two in the note", .sample(signature: "CVR 24256790", note: "CVR 22756214 eller CVR 13748136?"),
                .ambiguous, ground: .instruction, evidence: "CVR 22756214"),
            LinkCase(
                "on behalf of", .sample(text: "Jeg skriver på vegne af Hansen A/S, CVR 24256790."), .ambiguous,
                ground: .labelled, evidence: "CVR 24256790"),
            LinkCase(
                "the parent company", .sample(text: "Vores moderselskab er Hansen Holding, CVR 24256790."), .ambiguous,
                ground: .labelled, evidence: "CVR 24256790"),
            LinkCase(
                "the parent company beside the lead's own",
                .sample(text: "Vores moderselskab er Hansen Holding, CVR 24256790.", signature: "CVR 13748136"),
                "13748136", .labelled, evidence: "CVR 13748136"),
            LinkCase(
                "an SE number alone", .sample(signature: "SE-nr. 24256790"), .ambiguous, ground: .labelled,
                evidence: "SE-nr. 24256790"),
            LinkCase(
                "an SE number, and the address is known", .sample(signature: "SE-nr. 13748136"),
                known: .of(address: ["24256790"]), "24256790", .knownAddress, .medium, evidence: "mly@vestklit.example"),
            LinkCase(
                "another company in prose", .sample(text: "Aftalen skal indgås med Hansen Byg ApS, CVR 24256790."),
                .ambiguous, ground: .labelled, evidence: "CVR 24256790"),
            LinkCase(
                "another company in prose beside the lead's own",
                .sample(
                    text: "Fakturaen skal stiles til Hansen Byg ApS, CVR 24256790.",
                    signature: "Vestklit A/S\nCVR 13748136"),
                "13748136", .labelled, evidence: "CVR 13748136"),
            LinkCase(
                "another company of the owner", .sample(text: "Vestklit Holding ApS, CVR 24256790, underskriver."),
                .ambiguous, ground: .labelled, evidence: "CVR 24256790"),
            LinkCase(
                "the parent company in the signature",
                .sample(signature: "Vestklit A/S\nEn del af Hansen Holding, CVR 24256790"), .ambiguous,
                ground: .labelled,
                evidence: "CVR 24256790"),
            LinkCase(
                "the maker of the mail program in the signature",
                .sample(signature: "Revisor Mette Lyngholm, CVR 13748136\nSendt via Brevpost ApS, CVR 24256790"),
                "13748136", .labelled, evidence: "CVR 13748136"),
        ])
    func ambiguous(_ test: LinkCase) { test.check() }

    @Test(
        "a number that was meant and fails the check is invalid",
        arguments: [
            LinkCase(
                "in the signature", .sample(signature: "CVR-nr. 24256791"), .invalid, evidence: "CVR-nr. 24256791"),
            LinkCase("behind DK", .sample(signature: "DK24256791"), .invalid, evidence: "DK24256791"),
            LinkCase("in the note", .sample(note: "CVR 24256791"), .invalid, evidence: "CVR 24256791"),
            LinkCase("a customer's", .sample(text: "Vores kunde, CVR 24256791, spørger."), .none),
            LinkCase("without a label", .sample(text: "Vi er 24256791"), .none),
            LinkCase(
                "a valid one stands beside it", .sample(signature: "CVR 24256791\nDK24256790"), "24256790", .prefixed,
                evidence: "DK24256790"),
        ])
    func invalid(_ test: LinkCase) { test.check() }
}
