import CVR
import GrowthSupport
import Testing

@Suite("Hiding CPR numbers")
struct PersonalNumberTests {
    @Test(
        "the last four digits are hidden, however the number is written",
        arguments: [
            ("131284-1302", "131284-xxxx"), ("Mit CPR er 131284-1302, tak.", "Mit CPR er 131284-xxxx, tak."),
            ("CPR131284-1302", "CPR131284-xxxx"), ("(010190-1234)", "(010190-xxxx)"),
            ("131284 - 1302", "131284 - xxxx"), ("131284- 1302", "131284- xxxx"),
            ("131284\u{2011}1302", "131284\u{2011}xxxx"),
            ("131284–1302", "131284–xxxx"), ("131284-\n1302", "131284-\nxxxx"),
            ("> 131284-\n> 1302", "> 131284-\n> xxxx"),
            ("131284\u{A0}-\u{A0}1302", "131284\u{A0}-\u{A0}xxxx"), ("13 12 84-1302", "13 12 84-xxxx"),
            ("13.12.84-1302", "13.12.84-xxxx"), ("13/12/84-1302", "13/12/84-xxxx"),
            ("13.12.1984-1302", "13.12.1984-xxxx"),
            ("13121984-1302", "13121984-xxxx"), ("13\u{200B}1284-13\u{200B}02", "13\u{200B}1284-xx\u{200B}xx"),
            ("１３１２８４-１３０２", "１３１２８４-ｘｘｘｘ"), ("131284-1302 og 010190-1234", "131284-xxxx og 010190-xxxx"),
            ("ordre 131284-1302", "ordre 131284-xxxx"), ("cv_131284-1302.pdf", "cv_131284-xxxx.pdf"),
            ("290200-1234", "290200-xxxx"),
            // Without a hyphen: called so, or modulus 11 holds.
            ("CPR 1312841302", "CPR 131284xxxx"), ("cpr-nr.: 131284 1302", "cpr-nr.: 131284 xxxx"),
            ("Personnummer 1312841302", "Personnummer 131284xxxx"), ("CPR-nr.\n1312841302", "CPR-nr.\n131284xxxx"),
            ("Hendes nummer er 1312841302", "Hendes nummer er 131284xxxx"),
            ("CPR: 13 12 84 1302", "CPR: 13 12 84 xxxx"),
            ("Mette, 0707614285", "Mette, 070761xxxx"), ("Mette, 070761 4285", "Mette, 070761 xxxx"),
            ("Mette, 0101651234", "Mette, 010165xxxx"),
            ("den anden hedder Ali, 0101654286", "den anden hedder Ali, 010165xxxx"),
            ("CPR 999999-9999", "CPR 999999-xxxx"),
            // Beside other numbers, whatever stands between.
            ("CPR: 1312841302 8000 Aarhus", "CPR: 131284xxxx 8000 Aarhus"),
            ("CPR 131284 1302 2 børn", "CPR 131284 xxxx 2 børn"),
            ("CPR 1312841302/1409851303", "CPR 131284xxxx/140985xxxx"),
            ("Nr. 2 0707614285", "Nr. 2 070761xxxx"), ("17,131284-1302,Jensen", "17,131284-xxxx,Jensen"),
            ("131284-1302,140985-1303", "131284-xxxx,140985-xxxx"), ("2\u{A0}131284-1302", "2\u{A0}131284-xxxx"),
            ("24256790 8000 131284-1302", "24256790 8000 131284-xxxx"),
            ("12 34 56 78 8000 131284-1302", "12 34 56 78 8000 131284-xxxx"),
        ])
    func hidden(_ text: String, _ shown: String) {
        #expect(PersonalNumbers.hidden(in: text) == shown)
        #expect(PersonalNumbers.hidden(in: shown) == shown, "hidden once is hidden")
    }

    @Test(
        "what is no person's number stays",
        arguments: [
            "", "Hej", "131384-1302", "321284-1302", "300202-1234", "290201-1234", "131284-13025", "1131284-1302",
            "131284-130", "131284", "2-131284-1302", "131284-1302-7", "1312841302", "131284 1302",
            "P-nr. 1012697712", "P-nummer: 1012697712", "Tlf. 0707614285", "+45 0707614285", "ordrenr. 0707614285",
            "Faktura 0707614285", "Konto 0707614285", "A0707614285", "https://x.example/?id=0707614285",
            "EAN 5790001234567", "10 40 50 33", "CVR 24256790", "CVR-nr. 24 25 67 90", "24.12.2026 kl. 14-16",
            "2026-11-24 08:52", "DK50 0040 0440 1162 43", "1.000.000-2.000.000 kr.", "07076142850707614285",
        ])
    func kept(_ text: String) { #expect(PersonalNumbers.hidden(in: text) == text) }

    @Test("every day of a year with a hyphen is hidden, and every octet keeps its place")
    func everyDay() {
        let lengths = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
        for (month, length) in lengths.enumerated() {
            for day in 1...31 {
                let birthday = [day, month + 1, 84].map { $0 < 10 ? "0\($0)" : "\($0)" }.joined()
                let text = "æ \(birthday)-1302 ø"
                let shown = PersonalNumbers.hidden(in: text)
                #expect((shown == "æ \(birthday)-xxxx ø") == (day <= length))
                #expect(shown.utf8.count == text.utf8.count)
            }
        }
    }

    private static let pieces = [
        "131284", "-", "1302", "0707614285", " ", "\n", "CPR", "x", "æ", "\u{200B}", "１", ".", "13", "12", "84", "/",
        ">",
        "\u{A0}", "–", "P-nr. ", "💶", "+45",
    ]

    @Test("any text keeps its length and all but digits, and hiding twice is hiding once", arguments: 0..<40)
    func anything(seed: Int) {
        var random = SplitMix(state: UInt64(seed))
        for _ in 0..<60 {
            let text = (0..<Int.random(in: 0...30, using: &random))
                .map { _ in Self.pieces.randomElement(using: &random) ?? "" }.joined()
            let shown = PersonalNumbers.hidden(in: text)
            #expect(shown.utf8.count == text.utf8.count)
            #expect(PersonalNumbers.hidden(in: shown) == shown)
            let changed = zip(text.unicodeScalars, shown.unicodeScalars).filter { $0 != $1 }
            #expect(changed.allSatisfy { ["x", "ｘ"].contains($0.1) && $0.0.properties.numericType == .decimal })
        }
    }

    @Test(
        "work grows with the text", .timeLimit(.minutes(5)),
        arguments: ["1", "131284-", "131284-1302 ", "0707614285 ", "CPR 1", "1 ", "\u{200B}1", "-", "æ"])
    func hostile(_ piece: String) {
        let ratio = Growth.ratio(of: 20_000) { octets in
            _ = PersonalNumbers.hidden(in: String(repeating: piece, count: octets / piece.utf8.count))
        }
        #expect(ratio < Growth.limit)
    }
}
