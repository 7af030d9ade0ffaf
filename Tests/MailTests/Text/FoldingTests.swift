import Testing

@testable import Mail

@Suite("Lower case")
struct FoldingTests {
    @Test(
        "of the letters that clients' labels are written in",
        arguments: [
            ("FRA: Søren", "fra: søren"), ("ÆØÅ ÄÖÜ ÉÈ Ñ", "æøå äöü éè ñ"), ("×÷ß", "×÷ß"), ("ŠŽČĐ", "šžčđ"),
            ("ŁĄĘŻŹŃ", "łąężźń"), ("ŐŰ", "őű"), ("ĞŞ", "ğş"), ("ОТ: КОМУ", "от: кому"), ("ВІД", "від"), ("ĹĽŇ", "ĺľň"),
        ])
    func letters(_ text: String, _ lower: String) {
        #expect(Folding.text(text.utf8) == lower)
    }

    @Test("every capital of Latin-1, Latin Extended-A and Cyrillic is as Unicode has it, where the length stays")
    func agreesWithUnicode() {
        // U+0130 and U+0178 become one that UTF-8 writes in another length or script.
        for code in Array(0x41...0x17F) + Array(0x400...0x42F) where code != 0x130 && code != 0x178 {
            guard let scalar = Unicode.Scalar(UInt32(code)) else { continue }
            let text = String(Character(scalar))
            let lower = text.lowercased()
            guard lower.utf8.count == text.utf8.count else { continue }
            #expect(Folding.text(text.utf8) == lower, "U+\(String(code, radix: 16))")
        }
    }

    @Test(
        "keeps the length, whatever the octets",
        arguments: [[0xC3], [0xC3, 0x41], [0xFF, 0xFE, 0x80], [0xD0], Array("İSTANBUL ẞ 漢".utf8)] as [[UInt8]])
    func length(_ octets: [UInt8]) {
        #expect(Folding.lower(octets).count == octets.count)
    }
}
