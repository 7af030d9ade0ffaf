import Testing

@testable import Mail

/// What there is far too much of, and would take the square of its length.
@Suite("Surplus in a mail")
struct SurplusTests {
    /// A letter with accents that are not in their order.
    private static let accents = "a" + String(repeating: "\u{301}\u{323}", count: 3000)

    @Test(
        "accents on one letter are kept so far only, wherever they stand", .timeLimit(.minutes(1)),
        arguments: [
            "\n\(accents)", "Subject: \(accents)\n\nHej", "Content-Type: text/\(accents)\n\nHej",
            "Content-Type: text/plain; charset=\(accents)\n\nHej",
            "Content-Disposition: attachment; filename=\(accents)\n\nHej", "To: \(accents) <a@b.example>\n\nHej",
            "To: \(accents)@b.example\n\nHej", "Content-Type: text/html\n\n<div class=\"\(accents)\">Hej",
            "Content-Type: text/html\n\n<div id=\"\(accents)\">Hej", "Content-Type: text/html\n\n<\(accents)>Hej",
            "Content-Type: text/html\n\n<p>a" + String(repeating: "&#x301;&#x323;", count: 3000),
        ])
    func bounded(_ mail: String) throws {
        let read = try letter("From: a@b.example\n" + mail)
        let texts = [read.text, read.subject, read.to.first?.name ?? "", read.attachments.first?.filename ?? ""]
        #expect(texts.allSatisfy { $0.unicodeScalars.count <= 40 })
    }

    @Test("as many as a language has are kept, and composed")
    func few() {
        #expect(Repair.text("e\u{323}\u{302}") == "\u{1EC7}")
        let marks = String(repeating: "\u{316}", count: 30)
        let most = "a" + marks
        #expect(Repair.text(most).unicodeScalars.count == 31)
        #expect(Repair.text(most + "\u{316}").unicodeScalars.count == 31)
        #expect(Repair.text(most + "b" + marks).unicodeScalars.count == 62)
    }

    @Test("parameters of a field are read so far only, in a part's header too", .timeLimit(.minutes(1)))
    func parameters() throws {
        let many = "text/plain" + (0..<30_000).map { ";\n a\($0)=b" }.joined()
        let whole = try letter("From: a@b.example\nDate: Tue, 24 Nov 2026 08:52:11 +0100\nContent-Type: \(many)\n\nHej")
        #expect(whole.text == "Hej" && !whole.defects.isEmpty)
        let part = try letter(
            "From: a@b.example\nDate: Tue, 24 Nov 2026 08:52:11 +0100\nContent-Type: multipart/mixed; boundary=b\n\n"
                + "--b\nContent-Type: \(many)\n\nHej\n--b--\n")
        #expect(part.text == "Hej" && part.defects.contains("a field with too many parameters"))
    }
}
