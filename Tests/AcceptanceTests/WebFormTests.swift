import Foundation
import Mail
import Postgres
import TestSupport
import Testing

/// Enquiry forms of websites, through the real daemon.
@Suite("Enquiries by web form")
struct WebFormTests {
    private static let service = "Formpost <no-reply@formpost.example>"
    private static let company = "91430525"

    private static func form(_ name: String, _ address: String, _ fields: String = "") -> String {
        "Navn: \(name)\nE-mail: \(address)\n\(fields)Besked: Hej, vi vil gerne have en chatbot. Hvad koster det?"
    }

    @Test("a service that sends everybody's forms tells no company", .timeLimit(.minutes(2)))
    func everybodys() async throws {
        try await Desk.open("everybodys-forms") { desk in
            let first = Self.form("Mette Lyngholm", "mly@vestklit.example", "Firma: Vestklit\nCVR: \(Self.company)\n")
            try await desk.send(.forward("f1", of: first, by: Self.service))
            try await desk.send(.forward("f2", of: Self.form("Bo Vig", "bo@vigtag.example"), by: Self.service))
            let summaries = try await desk.summaries(2)
            #expect(summaries[0].text.contains("CVR \(Self.company)"))
            #expect(summaries[0].text.contains("mly@vestklit.example (formular)"))
            #expect(!summaries[1].text.contains(Self.company), "the second form is somebody else's")
            #expect(summaries[1].text.contains("bo@vigtag.example (formular)"))
            let leads = try await desk.rows(
                "SELECT coalesce(cvr, 'none'), contact_address FROM brevdue.lead ORDER BY id")
            #expect(leads == ["\(Self.company) mly@vestklit.example", "none bo@vigtag.example"])
            let learnt = try await desk.rows(
                "SELECT address, '' FROM brevdue.contact UNION ALL SELECT domain, '' FROM brevdue.company_domain")
            #expect(learnt.isEmpty, "anybody can write anything in a form")
        }
    }

    @Test("a form that our own website sends straight to us is a visitor's", .timeLimit(.minutes(2)))
    func ownWebsite() async throws {
        try await Desk.open("own-form") { desk in
            var mail = PlainMail(
                "w1", text: Self.form("Mette Lyngholm", "mly@vestklit.example", "CVR: \(Self.company)\n"))
            mail.from = "Hjemmesiden <web@fjordtek.example>"
            try await desk.send(mail)
            let leads = try await desk.rows("SELECT cvr, contact_address FROM brevdue.lead ORDER BY id")
            #expect(leads == ["\(Self.company) mly@vestklit.example"])
            #expect(
                try await desk.rows("SELECT author_role, author_address FROM brevdue.message") == [
                    "lead mly@vestklit.example"
                ]
            )
            #expect(try await desk.mails(nil, 0).isEmpty, "as with any mail from outside, nobody is written to")
            #expect(try await desk.timeline(Self.company).contains("vi vil gerne have en chatbot"))
        }
    }
}
