import GrowthSupport
import Mail
import Testing

@Suite("Growth of the work of reading")
struct GrowthTests {
    private static let page = "Content-Type: text/html\n\n"
    private static let tinted = page + "<p>Svar med rødt nedenfor.</p><div style='border-top:solid'>Fra Bo</div>"
    private static let forward = "Subject: FW: x\n\n"

    @Test(
        "is that of the mail, whatever it repeats", .timeLimit(.minutes(5)),
        arguments: [
            ("\n", ">", 20_000), ("\n", "> ", 20_000), ("\n", ">\n", 1000), ("\n", "> a\nb\n", 500),
            ("\n", "a", 30_000),
            ("\n", "Hej med jer\n", 500), ("\n", "Mvh\n", 1000), ("\n", "Mange tak\n", 1000), ("\n", "-- \n", 1000),
            ("\n", "begin 644 a\n#5VD!\n", 500), ("\n", "131284-", 1000), ("\n", "CPR 1 ", 1000),
            ("\n", "\u{200B}1", 1000),
            ("\n", "-----BEGIN PGP MESSAGE-----\n", 500), ("\n", "Den 24.11.2026 kl. 10.12 skrev a@b.example:\n", 300),
            (forward, "Fra: a\n", 1000), (forward, "---- Forwarded message ----\n", 300),
            (page, "&aelig;&nbsp;&#8203;", 2000), (page, "<div>", 1000), (page, "<p>a</p>", 300), (page, "</i>", 1000),
            (tinted, "<p>a <font color=red>b</font></p>", 300), (tinted, "<font color=red>b</font>c ", 300),
            ("\n", "Mvh\nPS: hej med jer\n", 500), (page, "<", 10_000), (page, "<!--", 10_000),
            ("Content-Type: multipart/mixed; boundary=b\n\n", "--b\n\nHej\n", 50), ("To: ", "=?utf-8?Q?a ", 1000),
            ("To: ", "a:", 2000), ("To: ", "Bo <bo@lund.example>, ", 500), ("Subject: ", "=?utf-8?Q?=C3=A5?= ", 500),
        ])
    func grows(_ head: String, _ piece: String, _ count: Int) throws {
        let ratio = try Growth.ratio(of: count) { count in
            let mail = Array("From: a@b.example\n\(head)\(many(piece, count))\n\nHej".utf8)
            _ = try Letter(mail, reading: ReadingOptions())
        }
        #expect(ratio < Growth.limit)
    }
}
