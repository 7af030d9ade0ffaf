import Foundation
import Testing

@testable import Mail

@Suite("Header injection")
struct InjectionTests {
    static let lineEnds = [
        "\r\n", "\n", "\r", "\u{0}", "\u{B}", "\u{C}", "\u{85}", "\u{2028}", "\u{2029}", "\r\n\r\n", "\r\n ",
    ]

    @Test("a line end in any value begins neither a field nor the body", arguments: lineEnds)
    func lineEndsAreHarmless(_ lineEnd: String) throws {
        let bad = "a\(lineEnd)Bcc: offer@victim.example\(lineEnd)\(lineEnd)body"
        let box = Mailbox(name: bad, address: "jh\(lineEnd)Bcc: x@fjordtek.example")
        let written = OutgoingMail(
            from: box, replyTo: box, to: [box], subject: bad, date: Date(timeIntervalSince1970: 0),
            messageID: "<\(bad)@x.example>", inReplyTo: "<\(bad)@x.example>", references: ["<\(bad)@x.example>"],
            fields: [.init("X-Brevdue-Id", bad), .init("X-A\(lineEnd)Bcc", bad)], text: "Hej", html: "Hej")
        let names = written.headerLines.filter { !$0.hasPrefix(" ") }.map { $0.prefix { $0 != ":" } }
        #expect(
            names == [
                "Date", "From", "Reply-To", "To", "Subject", "X-Brevdue-Id", "X-ABcc", "MIME-Version", "Content-Type",
            ])
        #expect(written.octets.allSatisfy { $0 == 0x0D || $0 == 0x0A || (0x20...0x7E).contains($0) })
        #expect(try written.readBack().subject.hasPrefix("a Bcc: offer@victim.example"))
    }

    @Test("an address can name no second one")
    func addressesStayAlone() throws {
        for address in [
            "a@x.example>, <b@y.example", "a,b@x.example", "a b@x.example", "\"a\" <b@x.example", "a@x.example (note)",
        ] {
            let letter = try mail(to: [Mailbox(address: address)]).readBack()
            #expect(letter.to.count == 1, "\(address)")
        }
    }

    @Test("the text cannot end its part: no line of it begins with the boundary")
    func boundaryIsSafe() {
        let text = "--=_a1brevduefjordtekexample\n--=_a1brevduefjordtekexample--\n"
        let written = mail(text: text, html: text)
        #expect(
            written.lines.filter { $0.hasPrefix("--=_") } == [
                "--=_a1brevduefjordtekexample", "--=_a1brevduefjordtekexample", "--=_a1brevduefjordtekexample--",
            ])
    }
}
