import Mail
import Testing

@Suite("Adversarial headers")
struct AdversarialHeaderTests {
    private static let long = "a header field longer than 262144 octets"
    private static let open = "encoded words without an end"
    private static let base64 = "QUJDREVGR0hJSktMTU5PUFFSU1RVVldY"

    @Test(
        "the text below is read", .timeLimit(.minutes(2)),
        arguments: [
            AdversarialMail("encoded words without an end", defects: [long, open], text: "Hej") {
                "To: " + many("=?utf-8?Q?a ", 300_000) + "\n\nHej"
            },
            AdversarialMail("and that end in the next one's beginning", defects: [open], text: "Hej") {
                "To: " + many("=? ", 100) + many("x", 2000) + many("=?a?", 50_000) + "\n\nHej"
            },
            AdversarialMail("and in a part's header", defects: [open], text: "Hej") {
                "Content-Type: multipart/mixed; boundary=b\n\n--b\nContent-Description: "
                    + many("=?utf-8?Q?a ", 300_000) + "\n\nHej\n--b--\n"
            },
            AdversarialMail(
                "a hundred thousand fields",
                defects: ["more than 10000 header fields", "more than 1000 header fields"],
                text: "Hej"
            ) { many("X-A: b\n", 100_000) + "\nHej" },
        ])
    func text(_ mail: AdversarialMail) throws { try mail.check() }

    @Test(
        "a subject is read so far", .timeLimit(.minutes(2)),
        arguments: [
            (
                AdversarialMail("50 MB of base64 in a header", defects: [long], text: "Hej") {
                    "X-Junk: " + many(base64, 1_600_000) + "\nSubject: Pris\n\nHej"
                }, "Pris", 4...4
            ),
            (
                AdversarialMail("and as a subject", defects: [long], text: "Hej") {
                    "Subject: " + many(base64, 1_600_000) + "\n\nHej"
                }, base64, 60_000...(64 << 10)
            ),
            (
                AdversarialMail("a million encoded words", defects: [long], text: "Hej") {
                    "Subject: " + many("=?utf-8?Q?=C3=A5?=\n ", 1_000_000) + "\n\nHej"
                }, many("å", 3000), 6000...(64 << 10)
            ),
            (
                AdversarialMail("and short ones", defects: [long], text: "Hej") {
                    "Subject: " + many("=?utf-8?Q?a?= ", 20_000) + "\n\nHej"
                }, many("a", 4000), 4000...(64 << 10)
            ),
        ])
    func subject(_ mail: AdversarialMail, _ beginning: String, _ octets: ClosedRange<Int>) throws {
        let subject = try mail.check().subject
        #expect(subject.hasPrefix(beginning) && octets.contains(subject.utf8.count))
    }

    @Test("of a hundred thousand recipients the first are read", .timeLimit(.minutes(2)))
    func recipients() throws {
        let mail = AdversarialMail("", defects: [Self.long, "more than 1000 addresses"], text: "Hej") {
            "To: " + many("Bo <bo@lund.example>,\n ", 100_000) + "a@b.example\n\nHej"
        }
        let read = try mail.check()
        #expect(read.to.count == 1000 && read.to.allSatisfy { $0 == Mailbox(name: "Bo", address: "bo@lund.example") })
    }

    @Test("of the continuations of a parameter the first are read", .timeLimit(.minutes(2)))
    func continuations() throws {
        let mail = AdversarialMail("", defects: ["a field with too many parameters"], text: "Hej") {
            "Content-Type: multipart/mixed; boundary=b\n\n--b\n\nHej\n--b\nContent-Disposition: attachment"
                + (0..<100_000).map { ";\n filename*\($0)*=%C3%A5" }.joined() + "\n\nx\n--b--\n"
        }
        let name = try #require(try mail.check().attachments.first?.filename)
        #expect(name.allSatisfy { $0 == "å" } && (1...1000).contains(name.count))
    }
}
