import Testing

@testable import Mail

@Suite("Text fit for storing")
struct RepairTests {
    @Test(
        "no NUL, no byte order mark, line ends and accents in one form",
        arguments: [
            ("a\u{0}b", "a\u{FFFD}b"), ("\u{FEFF}Hej\u{FEFF}", "Hej"), ("a\r\nb\rc\n", "a\nb\nc\n"),
            ("A\u{30A}rhus", "Århus"), ("ra\u{308}t", "rät"), ("“pris” – 5 €", "“pris” – 5 €"), ("", ""), ("\r", "\n"),
            ("\u{2126}", "\u{3A9}"),
        ])
    func text(_ text: String, _ repaired: String) {
        #expect(Array(Repair.text(text).utf8) == Array(repaired.utf8))
        #expect(Repair.text(repaired) == repaired)
    }

    @Test(
        "a header value is one line",
        arguments: [(" a\tb ", "a b"), ("a\r\n b", "a  b"), ("a\u{7F}", "a"), ("\u{A0}a\u{A0}", "\u{A0}a\u{A0}")])
    func line(_ text: String, _ repaired: String) {
        #expect(Repair.line(text) == repaired)
    }
}
