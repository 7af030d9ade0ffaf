import Cryptography
import DNS
import Foundation
import Hosts
import MailAuthentication
import Testing

/// DMARC by a table (RFC 7489).
struct DMARCTests {
    /// SPF passes for these, whoever writes.
    private static let names: [String: [String]] = [
        "syd.example": ["TXT v=spf1 ip4:192.0.2.1 -all"], "post.syd.example": ["TXT v=spf1 ip4:192.0.2.1 -all"],
        "nord.example": ["TXT v=spf1 ip4:192.0.2.1 -all"], "firma.co.uk": ["TXT v=spf1 ip4:192.0.2.1 -all"],
        "andet.co.uk": ["TXT v=spf1 ip4:192.0.2.1 -all"], "broken.syd.example": ["FAIL"],
    ]

    private func verdict(
        from: String, mailFrom: String, records: [String: [String]], address: String = "192.0.2.1"
    ) async throws -> AuthenticationVerdict {
        let table = RecordTable(Self.names.merging(records) { $0 + $1 })
        let client = MailAuthenticator.Client(
            address: try #require(IPAddress(address)), helo: "post.syd.example", mailFrom: mailFrom)
        return await MailAuthenticator(dns: table).verify(
            Array("From: ida@\(from)\r\n\r\nHej\r\n".utf8), client: client, at: Date())
    }

    @Test(arguments: [
        // Domain in From, return path, record, result.
        ("syd.example", "ida@syd.example", "v=DMARC1; p=reject", "pass"),
        ("syd.example", "ida@post.syd.example", "v=DMARC1; p=reject", "pass"),
        ("syd.example", "ida@post.syd.example", "v=DMARC1; p=reject; aspf=s", "fail"),
        ("syd.example", "ida@syd.example", "v=DMARC1; p=reject; aspf=s; adkim=s", "pass"),
        ("syd.example", "", "v=DMARC1; p=reject", "pass"),
        ("syd.example", "ida@nord.example", "v=DMARC1; p=reject", "fail"),
        ("syd.example", "ida@syd.example", "v=DMARC1;p=none;pct=50;rua=mailto:x@syd.example", "pass"),
        ("syd.example", "ida@syd.example", "v=DMARC1; p=nonsense; rua=mailto:x@syd.example", "pass"),
        ("syd.example", "ida@syd.example", "v=DMARC1; p=nonsense", "none"),
        ("syd.example", "ida@syd.example", "v=dmarc1; p=none", "none"),
        ("syd.example", "ida@syd.example", "p=none; v=DMARC1", "none"),
        ("syd.example", "ida@syd.example", "v=spf1 -all", "none"),
        ("syd.example", "ida@broken.syd.example", "v=DMARC1; p=reject", "temperror"),
        ("nord.example", "ida@syd.example", "v=DMARC1; p=reject", "none"),
        ("salg.syd.example", "ida@syd.example", "v=DMARC1; p=reject", "pass"),
    ])
    func `a record gives what RFC 7489 says`(from: String, mailFrom: String, record: String, result: String)
        async throws
    {
        let verdict = try await verdict(
            from: from, mailFrom: mailFrom, records: ["_dmarc.syd.example": ["TXT \(record)"]])
        #expect(verdict.dmarc.result.rawValue == result, "\(verdict)")
        #expect(verdict.isTemporary == (result == "temperror"))
        // SPF alone never lets anybody command.
        #expect(!verdict.dkimAlignedPass(for: from))
    }

    @Test func `domains beyond ASCII are looked up by their A-labels (RFC 8616)`() async throws {
        let key = try SigningKey.make(.ed25519)
        let records = [
            "xn--sd-lka.example": ["TXT v=spf1 ip4:192.0.2.1 -all"],
            "_dmarc.xn--sd-lka.example": ["TXT v=DMARC1; p=reject"],
            "s._domainkey.xn--sd-lka.example": [
                "TXT \(DKIMRecord(domain: "xn--sd-lka.example", selector: "s", key: key).value)"
            ],
        ]
        let bySPF = try await verdict(
            from: "s\u{F8}d.example", mailFrom: "s\u{F8}ren@S\u{D8}D.example", records: records)
        #expect(bySPF.dmarc.result == .pass && bySPF.fromDomain == "xn--sd-lka.example")
        #expect(!bySPF.dkimAlignedPass(for: "xn--sd-lka.example"))

        let mail = Array("From: ida@s\u{F8}d.example\r\n\r\nHej\r\n".utf8)
        let signer = try DKIMSigner(domain: "s\u{F8}d.example", selector: "s", privateKeyPEM: key.pem)
        let signed = try signer.signature(for: mail, at: Date()) + mail
        let byDKIM = await MailAuthenticator(dns: RecordTable(records)).verify(signed, client: nil, at: Date())
        #expect(byDKIM.dmarc.result == .pass && byDKIM.dkimAlignedPass(for: "xn--sd-lka.example"))
    }

    @Test func `a subdomain has its own record, or the policy for subdomains`() async throws {
        let records = ["_dmarc.syd.example": ["TXT v=DMARC1; p=reject; sp=quarantine; pct=30"]]
        let below = try await verdict(from: "salg.syd.example", mailFrom: "a@nord.example", records: records)
        #expect(below.dmarc.policy == .quarantine)
        #expect(below.dmarc.percent == 30)
        let own = records.merging(["_dmarc.salg.syd.example": ["TXT v=DMARC1; p=none"]]) { $1 }
        let verdict = try await verdict(from: "salg.syd.example", mailFrom: "a@nord.example", records: own)
        #expect(verdict.dmarc.policy == DMARCVerdict.Policy.none)
    }

    @Test func `two firms below a public suffix are not one`() async throws {
        let records = ["_dmarc.firma.co.uk": ["TXT v=DMARC1; p=reject"], "_dmarc.co.uk": ["TXT v=DMARC1; p=none"]]
        let other = try await verdict(from: "firma.co.uk", mailFrom: "a@andet.co.uk", records: records)
        #expect(other.dmarc.result == .fail)
        let same = try await verdict(from: "firma.co.uk", mailFrom: "a@firma.co.uk", records: records)
        #expect(same.dmarc.result == .pass)
    }

    @Test func `two records are none, and a failing look-up is for later`() async throws {
        let twice = ["TXT v=DMARC1; p=none", "TXT v=DMARC1; p=reject"]
        let two = try await verdict(
            from: "syd.example", mailFrom: "ida@syd.example", records: ["_dmarc.syd.example": twice])
        #expect(two.dmarc.result == .none)
        let failing = try await verdict(
            from: "syd.example", mailFrom: "ida@syd.example", records: ["_dmarc.syd.example": ["FAIL"]])
        #expect(failing.dmarc.result == .temperror)
        #expect(failing.isTemporary)
    }

    @Test func `a verdict is kept and read again, and written for others to read`() async throws {
        let verdict = try await verdict(
            from: "syd.example", mailFrom: "ida@syd.example", records: ["_dmarc.syd.example": ["TXT v=DMARC1; p=none"]])
        let kept = try JSONEncoder().encode(verdict)
        #expect(try JSONDecoder().decode(AuthenticationVerdict.self, from: kept) == verdict)
        let value = verdict.resultsValue(authservID: "mx.brevdue.example")
        #expect(
            value
                == "mx.brevdue.example;\r\n spf=pass smtp.mailfrom=syd.example;\r\n dkim=none;\r\n dmarc=pass header.from=syd.example"
        )
        let read = AuthenticationResults.read(
            Array("Authentication-Results: \(value)\r\n\r\n".utf8), from: "mx.brevdue.example")
        #expect(read.first?.findings.map(\.result) == ["pass", "none", "pass"])
    }
}
