import Rules
import Testing

@testable import Correspondence

@Suite("Layout of plain text")
struct LayoutTests {
    @Test("text is broken between words at 72 columns, æ counted as one")
    func wraps() {
        let words = Array(repeating: "fløde", count: 30).joined(separator: " ")
        let lines = Layout.wrap(words, indent: "  ", first: "- ").split(separator: "\n")
        #expect(lines.map(\.count) == [67, 67, 49])
        #expect(lines[0].hasPrefix("- fløde") && lines[1].hasPrefix("  fløde"))
    }

    @Test("a word wider than the screen stays whole on a line of its own")
    func wideWord() {
        let word = String(repeating: "x", count: 100)
        #expect(Layout.wrap("a \(word) b") == "a\n\(word)\nb")
        #expect(Layout.wrap(word, indent: "  ", first: "- ") == "- \(word)")
    }

    @Test(
        "text is cut between words, with an ellipsis within the width",
        arguments: [
            ("kort", 10, "kort"), ("", 10, ""), ("præcis ti!", 10, "præcis ti!"),
            ("en længere tekst", 12, "en længere…"), ("et, to, tre", 7, "et, to…"),
            ("ubrydeligtlangtord", 10, "ubrydelig…"),
        ])
    func clips(_ text: String, _ width: Int, _ clipped: String) {
        #expect(Layout.clip(text, to: width) == clipped)
    }

    @Test("no space ends a line, and no two lines in a row are blank")
    func tidies() {
        #expect(Layout.tidy("\n\na  \n \n\n\r\nb\n\n") == "a\n\nb\n")
        #expect(Layout.tidy("") == "")
    }

    @Test("white space is folded, and control characters and turns of direction go")
    func onOneLine() {
        #expect(" a\n\tb\u{A0}\u{0}c\r\n\u{202E}d\u{2028}".onOneLine == "a b c d")
        #expect("👩‍👩‍👧 æøå".onOneLine == "👩‍👩‍👧 æøå")
        #expect("\r\n \t".onOneLine == "")
    }

    @Test(
        "the first letter turns small, but not in an abbreviation",
        arguments: [("Ring i dag", "ring i dag"), ("ERP-system", "ERP-system"), ("Ægte", "ægte"), ("", ""), ("X", "x")])
    func lowercasesFirst(_ text: String, _ lowered: String) {
        #expect(text.lowercasedFirst == lowered)
    }

    @Test(
        "a row of a quote says its arithmetic below its name, without columns",
        arguments: [
            (MailLanguage.danish, "10 %", "1 workshop à 14.500,00 - 10 % = 13.050,00"),
            (.danish, nil, "1 workshop à 14.500,00 = 13.050,00"),
            (.english, "10 %", "1 workshop × 14.500,00 - 10 % = 13.050,00"),
        ] as [(MailLanguage, String?, String)])
    func row(_ language: MailLanguage, _ discount: String?, _ figures: String) {
        let table = PriceTable(title: "Engangsbeløb", hasDiscount: discount != nil, language: language)
        let row = table.row(
            PriceTable.Cells(
                name: "1 Analyse", quantity: "1 workshop", price: "14.500,00", discount: discount, amount: "13.050,00"))
        #expect(row.replacing("\u{A0}", with: " ") == "1 Analyse\n  " + figures)
    }

    @Test("the heading of a table names the parts of a row; a discount only where there is one")
    func tableHeading() {
        let heading = { (language: MailLanguage, hasDiscount: Bool) in
            PriceTable(title: "Engangsbeløb", hasDiscount: hasDiscount, language: language).heading
        }
        #expect(heading(.danish, true) == "ENGANGSBELØB (antal à pris - rabat = beløb)")
        #expect(heading(.danish, false) == "ENGANGSBELØB (antal à pris = beløb)")
        #expect(heading(.english, true) == "ENGANGSBELØB (quantity × unit price - discount = amount)")
    }

    @Test("a long name breaks between words, its figures stay on one line")
    func longRow() {
        let name = "2 " + Array(repeating: "navn", count: 30).joined(separator: " ")
        let lines = PriceTable(title: "a", hasDiscount: false, language: .danish).row(
            PriceTable.Cells(name: name, quantity: "400 stk.", price: "1,85", amount: "740,00")
        ).split(separator: "\n")
        #expect(lines.count == 4 && lines.allSatisfy { $0.count <= 72 })
        #expect(lines.last?.replacing("\u{A0}", with: " ") == "  400 stk. à 1,85 = 740,00")
    }

    @Test("no line ends within an amount, a percentage or a company number")
    func heldAmounts() {
        #expect(
            "10 % af 1.950,00 kr. (DKK 1,950.00), CVR 91430525".withFiguresHeld
                == "10\u{A0}% af 1.950,00\u{A0}kr. (DKK\u{A0}1,950.00), CVR\u{A0}91430525")
    }
}

@Suite("Sentences")
struct SentencesTests {
    @Test(
        "sentences end where a reader hears it",
        arguments: [
            ("Et. To? Tre! Fire", ["Et.", "To?", "Tre!", "Fire"]),
            ("Vi får ca. 900 stk. om måneden, dvs. mange.", ["Vi får ca. 900 stk. om måneden, dvs. mange."]),
            (
                "Det er CVR-nr. 91430525 og tlf. 10 40 50 33. Tak.",
                ["Det er CVR-nr. 91430525 og tlf. 10 40 50 33.", "Tak."]
            ),
            ("Den 1. maj kl. 10. Og så den 23. november.", ["Den 1. maj kl. 10.", "Og så den 23. november."]),
            ("Prisen er 1.950,00 kr. pr. måned.", ["Prisen er 1.950,00 kr. pr. måned."]),
            (
                "Hej Jonas\nVi får mange\nfakturaer.\n\nVenlig hilsen",
                ["Hej Jonas", "Vi får mange fakturaer.", "Venlig hilsen"]
            ),
            ("Vi vil have:\n- læsning\n- godkendelse", ["Vi vil have:", "- læsning", "- godkendelse"]),
            ("Hej\nÆrgerligt.", ["Hej", "Ærgerligt."]), ("", []), ("...\n\n---", []), ("Mødes?Ja.", ["Mødes?Ja."]),
        ])
    func ends(_ text: String, _ sentences: [String]) {
        #expect(Sentences.all(in: text).map(\.text) == sentences)
    }

    @Test("a sentence knows where it stands, in UTF-8 octets")
    func ranges() {
        let text = "Æble. Øl?"
        #expect(Sentences.all(in: text).map(\.range) == [0..<6, 6..<11])
        #expect(Sentences.all(in: text).map(\.isQuestion) == [false, true])
    }

    @Test("of endless text only the beginning is read, and no sentence is cut")
    func bounded() {
        let text = String(repeating: "En sætning på dansk. ", count: 100_000)
        let sentences = Sentences.all(in: text)
        #expect(sentences.count == 32_768 / 23)
        #expect(Set(sentences.map(\.text)) == ["En sætning på dansk."])
    }
}
