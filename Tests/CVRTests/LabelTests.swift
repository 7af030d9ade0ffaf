import CVR
import Testing

@Suite("Labelled and prefixed numbers")
struct LabelTests {
    @Test(
        "every label in any case, with or without punctuation",
        arguments: [
            "CVR 24256790", "CVR: 24256790", "cvr 24256790", "Cvr.: 24256790", "CVR24256790", "CVR#24256790",
            "CVR-nr. 24256790", "CVR-nr.: 24256790", "CVR nr 24256790", "CVR nr.: 24256790", "CVRnr 24256790",
            "CVRnr. 24256790", "cvr.nr. 24256790", "Cvr. nr. 24256790", "CVR no. 24256790", "CVR-No: 24256790",
            "CVR-nummer 24256790", "CVR nummer: 24256790", "CVR-nummeret er 24256790", "CVR number is 24256790",
            "CVR er 24256790", "CVR (ny): 24256790", "CVR-nr.\u{A0}24256790",
            "Momsnr 24256790", "Momsnr.: 24256790", "Moms-nr. 24256790", "Moms nr: 24256790", "momsnummer 24256790",
            "Moms reg. nr. 24256790", "Momsregistreringsnr.: 24256790",
            "SE-nr. 24256790", "SE nr 24256790", "SE-nummer: 24256790",
            "VAT 24256790", "VAT: 24256790", "VAT no 24256790", "VAT No.: 24256790", "VAT-ID 24256790",
            "VAT ID: 24256790", "VAT number 24256790", "VAT reg. no. 24256790", "VAT Registration Number: 24256790",
            "Org.nr 24256790", "Org.nr.: 24256790", "Org. no. 24256790", "Organisationsnummer 24256790",
            "Company reg. no. 24256790", "Company registration number: 24256790", "Virksomhedsnr. 24256790",
            "Tax ID 24256790",
        ].map { FinderFixture($0, .labelled) })
    func label(_ fixture: FinderFixture) { fixture.check() }

    @Test(
        "separators between the digits",
        arguments: [
            "CVR-nr.: 24.25.67.90", "cvr 24-25-67-90", "CVR 24 25 67 90", "CVR 24,25,67,90", "CVR 24/25/67/90",
            "CVR 24\u{A0}25\u{A0}67\u{A0}90", "CVR 24\u{202F}25\u{202F}67\u{202F}90",
            "CVR 24\u{2009}25\u{2009}67\u{2009}90", "CVR 24\u{2011}25\u{2011}67\u{2011}90", "CVR 2425 6790",
            "CVR 24 256 790", "CVR 242 567 90", "CVR 24.256.790",
        ].map { FinderFixture($0, .labelled) })
    func separators(_ fixture: FinderFixture) { fixture.check() }

    @Test(
        "DK stands behind a label or alone",
        arguments: [
            FinderFixture("VAT no: DK 24256790", .labelled), FinderFixture("CVR DK24256790", .labelled),
            FinderFixture("CVR-nr. DK-24 25 67 90", .labelled),
            FinderFixture("Moms: DK24256790", .prefixed, as: "DK24256790"),
            FinderFixture("VAT number is DK 24256790", .labelled), FinderFixture("CVR er DK24256790", .labelled),
            FinderFixture("DK24256790", .prefixed), FinderFixture("DK 24256790", .prefixed),
            FinderFixture("DK-24256790", .prefixed), FinderFixture("DK-24 25 67 90", .prefixed),
            FinderFixture("dk24256790", .prefixed), FinderFixture("(DK24256790)", .prefixed, as: "DK24256790"),
            FinderFixture("DK24256790 6950 Ringkøbing", .prefixed, as: "DK24256790"),
        ])
    func country(_ fixture: FinderFixture) { fixture.check() }

    @Test(
        "words around, lines and tables",
        arguments: [
            FinderFixture("Kajvej 12 | CVR-nr. 24 25 67 90 | Tlf. 10405033", .labelled, as: "CVR-nr. 24 25 67 90"),
            FinderFixture("Vores CVR-nr. er 24256790.", .labelled, as: "CVR-nr. er 24256790"),
            FinderFixture("CVR/SE-nr. 24256790", .labelled, as: "SE-nr. 24256790"),
            FinderFixture("CVR-nr.\n24256790", .labelled), FinderFixture("CVR-nr.  24256790", .labelled),
            FinderFixture("CVR\t24256790", .labelled),
            FinderFixture("*CVR:* 24256790", .labelled, as: "CVR:* 24256790"),
            FinderFixture("CVR | 24256790", .labelled),
            FinderFixture("CVR = \"24256790\"", .labelled, as: "CVR = \"24256790"),
            FinderFixture("6950 Ringkøbing, CVR-nr. 24256790", .labelled, as: "CVR-nr. 24256790"),
            FinderFixture("CVR 24256790 6950 Ringkøbing", .labelled, as: "CVR 24256790"),
            FinderFixture("CVR 24 25 67 90 6950 Ringkøbing", .labelled, as: "CVR 24 25 67 90"),
            FinderFixture("CVR 24256790 / P-nr. 1012697712", .labelled, as: "CVR 24256790"),
            FinderFixture("[CVR 24256790]", .labelled, as: "CVR 24256790"),
            FinderFixture("Tlf. 10 40 50 33 CVR 24256790", .labelled, as: "CVR 24256790"),
            FinderFixture("CVR 24256791", .labelled, "24256791"),
            FinderFixture("https://datacvr.example/enhed/virksomhed/24256790", .labelled),
            FinderFixture(
                "Se <https://cvr.example/virksomhed/24256790?lang=da>.", .labelled,
                as: "https://cvr.example/virksomhed/24256790"),
            FinderFixture("https://x.example/?cvr=24256790", .labelled, as: "cvr=24256790"),
        ])
    func surroundings(_ fixture: FinderFixture) { fixture.check() }

    @Test(
        "one label for several numbers",
        arguments: [
            FinderFixture(
                "CVR-nr. 24256790 og 13748136",
                [(.labelled, "24256790", "CVR-nr. 24256790"), (.labelled, "13748136", "13748136")]),
            FinderFixture(
                "CVR 24256790/13748136", [(.labelled, "24256790", "CVR 24256790"), (.labelled, "13748136", "13748136")]),
            FinderFixture(
                "CVR-numre: 24256790, 13748136 og 10103940",
                [
                    (.labelled, "24256790", "CVR-numre: 24256790"), (.labelled, "13748136", "13748136"),
                    (.labelled, "10103940", "10103940"),
                ]),
            FinderFixture(
                "CVR 24256790, 13748136",
                [(.labelled, "24256790", "CVR 24256790"), (.bare, "13748136", "13748136")]),
        ])
    func lists(_ fixture: FinderFixture) { fixture.check() }

    @Test("an SE number is told from a CVR number")
    func seNumber() {
        #expect(CVRFinder.candidates(in: "CVR-nr. 24256790, SE-nr. 13748136").map(\.isSE) == [false, true])
        #expect(CVRFinder.candidates(in: "CVR/SE-nr. 24256790").map(\.isSE) == [false])
    }
}
