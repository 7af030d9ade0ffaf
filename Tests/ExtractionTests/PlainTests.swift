import Extraction
import Testing

@Suite("Text, CSV and HTML as attachments", .timeLimit(.minutes(1)))
struct PlainTests {
    struct Text: Sendable, CustomTestStringConvertible {
        var testDescription: String
        var octets: [UInt8]
        var type = "text/csv"
        var text = "Vare;Antal;Pris\nKontorstol, blå;12;1.450,00\nHævebord;3;4.995,50"
    }

    private static let table = "Vare;Antal;Pris\r\nKontorstol, blå;12;1.450,00\r\nHævebord;3;4.995,50\r\n"

    @Test(
        "are read in whatever charset they were written",
        arguments: [
            Text(testDescription: "UTF-8", octets: Array(table.utf8)),
            Text(testDescription: "UTF-8 with a mark", octets: [0xEF, 0xBB, 0xBF] + table.utf8),
            Text(
                testDescription: "windows-1252",
                octets: table.unicodeScalars.map { UInt8(truncatingIfNeeded: $0.value) }),
            Text(
                testDescription: "UTF-16 with a mark",
                octets: [0xFF, 0xFE] + table.utf16.flatMap { [UInt8($0 & 0xFF), UInt8($0 >> 8)] }),
            Text(
                testDescription: "UTF-16 without one",
                octets: table.utf16.flatMap { [UInt8($0 & 0xFF), UInt8($0 >> 8)] }),
            Text(
                testDescription: "HTML",
                octets: Array(
                    "<html><body><p>Tilbud på hæveborde</p><script>alert(1)</script><table><tr><td>Antal</td><td>3</td></tr></table></body></html>"
                        .utf8), type: "text/html", text: "Tilbud på hæveborde\n\nAntal  3"),
        ])
    func reads(_ text: Text) async {
        let reading = await reading(text.octets, text.type, named: "varer.csv")
        #expect(reading.outcome == .text, "\(reading)")
        #expect(reading.text == text.text)
        #expect(!reading.isCut)
        #expect(reading.reason == nil)
    }

    @Test("are cut between characters when they are long, and it is said")
    func cuts() async {
        let line = "Vi ønsker et tilbud på tolv hæveborde til kontoret på Ærø.\n"
        let long = await reading(Array(String(repeating: line, count: 20_000).utf8), "text/plain")
        #expect(long.outcome == .text)
        #expect(long.isCut)
        #expect(long.text.utf8.count <= AttachmentReading.textLimit)
        #expect(long.text.utf8.count > AttachmentReading.textLimit - 8)
        #expect(!long.text.unicodeScalars.contains("\u{FFFD}"))
    }

    @Test("that hold nothing are empty")
    func empty() async {
        #expect(await reading([], "text/plain").outcome == .empty)
        let blank = await reading(Array(" \r\n\t\r\n".utf8), "text/plain")
        #expect(blank.outcome == .empty)
        #expect(blank.reason?.code == .noText)
    }

    @Test("that are mails are handed on as they are")
    func mail() async {
        let octets = Array("From: Mette Holm <mette@fjordtek.example>\r\nSubject: Tilbud\r\n\r\nHej\r\n".utf8)
        let mail = await reading(octets, "application/octet-stream", named: "Tilbud.EML")
        #expect(mail.outcome == .message)
        #expect(mail.message == octets)
    }

    @Test("What is not read says why")
    func skipped() async {
        let program = await reading([0x7F, 0x45, 0x4C, 0x46, 2, 1, 1], "application/x-executable", named: "setup")
        #expect(program.reason?.code == .unknownKind)
        #expect(program.outcome == .skipped)
        let picture = await reading([0xFF, 0xD8, 0xFF, 0xE0, 0, 16], "image/jpeg", named: "logo.jpg")
        #expect(picture.reason?.code == .pictureNotRead)
        var limits = AttachmentExtractor.Limits()
        limits.size = 1 << 20
        let large = await reading([UInt8](repeating: 0x61, count: 2 << 20), "text/plain", limits: limits)
        #expect(large.reason?.sentence == "it is too large to be read: more than 1 MiB")
    }

    @Test("A missing program is no fault of the file")
    func missing() async {
        let extractor = AttachmentExtractor(program: "/nowhere/brevdue")
        let reading = await extractor.reading(of: Array("a".utf8), contentType: "text/plain", filename: nil)
        #expect(reading.outcome == .unreadable)
        #expect(reading.reason?.code == .noReader)
    }
}
