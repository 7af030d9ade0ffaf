import Foundation
import Mail
import Testing

/// The fixtures whose text stands in them as plain text and as HTML, each as its client writes it.
@Suite("HTML alone says what the plain text says")
struct AlternativeTests {
    private static let folder = URL(filePath: #filePath).deletingLastPathComponent()
        .appending(path: "../../../fixtures/mails").standardizedFileURL

    private static let names = ((try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []).filter {
        $0.hasSuffix(".eml")
    }.sorted()

    private func read(_ octets: [UInt8]) throws -> Letter {
        try Letter(octets, reading: ReadingOptions(own: OwnPeople(domains: ["fjordtek.example"])))
    }

    /// Letters and digits: bullets, rules and line ends differ.
    private func words(_ text: String) -> String {
        String(text.unicodeScalars.filter { $0.properties.isAlphabetic || ("0"..."9").contains($0) })
    }

    @Test("of every fixture with both")
    func fixtures() throws {
        var count = 0
        for name in Self.names {
            let octets = Array(try Data(contentsOf: Self.folder.appending(path: name)))
            let text = String(decoding: octets, as: UTF8.self)
            guard text.contains("multipart/alternative"), text.contains("Content-Type: text/html") else { continue }
            count += 1
            let both = try read(octets)
            let html = try read(
                Array(text.replacing("Content-Type: text/plain", with: "Content-Type: text/x-none").utf8))
            #expect(html.textPart == "text/html", "\(name)")
            #expect(html.kind == both.kind && html.original.from == both.original.from, "\(name)")
            #expect(html.original.to == both.original.to && html.original.subject == both.original.subject, "\(name)")
            #expect(
                html.original.date.instant == both.original.date.instant && html.forwardDepth == both.forwardDepth,
                "\(name)")
            #expect(words(html.text) == words(both.text) && words(html.note) == words(both.note), "\(name)")
            // HTML also has the words for a picture.
            #expect(
                words(html.signature).hasPrefix(words(both.signature)) && html.exchanges == both.exchanges, "\(name)")
        }
        #expect(count >= 40)
    }
}
