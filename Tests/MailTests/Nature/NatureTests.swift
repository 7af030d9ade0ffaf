import Mail
import Testing

@Suite("Nature of a mail")
struct NatureTests {
    struct Case: Sendable, CustomTestStringConvertible {
        var header: String
        var nature: Letter.Nature
        var allowed: Bool
        var testDescription: String { header }
    }

    @Test(
        "what the header says",
        arguments: [
            Case(header: "X-Nothing: 1", nature: .person, allowed: true),
            Case(header: "Auto-Submitted: auto-replied", nature: .autoReply, allowed: false),
            Case(header: "Auto-Submitted: (a comment) AUTO-GENERATED; x=y", nature: .autoReply, allowed: false),
            Case(header: "Auto-Submitted: no", nature: .person, allowed: true),
            Case(header: "Auto-Submitted: No (really)", nature: .person, allowed: true),
            Case(header: "List-Id: <l.example>", nature: .list, allowed: false),
            Case(header: "Precedence: bulk", nature: .list, allowed: false),
            Case(header: "Precedence: bulk\nAuto-Submitted: auto-replied", nature: .autoReply, allowed: false),
            Case(header: "X-Auto-Response-Suppress: OOF, AutoReply", nature: .person, allowed: false),
            Case(header: "X-Brevdue-Id: abc", nature: .person, allowed: false),
        ])
    func headers(_ fixture: Case) throws {
        let read = try letter("From: bo@lund.example\n\(fixture.header)\nSubject: Hej\n\nVi vil have en pris.")
        #expect(read.nature == fixture.nature && read.autoReply.allowed == fixture.allowed)
    }

    @Test(
        "senders that are no person get no answer",
        arguments: [
            "no-reply@x.example", "noreply@x.example", "MAILER-DAEMON@x.example", "owner-list@x.example",
            "bounce-7@x.example",
            "do-not-reply@x.example",
        ])
    func roles(_ address: String) throws {
        #expect(try !letter("From: \(address)\nSubject: Hej\n\nHej").autoReply.allowed)
    }

    @Test("an empty return path forbids an answer")
    func nullPath() throws {
        let read = try letter("From: bo@lund.example\nSubject: Hej\n\nHej", returnPath: "")
        #expect(!read.autoReply.allowed && read.autoReply.reason.contains("return path"))
    }
}
