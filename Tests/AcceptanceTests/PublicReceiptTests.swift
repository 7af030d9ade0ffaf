import Foundation
import Mail
import Postgres
import SMTPClient
import TestSupport
import Testing

/// Receipts to people outside, through the real daemon and a real name server.
@Suite("Receipts to outsiders", .serialized)
struct PublicReceiptTests {
    private static let isPublic = ["BREVDUE_SMTP_PUBLIC_RECIPIENTS": "leads@fjordtek.example"]
    private static let sendsFromHere = "@ TXT \"v=spf1 ip4:127.0.0.1 -all\"\n"

    private static func mail(
        _ id: String, text: String = "Hej, hvad koster det?\nVi er ti mand i huset.", domain: String = "lund.example"
    ) -> PlainMail {
        var mail = PlainMail(id, text: text)
        mail.from = "Bo Lund <bo@\(domain)>"
        mail.subject = "Pris på fakturaer"
        mail.messageID = "<\(id)@\(domain)>"
        return mail
    }

    private func send(_ mail: PlainMail, from: String = "bo@lund.example", to gateway: Gateway) async throws {
        try await gateway.send(mail.octets, from: from)
    }

    @Test(
        "somebody outside gets one receipt a day at a public mailbox, and none that a header rule forbids",
        .timeLimit(.minutes(2)))
    func once() async throws {
        let zones = ["lund.example": Self.sendsFromHere, "else.example": Self.sendsFromHere]
        try await Gateway.open("receipt", extra: Self.isPublic, zones: zones) { gateway in
            let desk = gateway.desk
            // Forbidden, each by a rule of its own.
            for (index, field) in [
                "Auto-Submitted: auto-generated", "Precedence: list", "List-Id: <x.example>",
                "X-Auto-Response-Suppress: All", "X-Brevdue-Id: 1",
            ].enumerated() {
                let octets = Array("\(field)\r\n".utf8) + Self.mail("no\(index)").octets
                try await gateway.send(octets, from: "bo@lund.example")
            }
            for (index, sender) in ["", "ib@else.example", "bounce-bo@lund.example"].enumerated() {
                try await send(Self.mail("path\(index)"), from: sender, to: gateway)
            }
            #expect(try await desk.mails("public_receipt", 0).isEmpty)

            try await send(Self.mail("m1"), to: gateway)
            try await send(Self.mail("m2", text: "Hej igen, jeg glemte noget."), to: gateway)
            let rows = try await desk.pool.query(
                "SELECT envelope_from, recipient, octets FROM brevdue.outbox WHERE kind = 'public_receipt'"
            )
            try #require(rows.count == 1)
            let (from, to, octets) = try rows[0].decode(String.self, String.self, [UInt8].self)
            #expect(from.isEmpty && to == "bo@lund.example")
            try expectReceipt(octets)

            // A day later there is another one.
            _ = try await desk.pool.query(
                "UPDATE brevdue.automatic_receipt SET given_at = given_at - interval '25 hours'")
            let english = "Hi, what about the price? We are still waiting for it."
            try await send(Self.mail("m3", text: english), to: gateway)
            let again = try await desk.mails("public_receipt", 2)
            #expect(again.count == 2 && again[1].text.contains("automatic receipt"))
        }
    }

    @Test(
        "a domain beyond ASCII is one domain, in the configuration, the envelope, the header and the ledger",
        .timeLimit(.minutes(2)))
    func spelled() async throws {
        let settings = [
            "BREVDUE_SMTP_RECIPIENTS": "leads@fjordtek.example,salg@xn--bcher-kva.example",
            "BREVDUE_SMTP_PUBLIC_RECIPIENTS": "salg@bücher.example",
        ]
        let zones = ["xn--blbr-roah.example": Self.sendsFromHere]
        try await Gateway.open("receipt-spelled", extra: settings, zones: zones) { gateway in
            for (index, domain) in ["blåbær.example", "xn--blbr-roah.example"].enumerated() {
                try await gateway.send(
                    Self.mail("m\(index)", text: "Hej nr. \(index), hvad koster det?", domain: domain).octets,
                    from: "bo@xn--blbr-roah.example", to: "salg@xn--bcher-kva.example")
            }
            #expect(try await gateway.desk.mails("public_receipt", 1).count == 1)
        }
    }

    /// The form that RFC 3834 section 3 asks for.
    private func expectReceipt(_ octets: [UInt8]) throws {
        let text = String(decoding: octets, as: UTF8.self)
        #expect(text.contains("Auto-Submitted: auto-replied") && text.contains("X-Auto-Response-Suppress: All"))
        #expect(text.contains("Content-Type: text/plain") && !text.contains("multipart") && !text.contains("html"))
        let receipt = try Letter(octets, reading: ReadingOptions())
        #expect(receipt.subject == "Auto: Pris på fakturaer" && receipt.inReplyTo == ["<m1@lund.example>"])
        #expect(receipt.references == ["<m1@lund.example>"] && receipt.text.contains("automatisk kvittering"))
        #expect(!receipt.text.contains("ti mand"))
    }

