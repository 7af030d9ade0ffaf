import Cryptography
import Mail
import Testing

/// Each is read in the time of its length, and what can be read of it is.
@Suite("Adversarial bodies")
struct AdversarialTests {
    private static func nested(_ depth: Int) -> String {
        (0..<depth).map { "--b\($0)\nContent-Type: multipart/mixed; boundary=b\($0 + 1)\n\n" }.joined()
    }

    private static let multipart = "Content-Type: multipart/mixed; boundary=b\n\n"

    @Test(
        "text", .timeLimit(.minutes(2)),
        arguments: [
            AdversarialMail("a hundred thousand quotation marks", text: many(">", 100_000)) {
                "\n" + many(">", 100_000)
            },
            AdversarialMail("and with spaces", text: many("> ", 99_999) + ">") { "\n" + many("> ", 100_000) },
            AdversarialMail("and each in its line", text: many(">\n", 99_999) + ">") { "\n" + many(">\n", 100_000) },
            AdversarialMail("only blank lines", text: "") { "\n" + many("\n", 50_000) },
            AdversarialMail("a line without an end", text: "Hej " + many("a", 300_000)) {
                "\nHej " + many("a", 300_000)
            },
            AdversarialMail("headers within headers", text: many("Fra: a\n", 19_999) + "Fra: a") {
                "Subject: FW: x\n\n" + many("Fra: a\n", 20_000)
            },
            AdversarialMail(
                "uuencode of empty lines", defects: ["more than 1048576 octets of text in a part"], text: "Hej\nbegin"
            ) { "\nHej\nbegin \n" + many("\n", 1_500_000) },
            AdversarialMail(
                "uuencode without an end",
                text: "Hej\n" + many("begin 644 a.txt\n", 2000) + many("#5VD!\n", 3000) + "æ"
            ) { "\nHej\n" + many("begin 644 a.txt\n", 2000) + many("#5VD!\n", 3000) + "æ" },
        ])
    func text(_ mail: AdversarialMail) throws {
        let read = try mail.check()
        #expect(read.attachments.isEmpty && read.quoted.isEmpty && read.signature.isEmpty && read.form == .direct)
    }

    @Test(
        "parts", .timeLimit(.minutes(2)),
        arguments: [
            AdversarialMail(
                "a hundred thousand within each other",
                defects: [
                    "more multiparts than can be told apart", "more than 10000 parts", "parts nested deeper than 50",
                    "a content type that is none", "a part without an end",
                ], text: "Hej"
            ) { "Content-Type: multipart/mixed; boundary=b0\n\n--b0\n\nHej\n" + nested(100_000) },
            AdversarialMail(
                "each beside one within another",
                defects: [
                    "more than 1000 parts", "a header line without a name", "a multipart without parts",
                    "a part without an end", "a message that is malformed",
                ], text: ""
            ) {
                multipart
                    + (0..<3000).map { "--b\nContent-Type: multipart/mixed; boundary=b\($0)\n\n--b\($0)\n" }.joined()
            },
            AdversarialMail(
                "boundaries of nothing",
                defects: [
                    "more multiparts than can be told apart", "parts nested deeper than 50",
                    "a content type that is none", "a part without an end",
                ], text: "Hej"
            ) { multipart + "--b\n\nHej\n" + many("--b\n\(multipart)", 1000) + many("--c\n", 100_000) },
        ])
    func parts(_ mail: AdversarialMail) throws { try mail.check() }

    private static let page = "Content-Type: text/html\n\n"
    private static let tooDeep = "HTML nested deeper than 190"
    private static let tooMany = "more than 20000 tags of HTML"

    @Test(
        "HTML", .timeLimit(.minutes(2)),
        arguments: [
            AdversarialMail(
                "a value that begins like one in quotation marks", defects: [tooDeep, tooMany], text: "Hej\nmed jer"
            ) { page + "Hej<i a= b='>" + many("<div>", 30_000) + many("</x>", 50_000) + "med jer" },
            AdversarialMail("a script that seems to end", defects: [tooDeep, tooMany], text: "Hej") {
                page + "Hej<script></b><!--</script>" + many("<div>", 30_000) + many("</x>", 50_000)
            },
            AdversarialMail("names that begin alike", defects: [tooMany], text: "Hej") {
                page + "Hej" + many("<abcdefgh1></abcdefgh2>", 20_000)
            },
            AdversarialMail("tags within each other", defects: [tooDeep], text: "Hej") {
                page + "<p>Hej" + many("<b>", 100_000)
            },
            AdversarialMail("and below them something to read", defects: [tooDeep], text: "Hej") {
                page + many("<div>", 50_000) + "Hej"
            },
            AdversarialMail("ends of tags that are not open", defects: [tooDeep, tooMany], text: "Hej") {
                page + "Hej" + many("<div>", 30_000) + many("</i>", 50_000)
            },
            AdversarialMail(
                "attributes", defects: ["an HTML element with more than 100 attributes"], text: "Hej med jer"
            ) { page + "Hej <p " + (0..<50_000).map { "a\($0)=b " }.joined() + ">med jer" },
            AdversarialMail("entities", text: "Hej" + many("æ ", 9999) + "æ") {
                page + "Hej" + many("&aelig;&nbsp;&#8203;", 10_000)
            },
        ])
    func html(_ mail: AdversarialMail) throws { try mail.check() }

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
        let part = "--b\nContent-Type: text/plain\n\n" + many("Hej Jonas. ", 300) + "\n"
        let mail = "From: a@b.example\nContent-Type: multipart/mixed; boundary=b\n\n" + many(part, 5) + "--b--\n"
        let read = try Letter(Array(mail.utf8), reading: options)
        #expect(read.text.utf8.count <= 10_100 && read.text.hasPrefix("Hej Jonas. "))
        #expect(read.defects.contains("more than 10000 octets of text"))
    }
}
