import Foundation
import Mail
import Postgres
import TestSupport
import Testing

/// Who may answer for a sender: relays in front of us, forwarders that we know, and the keys in DNS.
@Suite("Who vouches for a sender", .serialized)
struct VouchingTests {
    private static let results =
        "mx.fjordtek.example; dkim=pass header.d=fjordtek.example; dmarc=pass header.from=fjordtek.example"
    private static let vouching = [
        "BREVDUE_SMTP_VOUCHING_NETWORKS": "127.0.0.1", "BREVDUE_SMTP_VOUCHING_ID": "mx.fjordtek.example",
    ]

    private static func forward(_ id: String) -> PlainMail {
        .forward(
            id, of: "Hej Jonas\nVi får 900 leverandørfakturaer om måneden.\n\nMette\nCVR 91430525",
            by: "Mette Lyngholm <mly@vestklit.example>")
    }

    /// The same with what a relay found out.
    private static func vouched(_ id: String) -> PlainMail {
        var mail = forward(id)
        mail.from += "\nAuthentication-Results: \(results)"
        return mail
    }

    @Test(
        "a relay that has to show a certificate is believed with it, not without; another's is not let in",
        .timeLimit(.minutes(2)))
    func certificate() async throws {
        let folder = try Repository.temporaryFolder("certificates")
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let authority = try await TLSAuthority(folder: folder + "/ours")
        let stranger = try await TLSAuthority(folder: folder + "/other")
        let own = try await authority.issue(for: "brevdue.example")
        let relay = try await authority.issue(for: "mx.fjordtek.example")
        let forged = try await stranger.issue(for: "mx.fjordtek.example")
        let extra = [
            "BREVDUE_SMTP_VOUCHING_CA": authority.certificate, "BREVDUE_SMTP_TLS_CERTIFICATE": own.certificate,
            "BREVDUE_SMTP_TLS_KEY": own.key,
        ].merging(Self.vouching) { $1 }
        try await Gateway.open("vouching", extra: extra) { gateway in
            let port = gateway.desk.daemon.smtpPort
            for (id, shown, isTaken) in [("f1", relay, true), ("f2", nil, true), ("f3", forged, false)] {
                let sent = try await Swaks.send(
                    Self.vouched(id).octets, from: "jh@fjordtek.example", port: port, showing: shown)
                #expect(sent.isTaken == isTaken, "\(sent.output)")
                try await gateway.desk.settle()
            }
            // In clear text no certificate can be shown.
            try await gateway.send(Self.vouched("f4").octets)
            #expect(try await gateway.findings() == ["commands f", "none f", "none f"])
            let shown = try await gateway.desk.rows(
                "SELECT coalesce(envelope->>'clientCertificate', 'none'), '' FROM brevdue.arrival ORDER BY id")
            #expect(shown == ["mx.fjordtek.example ", "none ", "none "])
            let answered = try await gateway.desk.summaries(1)
            #expect(answered.map(\.inReplyTo) == [["<f1@fjordtek.example>"]])
        }
    }