    @Test(
        "no receipt goes to a stranger whose address was forged, nor to one whose domain says nothing of its senders",
        .timeLimit(.minutes(2)))
    func forged() async throws {
        let zones = [
            "held.example": "@ TXT \"v=spf1 ip4:192.0.2.1 -all\"\n", "silent.example": "@ TXT \"nothing\"\n",
            "strict.example": Self.sendsFromHere + "_dmarc TXT \"v=DMARC1; p=reject; aspf=s\"\n",
        ]
        try await Gateway.open("receipt-forged", extra: Self.isPublic, zones: zones) { gateway in
            for domain in ["held.example", "silent.example"] {
                try await send(Self.mail("m", domain: domain), from: "bo@\(domain)", to: gateway)
            }
            #expect(try await gateway.desk.mails("public_receipt", 0).isEmpty)
            try await send(Self.mail("m", domain: "strict.example"), from: "bo@strict.example", to: gateway)
            #expect(try await gateway.desk.mails("public_receipt", 1).count == 1)
        }
    }

    @Test("while DNS is away a receipt waits, and is given once it is known who wrote", .timeLimit(.minutes(4)))
    func nameServerAway() async throws {
        let zones = ["lund.example": Self.sendsFromHere]
        try await Gateway.open(
            "receipt-dns", extra: Self.isPublic, zones: zones, startsNameServer: false
        ) { gateway in
            try await send(Self.mail("m1"), to: gateway)
            #expect(try await gateway.desk.mails("public_receipt", 0).isEmpty)
            try await gateway.withNameServer {
                try await until("the receipt is written", within: .seconds(150)) {
                    try await gateway.desk.mails("public_receipt", 0).count == 1
                }
            }
        }
    }

    @Test(
        "who got a receipt is known after a restart; it goes out asking for no report, and never to a Reply-To",
        .timeLimit(.minutes(2)))
    func restart() async throws {
        let folder = try Repository.temporaryFolder("receipts")
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let sink = try SMTPSink(folder: folder + "/sink")
        let names = "\(folder)/nsd"
        try await NameServer.run(folder: names, zones: ["lund.example": Self.sendsFromHere]) { server in
            let own = [
                "BREVDUE_SMTP_OWN_NETWORKS": "", "BREVDUE_DNS_SERVERS": server.address,
                "BREVDUE_RELAY_URL": "smtp://127.0.0.1:\(sink.port)",
            ]
            let daemon = try TestDaemon(directory: folder, extra: own.merging(Self.isPublic) { $1 })
            try await sink.run {
                for round in 1...2 { try await sendOnce(round, to: daemon) }
            }
        }
        #expect(sink.mails.count == 1)
        let sent = try #require(sink.mails.first)
        #expect(sent.contains("X-Mail-Args: <>\n") || sent.contains("X-Mail-Args: <> "))
        #expect(sent.contains("X-Rcpt-Args: <bo@lund.example> NOTIFY=NEVER ORCPT=rfc822;<bo@lund.example>"), "\(sent)")
        #expect(sent.contains("\nTo: ") && sent.contains("\nDate: ") && sent.contains("\nMessage-ID: <"))
        #expect(!sent.contains("evil.example"))
    }

    /// One life of the daemon, in which a mail comes in and the only receipt has left.
    private func sendOnce(_ round: Int, to daemon: TestDaemon) async throws {
        try await daemon.run { _ in
            let pool = daemon.pool()
            defer { pool.close() }
            let desk = Desk(daemon: daemon, pool: pool, token: "")
            var mail = Self.mail("m\(round)")
            mail.from = "Bo Lund <bo@lund.example>\nReply-To: x@evil.example"
            _ = try await daemon.send(mail.octets, from: "bo@lund.example")
            try await until("it is known who wrote") {
                try await desk.rows(
                    "SELECT count(*)::text, '' FROM brevdue.job WHERE queue IN ('read', 'verify', 'answer')") == ["0 "]
            }
            try await until("it has left") {
                try await desk.rows("SELECT count(*)::text, min(state) FROM brevdue.outbox") == ["1 sent"]
            }
        }
    }

    @Test("at a mailbox that is not public nobody outside gets a receipt", .timeLimit(.minutes(2)))
    func notPublic() async throws {
        try await Gateway.open("no-receipt", zones: ["lund.example": Self.sendsFromHere]) { gateway in
            try await send(Self.mail("m1"), to: gateway)
            #expect(try await gateway.desk.mails(nil, 0).isEmpty)
        }
    }
}
