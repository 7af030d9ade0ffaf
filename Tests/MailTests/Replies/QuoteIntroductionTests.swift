import Testing

@testable import Mail

@Suite("Lines above a quotation")
struct QuoteIntroductionTests {
    private func introduction(_ text: String) -> QuoteIntroduction? {
        QuoteIntroduction(TextLine.lines(of: Array(text.utf8))[...], at: 0)
    }

    @Test(
        "in the languages of the table, over one line or more",
        arguments: [
            ("Den 24. november 2026 kl. 10.12 skrev Jonas Holm <jh@x.example>:", "da", 1),
            ("Den 24. november 2026 kl. 10.12 skrev Jonas Holm\n<jh@x.example>:", "da", 2),
            ("Den tir. 24. nov. 2026 kl. 10.12 skrev\nJonas Holm <\njh@x.example>:", "da", 3),
            ("On Tue, Nov 24, 2026 at 10:12 AM Jonas Holm <jh@x.example> wrote:", "en", 1),
            ("Am 24.11.2026 um 10:12 schrieb Jonas Holm:", "de", 1),
            ("Op 24 nov. 2026 om 10:12 schreef Jonas:", "nl", 1),
            ("Le 24 nov. 2026 à 10:12, Jonas Holm <jh@x.example> a écrit :", "fr", 1),
            ("El 24/11/2026 10:12, Jonas escribió:", "es", 1), ("Il 24/11/2026 10:12, Jonas ha scritto:", "it", 1),
            ("W dniu 24.11.2026 o 10:12, Jonas pisze:", "pl", 1), ("24.11.2026 klo 10:12 Jonas kirjoitti:", "fi", 1),
            ("24 ноября 2026 г. 10:12, Jonas <jh@x.example> пишет:", "ru", 1),
            ("Jonas Holm <jh@x.example> skrev den tir. 24.\nnov. 2026 kl. 10.12:", "da", 2),
            ("Jonas Holm <jh@x.example> skrev den tir. 24. nov.\n2026 kl. 10.12:", "da", 2),
            ("Jonas Holm <jh@x.example> schrieb am Di., 24.\nNov. 2026 um 10:12 Uhr:", "de", 2),
            ("On Tue, 24 Nov 2026 10:12:00 +0100 Jonas Holm <jh@x.example> wrote", "en", 1),
            ("Den 24. november 2026 kl. 10.12 Jonas Holm <jh@x.example>\nskrev", "da", 2),
            ("---- Jonas Holm skrev ----", "da", 1),
        ])
    func languages(_ text: String, _ language: String, _ length: Int) throws {
        let found = try #require(introduction(text + "\n\n> Hej"))
        #expect(found.length == length && found.language == language)
    }

    @Test("with a date alone only when a quotation follows")
    func certainty() {
        #expect(introduction("Den 24. november 2026 skrev Jonas:\n\n> Hej") != nil)
        #expect(introduction("Den 24. november 2026 skrev Jonas:\n\nVi vil have en pris.") == nil)
    }

    @Test("a date and an address without a verb only when a quotation follows, as Gmail wrote them once")
    func withoutVerb() throws {
        let line = "2026/11/24 Jonas Holm <jh@x.example>"
        #expect(introduction("\(line)\n\n> Hej")?.length == 1)
        #expect(introduction("\(line)\n\nHej") == nil && introduction("Jonas Holm <jh@x.example>\n\n> Hej") == nil)
        #expect(introduction("Vi er 25 i 2026, skriv til <jh@x.example>\n\n> Hej") == nil)
    }

    @Test(
        "with words in front and an address only when a quotation follows, as Horde writes them",
        arguments: [
            ("Citat af Jonas Holm <jh@x.example>:", "da"), ("Quoting Jonas Holm <jh@x.example>:", "en"),
            ("Zitat von Jonas Holm <jh@x.example>:", "de"), ("Quoting jh@x.example:", "en"),
        ])
    func opening(_ line: String, _ language: String) throws {
        let found = try #require(introduction("\(line)\n\n> Hej"))
        #expect(found.length == 1 && found.language == language)
        #expect(introduction("\(line)\n\nHej") == nil && introduction("Quoting:\n> Hej") == nil)
    }

    @Test("a sentence above an introduction is no part of it, though it ends with a number or a month")
    func sentenceAbove() {
        let below = "Den 24. november 2026 kl. 10.12 skrev Jonas Holm <jh@x.example>:\n> Hej"
        for said in ["Vi er 25.", "Skriv til mh@x.example inden den 28.", "Svar mh@x.example i nov."] {
            #expect(introduction("\(said)\n\(below)") == nil, "\(said)")
        }
    }

    @Test(
        "prose is none",
        arguments: [
            "Jonas skrev:\n> Hej", "Vi skrev til jer den 3. maj.\nSvaret var:", "Pris pr. bruger: 500 kr.",
            "Ring på 70 10 20 30 eller skriv til:", "Antal brugere:", "- 18 licenser -", "", ":", "-",
            "Vi har 18 brugere og skal bruge:\n- support", "Den 24. november 2026 er det, hvad han skrev",
            "Se aftalen, som mh@x.example den 24. november skrev",
            "Den 24. november 2026 kl. 10.12 så jeg, hvad mh@x.example skrev\nom prisen.", "---- Tilbud ----",
        ])
    func prose(_ text: String) {
        #expect(introduction(text) == nil)
    }

    @Test("no more than three lines and not the long ones are looked at")
    func bounded() {
        #expect(introduction("Den 24. november 2026\nkl. 10.12\nskrev\nJonas Holm <jh@x.example>:") == nil)
        let name = String(repeating: "x", count: 1 << 20)
        #expect(introduction("Den 24. november 2026 kl. 10.12 skrev \(name) <jh@x.example>:") == nil)
    }
}