    @Test(
        "a relay that vouches speaks for nobody by its network, though that is one of our own", .timeLimit(.minutes(2)))
    func overlap() async throws {
        let extra = Self.vouching.merging(["BREVDUE_SMTP_OWN_NETWORKS": "127.0.0.0/8"]) { $1 }
        try await Gateway.open("overlap", senders: "v=spf1 ip4:127.0.0.1 -all", extra: extra) { gateway in
            try await gateway.send(Self.forward("f1").octets)
            try await gateway.send(Self.vouched("f2").octets)
            #expect(
                try await gateway.desk.rows("SELECT trusted::text, '' FROM brevdue.arrival") == ["false ", "false "])
            #expect(try await gateway.findings() == ["none f", "commands f"])
            let answered = try await gateway.desk.summaries(1)
            #expect(answered.map(\.inReplyTo) == [["<f2@fjordtek.example>"]])
        }
    }

    @Test(
        "a forward that a forwarder we know sealed is unwrapped and answered; from one we do not know it is not",
        .timeLimit(.minutes(2)))
    func sealed() async throws {
        var mail = Self.forward("f1")
        // A list's foot breaks any signature of ours that there was.
        mail.text += "\n-- \nSendt over listen"
        let known = try await SealedMail.make(mail, by: "lister.example")
        var other = Self.forward("f2")
        other.text += "\n-- \nSendt over listen"
        let unknown = try await SealedMail.make(other, by: "andre.example")
        try await Gateway.open(
            "sealed", extra: ["BREVDUE_SMTP_TRUSTED_FORWARDERS": "lister.example"],
            zones: ["lister.example": known.zone, "andre.example": unknown.zone]
        ) { gateway in
            try await gateway.send([UInt8](known.octets), from: "liste@lister.example")
            try await gateway.send([UInt8](unknown.octets), from: "liste@andre.example")
            let altered = String(decoding: known.octets, as: UTF8.self)
                .replacing("<f1@", with: "<f3@").replacing("900", with: "9000")
            try await gateway.send(Array(altered.utf8), from: "liste@lister.example")
            #expect(try await gateway.findings() == ["people f", "none f", "none f"])
            let answered = try await gateway.desk.summaries(1)
            #expect(answered.map(\.inReplyTo) == [["<f1@fjordtek.example>"]])
        }
    }

    @Test(
        "while the key of a signature cannot be had SPF does not do: the command waits for DNS, and is then followed",
        .timeLimit(.minutes(4)))
    func patience() async throws {
        try await Gateway.open("patience", senders: "v=spf1 ip4:127.0.0.1 -all", startsNameServer: false) { gateway in
            try await gateway.withNameServer(failing: "s2") {
                try await gateway.send(gateway.signed(Self.forward("f1")))
                let summary = try await gateway.desk.summaries(1)[0]
                var command = PlainMail("c1", text: "forkert firma 93205189\n\nMvh Jonas")
                command.to = try #require(summary.replyTo.first?.address)
                try await gateway.send(gateway.signed(command, by: "s2"), to: command.to)
                #expect(try await gateway.findings() == ["commands f", "none t"])
                #expect(try await gateway.desk.mails(nil, 1).count == 1)
            }
            try await gateway.withNameServer {
                try await until("the command is believed", within: .seconds(150)) {
                    try await gateway.findings() == ["commands f", "commands f"]
                }
                try await gateway.desk.settle()
                let mails = try await gateway.desk.mails(nil, 2)
                #expect(mails.count == 2 && mails[1].text.contains("93205189"))
            }
        }
    }
}

/// A mail that dkimpy sealed as a forwarder's (RFC 8617), and the records of the forwarder's domain.
private struct SealedMail: Decodable, Sendable {
    var octets: Data
    var zone: String

    private struct Order: Encodable, Sendable {
        var octets: Data
        var domain: String
    }

    static func make(_ mail: PlainMail, by domain: String) async throws -> SealedMail {
        try await Python.run(program, Order(octets: Data(mail.octets), domain: domain))
    }

    private static let program = #"""
        import base64, json, subprocess, sys
        import dkim
        order = json.load(open(sys.argv[1]))
        domain = order["domain"].encode()
        key = subprocess.run(["openssl", "genrsa", "-traditional", "2048"], capture_output=True, check=True).stdout
        public = subprocess.run(["openssl", "rsa", "-pubout", "-outform", "DER"], input=key, capture_output=True, check=True).stdout
        text = "v=DKIM1; k=rsa; p=" + base64.b64encode(public).decode()
        pieces = " ".join('"%s"' % text[place:place + 200] for place in range(0, len(text), 200))
        results = b"Authentication-Results: " + domain + b"; dkim=pass header.d=fjordtek.example; dmarc=pass header.from=fjordtek.example\r\n"
        mail = results + base64.b64decode(order["octets"])
        seal = dkim.arc_sign(mail, b"s", domain, key, domain, include_headers=[b"from", b"to", b"subject", b"date", b"message-id"])
        json.dump({"octets": base64.b64encode(b"".join(seal) + mail).decode(),
                   "zone": "@ TXT \"v=spf1 ip4:127.0.0.1 -all\"\ns._domainkey TXT " + pieces + "\n"}, open(sys.argv[2], "w"))
        """#
}
