import Foundation
import Testing

@testable import Mail

/// Octets of one line and what they say.
struct CharsetCase: Sendable, CustomTestStringConvertible {
    var testDescription: String
    var label: String?
    var octets: [UInt8]
    var text: String

    init(_ testDescription: String, _ label: String?, _ octets: [UInt8], _ text: String) {
        (self.testDescription, self.label, self.octets, self.text) = (testDescription, label, octets, text)
    }

    /// Text in a charset that Foundation encodes.
    init(_ testDescription: String, _ label: String?, _ text: String, in encoding: String.Encoding) {
        self.init(testDescription, label, Array(text.data(using: encoding) ?? Data()), text)
    }
}

@Suite("Charsets")
struct CharsetTests {
    private static let sentence = "Vi søger et tilbud på årsafstemning – cirka 1.200 € om måneden"
    private static let utf8 = Array(sentence.utf8)
    private static let windows = Array(sentence.data(using: .windowsCP1252) ?? Data())
    private static let danish = "Ærø Brød søger løsning på 40 bilag, også på Åen"
    private static let dos: [UInt8] = replaced(danish, with: ["æ": 0x91, "ø": 0x9B, "å": 0x86, "Æ": 0x92, "Å": 0x8F])
    private static let macintosh: [UInt8] = replaced(
        danish, with: ["æ": 0xBE, "ø": 0xBF, "å": 0x8C, "Æ": 0xAE, "Å": 0x81])
    private static let brackets: [UInt8] = replaced("pris på løsning", with: ["å": 0x7D, "ø": 0x7C])

    private static func replaced(_ text: String, with octets: [Character: UInt8]) -> [UInt8] {
        text.flatMap { character in octets[character].map { [$0] } ?? Array(String(character).utf8) }
    }

    private static func decoded(_ octets: [UInt8], _ label: String?) -> String {
        String(decoding: Charset.decode(octets[...], label: label), as: UTF8.self)
    }

    @Test(
        "a right label is believed",
        arguments: [
            CharsetCase("UTF-8", "utf-8", utf8, sentence),
            CharsetCase("windows-1252", "Windows-1252", windows, sentence),
            CharsetCase("865", "cp865", dos, danish), CharsetCase("850 by its IBM name", "IBM850", dos, danish),
            CharsetCase("Macintosh", "macintosh", macintosh, danish),
            CharsetCase("Macintosh as Apple called it", "x-mac-roman", macintosh, danish),
            CharsetCase("KOI8-R", "koi8-r", [0xD0, 0xD2, 0xC9, 0xD7, 0xC5, 0xD4], "привет"),
            CharsetCase("ISO 8859-5", "iso-8859-5", [0xDF, 0xE0, 0xD8], "при"),
            CharsetCase("windows-1250", "windows-1250", [0x50, 0xF8, 0x65, 0x68, 0x6C, 0x65, 0x64], "Přehled"),
            CharsetCase("ISO 8859-15", "iso-8859-15", [0x31, 0x30, 0x20, 0xA4], "10 €"),
            CharsetCase("ISO 8859-9 by its superset", "iso-8859-9", [0x93, 0xDE, 0x94], "“Ş”"),
            CharsetCase("ISO 2022-JP", "iso-2022-jp", [0x1B, 0x24, 0x42, 0x46, 0x7C, 0x1B, 0x28, 0x42], "日"),
            CharsetCase("GB 18030", "gb18030", [0xC1, 0xAA, 0xCD, 0xA8], "联通"),
            CharsetCase("GB 2312 by its superset", "gb2312", [0xC4, 0xE3, 0xBA, 0xC3], "你好"),
            CharsetCase("Shift JIS", "x-sjis", [0x93, 0xFA, 0x96, 0x7B], "日本"),
            CharsetCase("EUC-KR as Microsoft calls it", "ks_c_5601-1987", [0xC7, 0xD1], "한"),
            CharsetCase("UTF-7", "utf-7", Array("p+AOU- l+APg-sning".utf8), "på løsning"),
            CharsetCase("DS 2089", "DS_2089", brackets, "pris på løsning"),
            CharsetCase("UTF-16 with a mark", "utf-16", [0xFF, 0xFE, 0x70, 0, 0xE5, 0], "på"),
            CharsetCase("the other order", "utf-16", [0xFE, 0xFF, 0, 0x70, 0, 0xE5], "på"),
            CharsetCase("UTF-16 without a mark", "utf-16", [0x70, 0, 0xE5, 0, 0x20, 0], "på "),
            CharsetCase("UTF-16 whose order the label names", "utf-16be", [0, 0x70, 0x4E, 0x2D], "p中"),
            CharsetCase("a label in quotation marks", "'UTF-8'", utf8, sentence),
            CharsetCase("ASCII", "us-ascii", Array("Hej".utf8), "Hej"),
        ])
    func labelled(_ fixture: CharsetCase) {
        #expect(Self.decoded(fixture.octets, fixture.label) == fixture.text)
    }

