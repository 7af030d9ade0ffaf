import CVR
import Testing

@Suite("Numbers that are something else")
struct TrapTests {
    @Test(
        "give no candidate",
        arguments: [
            // Telephones
            "+45 24256790", "+4524256790", "+45 24 25 67 90", "(+45) 24256790", "0045 24256790", "Tlf. 24256790",
            "tlf.nr.: 24 25 67 90", "Telefon: 24256790", "Tel 24256790", "Mobil: 24256790", "mobilnr. 24256790",
            "Ring på 24256790", "Ring til mig på 24 25 67 90", "Phone: 24256790", "M: 24256790", "T 24256790",
            "Direkte 24256790", "call me on 24256790", "☎ 24256790",
            // Dates and times
            "20260106", "2026-01-06", "24.12.2026", "24/12/2026", "06-01-2026", "24122026", "dato: 24256790",
            "2026-2027", "kl. 14.30-16.00",
            // Orders, invoices, customers, accounts, cases
            "Ordrenr. 24256790", "ordre nr. 24256790", "order no. 24256790", "vores ordre hos jer, 24256790",
            "Fakturanr.: 24256790", "faktura 24256790", "Invoice 24256790", "invoice number 24256790",
            "Kundenr. 24256790", "kundenummer: 24256790", "customer no. 24256790", "Konto 24256790",
            "Reg. 1234 konto 24256790", "reg.nr. 1234 kontonr. 24256790", "account 24256790", "Sag 24256790",
            "sagsnr. 24256790", "ref. 24256790", "PO 24256790", "varenr. 24256790", "serienummer 24256790",
            "Tilbud 24256790", "policenr. 24256790", "projekt 24256790", "P-nr. 24256790",
            // Longer numbers
            "5790000000000", "EAN 5790 0012 4256 7", "EAN: 5790024256790", "1012697712", "P-nummer: 1012697712",
            "1012 6977 12", "CVR 1012697712", "CVR 10 12 69 77 12", "CVR 1012 6977 12", "DK5000400440116243",
            "DK50 0040 0440 1162 43", "DK 5000 4004 4011 6243",
            "24256790242567902425679024256790242567902425679024256790",
            "1 24256790", "24256790 1", "24256790-1", "NO 987 654 321", "Org.nr. 556036-0793", "CVR 242567901",
            // Personal numbers
            "010190-1234", "0101901234", "CPR 010190-1234", "CPR-nr. 24256790", "CVR 010190-1234",
            // Amounts
            "24.256.790 kr.", "kr. 24.256.790", "24256790 kr.", "DKK 24256790", "24256790 DKK", "€ 24256790",
            "$24256790",
            "242.567,90", "24.256.790", "24256790,-", "I alt ekskl. moms 24.256.790", "ekskl. moms: 242.567,90",
            "VAT 242,567.90", "VAT: 24.256.790", "VAT 242567,90", "excl. VAT 24.256.790 DKK",
            // Parts of something
            "A24256790", "24256790A", "fil_24256790.pdf", "24256790.pdf", "24256790@firma.example", "#24256790",
            "https://x.example/p/24256790", "https://x.example/?id=24256790", "www.firma.dk24256790x", "æ24256790",
            "B2B 2425679", "2425679", "CVR 2425679", "",
        ].map { FinderFixture(nothingIn: $0) })
    func nothing(_ fixture: FinderFixture) { fixture.check() }

    @Test(
        "a number without a label is a bare candidate",
        arguments: [
            "24256790", "24 25 67 90", "2425 6790", "24 256 790", "24-25-67-90",
        ].map { FinderFixture($0, .bare) } + [
            FinderFixture("Vi er 24256790.", .bare, as: "24256790"), FinderFixture("(24256790)", .bare, as: "24256790"),
            FinderFixture("Vestklit A/S, 24256790", .bare, as: "24256790"),
            FinderFixture("www.vestklit.dk 24256790", .bare, as: "24256790"),
            FinderFixture("mly@vestklit.dk 24256790", .bare, as: "24256790"),
            FinderFixture("Moms 24256790", .bare, as: "24256790"),
            FinderFixture("virksomhed 24256790", .bare, as: "24256790"),
            FinderFixture("ekskl. VAT 24256790", .labelled, as: "VAT 24256790"),
            FinderFixture("excl. VAT 24256790", .bare, as: "24256790"),
            FinderFixture("VAT no. FI 24256790", .bare, as: "24256790"),
            FinderFixture("CVR-registret har flere oplysninger: 24256790", .bare, as: "24256790"),
        ])
    func bare(_ fixture: FinderFixture) { fixture.check() }

    @Test("a label three lines up says nothing")
    func farLabel() { FinderFixture("CVR\n\n\n24256790", .bare, as: "24256790").check() }

    @Test("a telephone's label binds the telephone, and the company's label the company")
    func neighbours() {
        FinderFixture(
            "Tlf. 10 40 50 33 | CVR-nr. 24 25 67 90 | Mobil 22756214", .labelled, as: "CVR-nr. 24 25 67 90"
        ).check()
    }
}
