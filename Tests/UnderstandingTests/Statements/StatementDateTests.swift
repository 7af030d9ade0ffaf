import Foundation
import Mail
import Testing
import Understanding

/// When things were said, where a mail's own date cannot be right.
@Suite("Dates of statements")
struct StatementDateTests {
    private static let received = Date(timeIntervalSince1970: 1_795_600_000)
    private static let fact = Fact(
        name: "users", value: .number(thousandths: 5000),
        evidence: Evidence(part: "text/plain", section: .text, text: "5", offset: 0, length: 1))

    private static func letter(date: String, text: String) throws -> Letter {
        let header = date.isEmpty ? "" : "Date: \(date)\r\n"
        let mail = "From: Jonas Holm <jh@fjordtek.example>\r\n\(header)Subject: VS: Hej\r\n\r\n\(text)\r\n"
        return try Letter(Array(mail.utf8), reading: ReadingOptions())
    }

    @Test(
        "a date that is long past, to come or missing does not make a message old or new",
        arguments: ["Thu, 1 Jan 1970 00:00:00 +0000", "Thu, 1 Jan 2099 00:00:00 +0000", ""])
    func impossible(date: String) throws {
        let letter = try Self.letter(date: date, text: "Vi er 5 brugere.")
        let statements = Statement.statements(in: letter, facts: [Self.fact], receivedAt: Self.received)
        #expect(statements.map(\.source.saidAt) == [Self.received])
    }

    @Test("a note was said after the mail it sends on, whatever that mail's clock says")
    func noteIsLast() throws {
        var note = Self.fact
        note.evidence.section = .note
        let letter = try Self.letter(
            date: "Tue, 24 Nov 2026 10:15:00 +0100",
            text: """
                7 brugere
                Mvh Jonas

                Fra: Bo <bo@strandby.example>
                Sendt: 25. november 2026 04:00
                Til: Jonas Holm <jh@fjordtek.example>
                Emne: Hej

                Vi er 5 brugere.
                """)
        let statements = Statement.statements(in: letter, facts: [note, Self.fact], receivedAt: Self.received)
        #expect(statements.map(\.source.isInstruction) == [true, false])
        #expect(statements[0].source.saidAt >= statements[1].source.saidAt)
    }
}
