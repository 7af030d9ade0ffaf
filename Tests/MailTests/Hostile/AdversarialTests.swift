import Cryptography
import Mail
import Testing

/// Mail made to take the square of its length, the stack or the memory: each is read in the time of its length, and what
/// can be read of it is.
@Suite("Adversarial mail")
struct AdversarialTests {
    struct Case: Sendable, CustomTestStringConvertible {
        var testDescription: String
        /// What stands after a From, in pieces that repeat.
        var mail: @Sendable () -> String
        var text: String?
        var defect: String?
    }

    private static func many(_ piece: String, _ count: Int) -> String { String(repeating: piece, count: count) }
    private static func nested(_ depth: Int) -> String {
        (0..<depth).map { "--b\($0)\nContent-Type: multipart/mixed; boundary=b\($0 + 1)\n\n" }.joined()
    }

    @Test(
        "is read in time", .timeLimit(.minutes(2)),
        arguments: [
            Case(testDescription: "a hundred thousand quotation marks", mail: { "\n" + many(">", 100_000) }),
            Case(testDescription: "only blank lines", mail: { "\n" + many("\n", 50_000) }, text: ""),
            Case(
                testDescription: "a hundred thousand parts within each other",
                mail: { "Content-Type: multipart/mixed; boundary=b0\n\n--b0\n\nHej\n" + nested(100_000) }, text: "Hej",
                defect: "more multiparts than can be told apart"),
            Case(
                testDescription: "50 MB of base64 in a header",
                mail: { "X-Junk: " + many("QUJDREVGR0hJSktMTU5PUFFSU1RVVldY", 1_600_000) + "\nSubject: Pris\n\nHej" },
                text: "Hej",
                defect: "a header field longer than 262144 octets"),
            Case(
                testDescription: "and as a subject",
                mail: { "Subject: " + many("QUJDREVGR0hJSktMTU5PUFFSU1RVVldY", 1_600_000) + "\n\nHej" }, text: "Hej"),
            Case(
                testDescription: "a hundred thousand recipients",
                mail: { "To: " + many("Bo <bo@lund.example>,\n ", 100_000) + "a@b.example\n\nHej" }, text: "Hej",
                defect: "more than 1000 addresses"),
            Case(
                testDescription: "a million encoded words",
                mail: { "Subject: " + many("=?utf-8?Q?=C3=A5?=\n ", 1_000_000) + "\n\nHej" }, text: "Hej"),
            Case(
                testDescription: "encoded words without an end",
                mail: { "To: " + many("=?utf-8?Q?a ", 300_000) + "\n\nHej" },
                text: "Hej", defect: "encoded words without an end"),
            Case(
                testDescription: "encoded words that end in the next one's beginning",
                mail: { "To: " + many("=? ", 100) + many("x", 2000) + many("=?a?", 50_000) + "\n\nHej" },
                text: "Hej", defect: "encoded words without an end"),
            Case(
                testDescription: "a value that begins like one in quotation marks",
                mail: {
                    "Content-Type: text/html\n\nHej<i a= b='>" + many("<div>", 30_000) + many("</x>", 50_000)
                        + "med jer"
                }, defect: "HTML nested deeper than 190"),
            Case(
                testDescription: "a script that seems to end",
                mail: {
                    "Content-Type: text/html\n\nHej<script></b><!--</script>" + many("<div>", 30_000)
                        + many("</x>", 50_000)
                }, text: "Hej", defect: "HTML nested deeper than 190"),
            Case(
                testDescription: "names that begin alike",
                mail: {
                    "Content-Type: text/html\n\nHej" + many("<abcdefgh1></abcdefgh2>", 20_000)
                }, text: "Hej", defect: "more than 20000 tags of HTML"),
            Case(
                testDescription: "uuencode of empty lines", mail: { "\nHej\nbegin \n" + many("\n", 1_500_000) },
                text: "Hej\nbegin"),
            Case(
                testDescription: "and in a part's header",
                mail: {
                    "Content-Type: multipart/mixed; boundary=b\n\n--b\nContent-Description: "
                        + many("=?utf-8?Q?a ", 300_000)
                        + "\n\nHej\n--b--\n"
                }, text: "Hej", defect: "encoded words without an end"),
            Case(
                testDescription: "continuations of a parameter",
                mail: {
                    "Content-Type: multipart/mixed; boundary=b\n\n--b\n\nHej\n--b\nContent-Disposition: attachment"
                        + (0..<100_000).map { ";\n filename*\($0)*=%C3%A5" }.joined() + "\n\nx\n--b--\n"
                }, text: "Hej", defect: "a field with too many parameters"),
            Case(
                testDescription: "a hundred thousand fields", mail: { many("X-A: b\n", 100_000) + "\nHej" },
                text: "Hej",
                defect: "more than 10000 header fields"),
            Case(testDescription: "a line without an end", mail: { "\nHej " + many("a", 300_000) }),
            Case(
                testDescription: "tags within each other",
                mail: { "Content-Type: text/html\n\n<p>Hej" + many("<b>", 100_000) },
                text: "Hej", defect: "HTML nested deeper than 190"),
            Case(
                testDescription: "ends of tags that are not open",
                mail: { "Content-Type: text/html\n\nHej" + many("<div>", 30_000) + many("</i>", 50_000) }, text: "Hej",
                defect: "HTML nested deeper than 190"),
            Case(
                testDescription: "attributes",
                mail: {
                    "Content-Type: text/html\n\nHej <p " + (0..<50_000).map { "a\($0)=b " }.joined() + ">med jer"
                },
                text: "Hej med jer", defect: "an HTML element with more than 100 attributes"),
            Case(
                testDescription: "entities",
                mail: { "Content-Type: text/html\n\nHej" + many("&aelig;&nbsp;&#8203;", 10_000) }),
            Case(
                testDescription: "uuencode without an end",
                mail: { "\nHej\n" + many("begin 644 a.txt\n", 2000) + many("#5VD!\n", 3000) + "æ" }),
            Case(
                testDescription: "boundaries of nothing",
                mail: {
                    "Content-Type: multipart/mixed; boundary=b\n\n"
                        + many("--b\nContent-Type: multipart/mixed; boundary=b\n\n", 1000) + many("--c\n", 100_000)
                }),
        ])
    func inTime(_ fixture: Case) throws {
        let mail = "From: a@b.example\nDate: Tue, 24 Nov 2026 08:52:11 +0100\n" + fixture.mail()
        let read = try Letter(Array(mail.utf8), reading: ReadingOptions())
        #expect(read.from.first?.address == "a@b.example")
        if let text = fixture.text { #expect(read.text == text) }
        if let defect = fixture.defect { #expect(read.defects.contains(defect)) }
    }

    @Test("a file of queries is kept to the octet, though each line begins an encoded word")
    func queries() throws {
        let lines = (0..<300).map { "SELECT name FROM t\($0) WHERE id=?;" }.joined(separator: "\n")
        let mail = """
            From: a@b.example
            Content-Type: multipart/mixed; boundary=b

            --b

            Se filen.
            --b
            Content-Type: application/sql; name=a.sql
            Content-Disposition: attachment

            \(lines)
            --b--
            """
        let read = try Letter(Array(mail.utf8), reading: ReadingOptions())
        #expect(read.attachments.first?.sha256 == SHA256.hash(Array(lines.utf8)).hex)
        #expect(!read.defects.contains("encoded words without an end"))
    }

    @Test("of the text of all parts together so much is looked at")
    func allText() throws {
        var options = ReadingOptions()
        options.limits.allText = 10_000
        let part = "--b\nContent-Type: text/plain\n\n" + Self.many("Hej Jonas. ", 300) + "\n"
        let mail = "From: a@b.example\nContent-Type: multipart/mixed; boundary=b\n\n" + Self.many(part, 5) + "--b--\n"
        let read = try Letter(Array(mail.utf8), reading: options)
        #expect(read.text.utf8.count <= 10_100 && read.text.hasPrefix("Hej Jonas. "))
        #expect(read.defects.contains("more than 10000 octets of text"))
    }
}
