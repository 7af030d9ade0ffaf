import Extraction
import TestSupport
import Testing

@Suite("Hostile attachments", .timeLimit(.minutes(2)))
struct HostileTests {
    @Test("An archive that unpacks to very much is not followed")
    func zipBomb() async {
        var writer = ZIPWriter()
        writer.add("word/document.xml", [UInt8](repeating: 0x20, count: 80 << 20))
        let bomb = writer.finish()
        #expect(bomb.count < 128 << 10)
        let reading = await reading(bomb, named: "a.docx")
        #expect(reading.reason?.code == .unpacksTooLarge, "\(reading)")
    }

    @Test("No file of the machine comes in by an entity, and entities do not multiply")
    func entities() async {
        let body = "<w:p xmlns:w=\"w\"><w:r><w:t>før &x; efter</w:t></w:r></w:p>"
        let outside = "<!DOCTYPE d [<!ENTITY x SYSTEM \"file:///usr/share/common-licenses/MIT\">]>" + body
        var laughs = "<!DOCTYPE d [<!ENTITY a0 \"ha ha ha ha\">"
        for level in 1..<12 { laughs += "<!ENTITY a\(level) \"\(String(repeating: "&a\(level - 1);", count: 10))\">" }
        laughs += "<!ENTITY x \"&a11;\">]>" + body
        for document in [outside, laughs] {
            let reading = await reading(
                ZIPWriter.archive([("word/document.xml", document)]), named: "a.docx")
            #expect(!reading.text.contains("ermission") && reading.text.utf8.count < 100, "\(reading)")
            #expect(reading.outcome == .text || reading.reason?.code == .damaged)
        }
    }

    @Test("Elements within elements without end are no more than damaged")
    func deep() async {
        let deep = String(repeating: "<w:p>", count: 200_000)
        let reading = await reading(ZIPWriter.archive([("word/document.xml", deep)]), named: "a.docx")
        #expect(reading.reason?.code == .damaged, "\(reading)")
        let groups = Array("{\\rtf1 ".utf8) + [UInt8](repeating: UInt8(ascii: "{"), count: 2_000_000) + Array("x".utf8)
        #expect(await ExtractionTests.reading(groups, named: "a.rtf").text == "x")
        let html = Array("<html>".utf8) + Array(String(repeating: "<div>", count: 200_000).utf8) + Array("x".utf8)
        #expect(await ExtractionTests.reading(html, "text/html").reason?.code != .failed)
    }

    @Test("Whatever is cut off or changed ends with a reading, never with a failed reader", arguments: 0..<6)
    func broken(_ kind: Int) async {
        let fixture = OutlookFixture(
            properties: [(0x0037, .wide("Tilbud")), (0x1000, .wide("Vi ønsker 12 borde."))],
            recipients: [[(0x3003, .wide("mh@fjordtek.example"))]],
            attachments: [.init(properties: [(0x3701, .octets([1, 2, 3])), (0x3707, .wide("a.csv"))])])
        let whole = [
            fixture.file, fixture.winmail, OfficeFixture.docx(body: OfficeFixture.paragraph("Vi ønsker 12 borde.")),
            OfficeFixture.xlsx(sheets: [("Ark1", "visible", "<row><c><v>7</v></c></row>")]),
            PDFWriter.document([["Vi ønsker 12 borde."]]),
            Array("{\\rtf1\\ansi Vi \\'f8nsker {\\b 12} borde\\par}".utf8),
        ][kind]
        var generator = Numbers(state: UInt64(kind + 1))
        for round in 0..<12 {
            var octets = whole
            if round % 3 == 0 {
                octets.removeLast(Int.random(in: 1..<octets.count, using: &generator))
            } else {
                for _ in 0..<(round * 2) {
                    octets[Int.random(in: 0..<octets.count, using: &generator)] = .random(
                        in: 0...255, using: &generator)
                }
            }
            let reading = await reading(
                octets, named: ["a.msg", "winmail.dat", "a.docx", "a.xlsx", "a.pdf", "a.rtf"][kind])
            // A library may fail at such a file; then that is said, and the next one is read as ever.
            #expect(reading.outcome != .text || !reading.text.isEmpty)
            #expect(reading.reason?.code != .noReader, "\(reading)")
            #expect(reading.reason?.code != .tookTooLong, "\(reading)")
        }
    }

    @Test("A reader that is asked for too much memory says so")
    func memory() async {
        var limits = AttachmentExtractor.Limits()
        limits.memory = 160 << 20
        let strings = String(repeating: "<si><t>abcdefghijklmnopqrstuvwxyz</t></si>", count: 1_400_000)
        let octets = ZIPWriter.archive([
            ("xl/workbook.xml", "<workbook/>"), ("xl/sharedStrings.xml", "<sst>\(strings)</sst>"),
        ])
        let reading = await reading(octets, named: "a.xlsx", limits: limits)
        #expect(reading.reason?.code == .outOfMemory, "\(reading)")
    }
}

/// The same numbers in every run (xorshift64*).
private struct Numbers: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state ^= state >> 12
        state ^= state << 25
        state ^= state >> 27
        return state &* 2_685_821_657_736_338_717
    }
}
