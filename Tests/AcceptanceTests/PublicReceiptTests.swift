import Foundation
import Mail
import Postgres
import SMTPClient
import TestSupport
import Testing

/// Receipts to people outside, through the real daemon.
@Suite("Receipts to outsiders")
struct PublicReceiptTests {
    private static func mail(_ id: String, text: String = "Hej, hvad koster det?\nVi er ti mand i huset.") -> PlainMail
    {
        var mail = PlainMail(id, text: text)
        mail.from = "Bo Lund <bo@lund.example>"
        mail.subject = "Pris på fakturaer"
        mail.messageID = "<\(id)@lund.example>"
        return mail
    }

    @Test(
        "somebody outside gets one receipt a day at a public mailbox, and none that a header rule forbids",
        .timeLimit(.minutes(2)))
    func once() async throws {
        try await Desk.open("receipt", extra: ["BREVDUE_SMTP_PUBLIC_RECIPIENTS": "leads@fjordtek.example"]) { desk in
            // Forbidden, each by a rule of its own.
            for (index, field) in [
                "Auto-Submitted: auto-generated", "Precedence: list", "List-Id: <x.example>",
                "X-Auto-Response-Suppress: All", "X-Brevdue-Id: 1",
            ].enumerated() {
                let octets = Array("\(field)\r\n".utf8) + Self.mail("no\(index)").octets
                _ = try await desk.daemon.send(octets, from: "bo@lund.example")
            }
            for (index, sender) in ["", "ib@else.example", "bounce-bo@lund.example"].enumerated() {
                _ = try await desk.daemon.send(Self.mail("path\(index)").octets, from: sender)
            }
            try await desk.settle()
            #expect(try await desk.mails("public_receipt", 0).isEmpty)

            try await desk.send(Self.mail("m1"))
            try await desk.send(Self.mail("m2", text: "Hej igen, jeg glemte noget."))
            let rows = try await desk.pool.query(
                "SELECT envelope_from, array_to_string(recipients, ','), octets FROM brevdue.outbox WHERE kind = 'public_receipt'"
            )
            #expect(rows.count == 1)
            let (from, to, octets) = try rows[0].decode(String.self, String.self, [UInt8].self)
            #expect(from.isEmpty && to == "bo@lund.example")
            let text = String(decoding: octets, as: UTF8.self)
            #expect(text.contains("Auto-Submitted: auto-replied") && text.contains("X-Auto-Response-Suppress: All"))
            #expect(text.contains("Content-Type: text/plain") && !text.contains("multipart") && !text.contains("html"))
            let receipt = try Letter(octets, reading: ReadingOptions())
            #expect(receipt.subject == "Auto: Pris på fakturaer" && receipt.inReplyTo == ["<m1@lund.example>"])
            #expect(receipt.references == ["<m1@lund.example>"] && receipt.text.contains("automatisk kvittering"))
            #expect(!receipt.text.contains("ti mand"))

            // A day later there is another one.
            _ = try await desk.pool.query(
                "UPDATE brevdue.automatic_receipt SET given_at = given_at - interval '25 hours'")
            try await desk.send(Self.mail("m3", text: "Hi, what about the price? We are still waiting for it."))
            let again = try await desk.mails("public_receipt", 2)
            #expect(again.count == 2 && again[1].text.contains("automatic receipt"))
        }
    }

    @Test("at a mailbox that is not public nobody outside gets a receipt", .timeLimit(.minutes(2)))
    func notPublic() async throws {
        try await Desk.open("no-receipt") { desk in
            try await desk.send(Self.mail("m1"))
            #expect(try await desk.mails(nil, 0).isEmpty)
        }
    }
}