    @Test(
        "a wrong one is passed over where the octets prove it",
        arguments: [
            CharsetCase("windows-1252 as ISO 8859-1", "iso-8859-1", windows, sentence),
            CharsetCase("as ASCII", "us-ascii", windows, sentence), CharsetCase("as UTF-8", "utf-8", windows, sentence),
            CharsetCase("as nothing", nil, windows, sentence),
            CharsetCase("as who knows", "x-ukendt-1", windows, sentence),
            CharsetCase("UTF-8 as ISO 8859-1", "iso-8859-1", utf8, sentence),
            CharsetCase("UTF-8 as KOI8-R", "koi8-r", Array("på løsning".utf8), "på løsning"),
            CharsetCase("UTF-8 as ASCII", "ascii", utf8, sentence), CharsetCase("UTF-8 as nothing", "", utf8, sentence),
            CharsetCase("UTF-8 as 850", "cp850", Array("på løsning".utf8), "på løsning"),
            CharsetCase("DOS as ISO 8859-1", "iso-8859-1", dos, danish),
            CharsetCase("DOS as nothing", nil, dos, danish),
            CharsetCase("Macintosh as ISO 8859-1", "iso-8859-1", macintosh, danish),
            CharsetCase("Macintosh as UTF-8", "utf-8", macintosh, danish),
            CharsetCase("UTF-16 as UTF-8", "utf-8", [0x48, 0, 0x65, 0, 0x6A, 0], "Hej"),
            CharsetCase("UTF-16 with a mark as nothing", nil, [0xFF, 0xFE, 0x70, 0, 0xE5, 0], "på"),
            CharsetCase("ASCII as UTF-16", "utf-16", Array("Hej med jer".utf8), "Hej med jer"),
            CharsetCase("ISO 2022-JP as nothing", nil, [0x1B, 0x24, 0x42, 0x46, 0x7C, 0x1B, 0x28, 0x42], "日"),
            CharsetCase("ISO 8859-1 that was made UTF-8 as such", "utf-8", [0x31, 0xC2, 0x80, 0x32], "1€2"),
            CharsetCase(
                "a footer of another charset", "utf-8",
                Array("Prisen på drift\n".utf8) + [0x50, 0xE5, 0x20, 0x67, 0x65, 0x6E, 0x73, 0x79, 0x6E],
                "Prisen på drift\nPå gensyn"),
        ])
    func repaired(_ fixture: CharsetCase) {
        #expect(Self.decoded(fixture.octets, fixture.label) == fixture.text)
    }

    @Test(
        "where they prove nothing, the label stands and what cannot be read is shown as such",
        arguments: [
            CharsetCase("a character cut in two", "utf-8", [0x70, 0xC3, 0xA5, 0x20, 0x70, 0xC3], "på p\u{FFFD}"),
            CharsetCase("Cyrillic as UTF-8", "utf-8", [0xEF, 0xF0, 0xE8, 0xE2], "\u{FFFD}\u{FFFD}\u{FFFD}\u{FFFD}"),
            CharsetCase("Czech as windows-1252", "windows-1252", [0x50, 0xF8, 0x65], "Pøe"),
            CharsetCase("GB 18030 that is UTF-8 too", "gb18030", [0xC1, 0xAA, 0xCD, 0xA8], "联通"),
            CharsetCase("a dagger behind a word", "windows-1252", [0x50, 0x72, 0x69, 0x73, 0x86], "Pris†"),
            CharsetCase("an apostrophe", "iso-8859-1", [0x69, 0x74, 0x92, 0x73], "it’s"),
            CharsetCase("typed with the wrong one", "iso-8859-1", [0x69, 0x74, 0x91, 0x73], "it‘s"),
            CharsetCase("the three letters", "iso-8859-1", [0xE6, 0xF8, 0xE5], "æøå"),
            CharsetCase(
                "what someone sees instead of the letters", "iso-8859-1",
                [0x66, 0xE5, 0x72, 0x20, 0xC3, 0xB8], "får Ã¸"),
        ])
    func kept(_ fixture: CharsetCase) {
        #expect(Self.decoded(fixture.octets, fixture.label) == fixture.text)
    }

    @Test("whatever octets and label, text comes out and takes little more room")
    func total() {
        var state: UInt64 = 11
        let labels: [String?] = [
            nil, "utf-8", "utf-7", "utf-16", "iso-2022-jp", "gb18030", "big5", "cp865", "macintosh", "x-nej", "a/b",
            "\u{0}",
        ]
        for round in 0..<600 {
            let octets = (0..<(round % 60)).map { _ in
                state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
                return UInt8(truncatingIfNeeded: state >> 33)
            }
            let text = Charset.decode(octets[...], label: labels[round % labels.count])
            #expect(String(validating: text, as: UTF8.self) != nil && text.count <= 4 * octets.count + 4)
        }
    }
}

@Suite("Text that was encoded twice")
struct DoubleEncodingTests {
    private static func twice(_ text: String) -> String {
        String(decoding: WesternCharset.windows.text(of: Array(text.utf8)[...]), as: UTF8.self)
    }

    @Test(
        "is put right where it is certain",
        arguments: [
            "Prøve på løsning", "Århus – får de løn?", "Søren’s møde", "Æblerød 12 på 10 €", "Malmö håller öppet",
        ])
    func repaired(_ text: String) {
        let garbled = Self.twice(text)
        #expect(garbled != text)
        #expect(DoubleEncoding.repaired(garbled) == text)
    }

    @Test("also where a no-break space became a common one")
    func space() { #expect(DoubleEncoding.repaired("PrisenÂ er pÃ¥ 10Â kr.") == "Prisen\u{A0}er på 10\u{A0}kr.") }

    @Test(
        "is left as it is elsewhere",
        arguments: [
            "Prøve på løsning", "Vores kunder får Ã¸ i stedet for ø", "Der står \"pÃ¥\" i mailen", "Ã¸", "Â 12",
            "Ångström…",
            "Hej", "", "Ã", "SÃO PAULO", "forêt d’Âge", "Kurs: 10 € ¦ 12 €", "pÃ¥ løsning",
        ])
    func kept(_ text: String) { #expect(DoubleEncoding.repaired(text) == text) }
}
