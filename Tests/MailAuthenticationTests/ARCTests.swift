import DNS
import Foundation
import MailAuthentication
import TestSupport
import Testing

/// Our verdict on chains that dkimpy sealed, and dkimpy's.
@Suite(.timeLimit(.minutes(1)))
struct ARCTests {
    private struct Sealed: Decodable, Sendable {
        struct Mail: Decodable, Sendable {
            var what: String
            var octets: Data
            var verdict: String
        }
        var texts: [String: String]
        var mails: [Mail]
    }

    @Test func `our verdicts on sealed and changed mails are those of dkimpy`() async throws {
        let sealed: Sealed = try await Python.run(SealedMails.program, ["count": 1])
        let table = RecordTable(sealed.texts.mapValues { ["TXT \($0)"] })
        for mail in sealed.mails {
            let arc = await MailAuthenticator(dns: table).verify([UInt8](mail.octets), client: nil, at: Date()).arc
            #expect(arc.result.rawValue == mail.verdict, "\(mail.what): \(arc)")
        }
        #expect(Set(sealed.mails.map(\.verdict)) == ["none", "pass", "fail"])
    }

    @Test func `a chain that holds names its sealers and what the first of them saw`() async throws {
        let sealed: Sealed = try await Python.run(SealedMails.program, ["count": 1])
        let mail = try #require(sealed.mails.first { $0.what == "3 as sealed" })
        let table = RecordTable(sealed.texts.mapValues { ["TXT \($0)"] })
        let arc = await MailAuthenticator(dns: table).verify([UInt8](mail.octets), client: nil, at: Date()).arc
        #expect(arc.sealers.map(\.domain) == ["hop1.example", "hop2.example", "hop3.example"])
        #expect(arc.sealers.first?.dmarc == "pass")
        #expect(arc.sealers.first?.fromDomain == "syd.example")
        #expect(arc.sealers.last?.dmarc == "fail")
    }

    @Test func `a seal's key that cannot be looked up leaves the chain open`() async throws {
        let sealed: Sealed = try await Python.run(SealedMails.program, ["count": 1])
        let mail = try #require(sealed.mails.first { $0.what == "2 as sealed" })
        let table = RecordTable(["s._domainkey.hop2.example": ["FAIL"]])
        let verdict = await MailAuthenticator(dns: table).verify([UInt8](mail.octets), client: nil, at: Date())
        #expect(verdict.arc.result == .temperror)
        #expect(verdict.isTemporary)
    }
}

/// A program for dkimpy: chains of one to three hops, as sealed and changed.
private enum SealedMails {
    static let program = #"""
        import base64, json, subprocess, sys
        import dkim
        texts, keys = {}, {}
        for number in (1, 2, 3):
            key = subprocess.run(["openssl", "genrsa", "-traditional", "2048"], capture_output=True, check=True).stdout
            public = subprocess.run(["openssl", "rsa", "-pubout", "-outform", "DER"], input=key, capture_output=True, check=True).stdout
            keys[number] = key
            texts["s._domainkey.hop%d.example" % number] = "v=DKIM1; k=rsa; p=" + base64.b64encode(public).decode()
        def lookup(name, timeout=5):
            text = texts.get((name.decode() if isinstance(name, bytes) else name).rstrip("."))
            return text.encode() if text else None
        start = b"From: Ida <ida@syd.example>\r\nTo: bo@nord.example\r\nSubject: Tilbud\r\nDate: Thu, 26 Nov 2026 10:00:00 +0100\r\nMessage-ID: <1@syd.example>\r\n\r\nHej\r\n"
        def seal(message, number):
            name = b"hop%d.example" % number
            dmarc = b"dmarc=pass header.from=syd.example" if number == 1 else b"arc=pass; dmarc=fail header.from=syd.example"
            message = b"Authentication-Results: " + name + b"; spf=pass smtp.mailfrom=syd.example; " + dmarc + b"\r\n" + message
            lines = dkim.arc_sign(message, b"s", name, keys[number], name, include_headers=[b"from", b"to", b"subject", b"date", b"message-id"])
            return b"".join(lines) + message
        changes = {
            "as sealed": lambda m: m,
            "body altered": lambda m: m + b"more\r\n",
            "subject altered": lambda m: m.replace(b"Subject: Tilbud", b"Subject: Andet"),
            "results altered": lambda m: m.replace(b"ARC-Authentication-Results: i=1; hop1.example; spf=pass", b"ARC-Authentication-Results: i=1; hop1.example; spf=fail"),
            "seal removed": lambda m: m.replace(b"ARC-Seal: i=1", b"X-Seal: i=1"),
            "seal renumbered": lambda m: m.replace(b"ARC-Seal: i=1", b"ARC-Seal: i=7"),
            "spaces added": lambda m: m.replace(b"Subject: Tilbud", b"Subject:   Tilbud "),
        }
        mails = [{"what": "unsealed", "octets": base64.b64encode(start).decode(), "verdict": "none"}]
        message = start
        for hops in (1, 2, 3):
            message = seal(message, hops)
            for what, change in changes.items():
                altered = change(message)
                verdict = dkim.arc_verify(altered, dnsfunc=lookup)[0]
                mails.append({"what": "%d %s" % (hops, what), "octets": base64.b64encode(altered).decode(),
                              "verdict": (verdict or b"fail").decode()})
        json.dump({"texts": texts, "mails": mails}, open(sys.argv[2], "w"))
        """#
}
