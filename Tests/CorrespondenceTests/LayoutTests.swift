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

    static let rows = [
        PriceTable.Cells(name: "1 Kort", quantity: "1 stk.", price: "14.500,00", discount: "10 %", amount: "13.050,00"),
        PriceTable.Cells(
            name:
                "2 En ydelse med et så langt navn, at det ikke kan stå ved siden af tallene og heller ikke på én linje",
            quantity: "400 stk.", price: "1,85", discount: "", amount: "740,00"),
    ]

    @Test("figures end at the right edge of their columns, and no line is wider than the screen")
    func priceTable() {
        let table = PriceTable(title: "Engangsbeløb", names: ["Antal", "À pris", "Rabat", "Beløb"], rows: Self.rows)
        #expect(table.hasDiscount)
        let lines = ([table.heading] + table.rows).flatMap { $0.split(separator: "\n") }
        #expect(lines.allSatisfy { $0.count <= 72 })
        #expect(
            table.heading.count == 72 && table.heading.hasPrefix("ENGANGSBELØB ") && table.heading.hasSuffix("Beløb"))
        for (row, cells) in zip(table.rows, Self.rows) {
            let last = row.split(separator: "\n").last ?? ""
            #expect(last.count == 72 && last.hasSuffix(" " + cells.amount))
        }
    }

    @Test("a table without a discount has no column for it")
    func noDiscount() {
        let table = PriceTable(title: "Pr. måned", names: ["Antal", "À pris", "Rabat", "Beløb"], rows: [Self.rows[1]])
        #expect(!table.hasDiscount && !table.heading.contains("Rabat"))
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
