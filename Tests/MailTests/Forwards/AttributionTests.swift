import Foundation
import Testing

@testable import Mail

@Suite("Who wrote a quotation")
struct AttributionTests {
    private func read(_ line: String) throws -> Attribution {
        let lines = TextLine.lines(of: Array("\(line)\n\n> Hej".utf8))
        return Attribution(try #require(QuoteIntroduction(lines[...], at: 0)), zone: 3600)
    }

    @Test(
        "name and address of an introduction",
        arguments: [
            ("Den 28/10/2026 12.46 skrev \"Mette Holm\" <m@x.example>:", "Mette Holm"),
            ("Den tir. 24. nov. 2026 kl. 10.12 skrev Mette Holm <m@x.example>:", "Mette Holm"),
            ("On Tue, Nov 24, 2026 at 10:12 AM Mette Holm <m@x.example> wrote:", "Mette Holm"),
            ("On 24 Nov 2026, at 10:12, Mette van der Holm <m@x.example> wrote:", "Mette van der Holm"),
            ("Am 24.11.2026 um 10:12 schrieb Mette Holm <m@x.example>:", "Mette Holm"),
            ("Mette Holm <m@x.example> skrev den 24. november 2026 kl. 10.12:", "Mette Holm"),
            ("24.11.2026, 10.12, \"Mette Holm\" <m@x.example>:", "Mette Holm"),
            ("Le 28/10/2026 12:46, « Mette Holm » <m@x.example> a écrit :", "Mette Holm"),
            ("2026/11/24 Mette Holm <m@x.example>", "Mette Holm"),
            ("Citat af Mette Holm <m@x.example>:", "Mette Holm"), ("Quoting Mette Holm <m@x.example>:", "Mette Holm"),
        ])
    func names(_ line: String, _ name: String) throws {
        #expect(try read(line).from == Mailbox(name: name, address: "m@x.example"))
    }

    @Test("an address alone has no name, and the date is read beside it")
    func bare() throws {
        let attribution = try read("Den 24. november 2026 kl. 10.12 skrev m@x.example:")
        #expect(attribution.from == Mailbox(address: "m@x.example"))
        #expect(attribution.date.instant == Date(timeIntervalSince1970: 1_795_511_520))
    }

    @Test("without an address there is nobody to name")
    func nobody() throws {
        #expect(try read("Den 24. november 2026 kl. 10.12 skrev Mette:").from == nil)
    }
}

@Suite("Mailboxes within a text")
struct MailboxTextTests {
    @Test(
        "in the forms that clients write",
        arguments: [
            ("Mette <m@x.example>; \"Holm, Jonas\" <j@y.example>", "Mette|m@x.example;Holm, Jonas|j@y.example"),
            ("Mette [mailto:m@x.example]", "Mette|m@x.example"), ("m@x.example", "|m@x.example"),
            ("mailto:m@x.example", "|m@x.example"), ("Holm, Mette <m@x.example>", "Holm, Mette|m@x.example"),
            ("a@x.example, b@x.example", "|a@x.example;|b@x.example"), ("Mette Holm", "Mette Holm|"),
            ("m@x.example <m@x.example>", "|m@x.example"), ("m@x.example <mailto:m@x.example>", "|m@x.example"),
            ("“Mette” <m@X.Example>", "Mette|m@x.example"), ("« Mette » <m@x.example>", "Mette|m@x.example"),
            ("'Mette' <m@x.example>", "Mette|m@x.example"),
            ("Mette <m@x.example <mailto:m@x.example>>", "Mette|m@x.example"), ("", ""), (";;,", ""), ("<>", ""),
        ])
    func forms(_ text: String, _ boxes: String) {
        let read = MailboxText.list(text.octets).map { "\($0.name ?? "")|\($0.address)" }
        #expect(read.joined(separator: ";") == boxes)
    }

    @Test("a line has a bounded number of them", arguments: [10, 1000, 50_000])
    func bounded(_ count: Int) {
        let text = String(repeating: "Bo <b@y.example>;", count: count)
        #expect(MailboxText.list(text.octets).count == min(count, 200))
    }
}
