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
            Case(header: "X-Auto-Response-Suppress: DR, autoreply", nature: .person, allowed: false),
            Case(header: "X-Auto-Response-Suppress: ALL", nature: .person, allowed: false),
            Case(header: "X-Auto-Response-Suppress: DR, RN; NRN", nature: .person, allowed: true),
            Case(
                header: "X-Auto-Response-Suppress: DR\nX-Auto-Response-Suppress: (of ours) oof", nature: .person,
                allowed: false),
            Case(header: "Auto-Submitted: no\nAuto-Submitted: auto-generated", nature: .autoReply, allowed: false),
            Case(
                header: "AUTO-SUBMITTED: auto-notified; owner-email=\"a@b.example\"", nature: .autoReply, allowed: false
            ),
            Case(header: "Auto-Submitted: x-own-word", nature: .autoReply, allowed: false),
            Case(header: "Auto-Submitted: (no) (no (no)) auto-replied (no)", nature: .autoReply, allowed: false),
            Case(header: "Precedence: (mass mail) Bulk", nature: .list, allowed: false),
            Case(header: "Precedence: junk; x", nature: .list, allowed: false),
            Case(header: "Precedence: first-class", nature: .person, allowed: true),
            Case(header: "list-unsubscribe: <mailto:a@b.example>", nature: .list, allowed: false),
            Case(header: "X-Autoreply: yes", nature: .autoReply, allowed: false),
            Case(header: "X-AutoReply: no", nature: .person, allowed: true),
            Case(header: "X-Autorespond: Ferie", nature: .autoReply, allowed: false),
            Case(header: "Precedence: bulk\nX-Vacation: yes", nature: .autoReply, allowed: false),
            Case(header: "X-Brevdue-Id: abc", nature: .autoReply, allowed: false),
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
            "do-not-reply@x.example", "DoNotReply+7@x.example", "list-request@x.example",
            "bounces+a=b.example@x.example",
            "list-bounces@x.example", "Postmaster+x@x.example", "no_reply-2@x.example",
        ])
    func roles(_ address: String) throws {
        #expect(try !letter("From: \(address)\nSubject: Hej\n\nHej").autoReply.allowed)
    }

    @Test("names that only look like those are people's", arguments: ["bo.norep@x.example", "requests@x.example"])
    func people(_ address: String) throws {
        #expect(try letter("From: \(address)\nSubject: Hej\n\nHej").autoReply.allowed)
    }

    @Test(
        "reports of machines are told by their form",
        arguments: [
            "Content-Type: multipart/report; report-type=disposition-notification; boundary=b",
            "Content-Type: multipart/report; report-type=feedback-report; boundary=b",
            "Content-Type: multipart/report; report-type=tlsrpt; boundary=b",
            "Content-Type: multipart/report; report-type=unheard-of; boundary=b",
            "Content-Type: message/disposition-notification",
            "TLS-Report-Domain: fjordtek.example",
            "Subject: Report Domain: fjordtek.example Submitter: mx.example Report-ID: <1>\nContent-Type: application/zip",
            """
            Content-Type: application/gzip; name="mx.example!fjordtek.example!1795000000!1795086400.xml.gz"
            """,
        ])
    func reports(_ header: String) throws {
        let read = try letter("From: bo@lund.example\n\(header)\n\n--b\n\nHej\n--b--")
        #expect(read.nature == .other && !read.autoReply.allowed)
    }

    @Test(
        "a return path that is no person's forbids an answer, whoever From and Reply-To name",
        arguments: [
            "owner-leads@x.example", "leads-request@x.example", "MAILER-DAEMON@x.example", "postmaster@x.example",
            "no-reply@x.example", "NoReply@x.example", "donotreply@x.example", "bounce@x.example",
            "bounces+bo=lund.example@x.example", "",
        ])
    func returnPaths(_ path: String) throws {
        let mail = "From: Bo <bo@lund.example>\nReply-To: ib@lund.example\nSubject: Hej\n\nHej"
        #expect(try !letter(mail, returnPath: path).autoReply.allowed)
        #expect(try letter(mail, returnPath: "bo@lund.example").autoReply.allowed)
    }

    @Test(
        "any field of a list forbids an answer",
        arguments: [
            "List-Id", "List-Post", "List-Help", "List-Subscribe", "List-Owner", "List-Archive", "LIST-ANYTHING",
        ])
    func lists(_ field: String) throws {
        #expect(try !letter("From: bo@lund.example\n\(field): <x>\nSubject: Hej\n\nHej").autoReply.allowed)
    }

    @Test("an empty return path forbids an answer")
    func nullPath() throws {
        let read = try letter("From: bo@lund.example\nSubject: Hej\n\nHej", returnPath: "")
        #expect(!read.autoReply.allowed && read.autoReply.reason.contains("return path"))
    }
}
