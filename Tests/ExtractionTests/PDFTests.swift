import Extraction
import Foundation
import Subprocess
import SystemPackage
import Testing

@Suite("PDF as attachments", .timeLimit(.minutes(1)))
struct PDFTests {
    private static let letter = ["Nordlys Ejendomme A/S", "CVR-nr. 13 58 56 28", "Vi ønsker tilbud på 12 hæveborde."]

    @Test("are read, whatever they are called, with their pages in order")
    func reads() async {
        let octets = PDFWriter.document([Self.letter, ["Side 2: levering i uge 42"]])
        let reading = await reading(octets, named: "Scan.dat")
        #expect(reading.outcome == .text, "\(reading)")
        for line in Self.letter + ["Side 2: levering i uge 42"] { #expect(reading.text.contains(line)) }
        #expect(!reading.isCut && !reading.text.contains("\u{0C}"))
    }

    @Test("with a script are read, and the script is not run")
    func script() async {
        let script = "/OpenAction << /S /JavaScript /JS (app.launchURL\\('http://127.0.0.1:9/'\\);) >>"
        let reading = await reading(PDFWriter.document([Self.letter], catalogue: script), "application/pdf")
        #expect(reading.text.contains("hæveborde"), "\(reading)")
    }

    @Test("that open with a password only are said to be encrypted")
    func encrypted() async {
        let key = String(repeating: "4f", count: 32)
        let trailer = "/Encrypt << /Filter /Standard /V 1 /R 2 /P -4 /O <\(key)> /U <\(key)> >> /ID [<01><01>]"
        let reading = await reading(PDFWriter.document([Self.letter], trailer: trailer), "application/pdf")
        #expect(reading.outcome == .unreadable)
        #expect(reading.reason?.code == .encrypted, "\(reading)")
    }

    @Test("that are cut off are read as far as they go, or said to be damaged", arguments: [20, 300, 700])
    func cut(_ count: Int) async {
        let whole = PDFWriter.document([Self.letter, Self.letter])
        let reading = await reading(Array(whole.prefix(count)), "application/pdf")
        #expect(reading.reason?.code == .damaged || reading.text.contains("Nordlys"), "\(reading)")
    }

    @Test("without text are said to have none")
    func blank() async {
        let reading = await reading(PDFWriter.document([[]]), "application/pdf")
        #expect(reading.outcome == .empty)
        #expect(reading.reason?.code == .noText)
    }

    @Test("of very many words are cut")
    func long() async {
        let line = String(repeating: "Levering af hæveborde til kontoret. ", count: 3)
        let page = (0..<60).map { "\($0) \(line)" }
        let reading = await reading(PDFWriter.document(Array(repeating: page, count: 100)), "application/pdf")
        #expect(reading.outcome == .text, "\(String(describing: reading.reason))")
        #expect(reading.isCut)
        #expect(reading.text.utf8.count > AttachmentReading.textLimit - 100)
    }

    @Test("that take too long end with that reason")
    func slow() async {
        var limits = AttachmentExtractor.Limits()
        limits.time = .milliseconds(1)
        let reading = await reading(PDFWriter.document([Self.letter]), "application/pdf", limits: limits)
        #expect(reading.reason?.code == .tookTooLong)
        #expect(reading.reason?.sentence.contains("0.001 seconds") ?? false, "\(reading)")
    }

    private static let page = ["Kontorstole og borde", "Levering i uge 42"]

    /// A page as a picture: `-png`, or `-jpeg` for a scan.
    private func drawn(_ lines: [String], as kind: String) async throws -> [UInt8] {
        let folder = FileManager.default.temporaryDirectory.appending(path: "brevdue-test-\(UUID())").path
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: folder) }
        try Data(PDFWriter.document([lines])).write(to: URL(filePath: folder + "/page.pdf"))
        let drawn = try await Subprocess.run(
            .path("/usr/bin/pdftoppm"),
            arguments: ["-\(kind)", "-r", "200", "-singlefile", "page.pdf", "page"],
            workingDirectory: FilePath(folder), output: .discarded)
        try #require(drawn.terminationStatus.isSuccess)
        let file = try #require(try FileManager.default.contentsOfDirectory(atPath: folder).first { $0 != "page.pdf" })
        return [UInt8](try Data(contentsOf: URL(filePath: folder + "/" + file)))
    }

    @Test("that are scans are read where reading pictures is configured, their first pages in order")
    func scan() async throws {
        let pages = [try await drawn(Self.page, as: "jpeg"), try await drawn(["CVR-nr. 13 58 56 28"], as: "jpeg")]
        let octets = PDFWriter.scan(pages, width: 1653, height: 2339)
        #expect(await reading(octets, "application/pdf").reason?.code == .noText)
        let scanned = await reading(octets, "application/pdf", pictures: true)
        #expect(scanned.outcome == .text && !scanned.isCut, "\(scanned)")
        let first = try #require(scanned.text.firstRange(of: "Levering i uge 42"), "\(scanned)")
        #expect(scanned.text[first.upperBound...].contains("13 58 56 28"), "\(scanned)")
        let long = PDFWriter.scan(Array(repeating: pages[1], count: 4), width: 1653, height: 2339)
        #expect(await reading(long, "application/pdf", pictures: true).isCut)
    }

    @Test("The words of a picture are read where that is configured")
    func picture() async throws {
        let octets = try await drawn(Self.page, as: "png")
        #expect(await reading(octets, "image/png").reason?.code == .pictureNotRead)
        let reading = await reading(octets, "image/png", pictures: true)
        #expect(reading.text.contains("Kontorstole og borde"), "\(reading)")
        #expect(reading.text.contains("uge 42"))
    }
}
