import Cryptography
import DNS
import Foundation
import MailAuthentication
import TestSupport
import Testing

/// Our signatures and verdicts against those of dkimpy.
@Suite(.timeLimit(.minutes(2)))
struct DKIMPeerTests {
    private struct Signed: Decodable, Sendable {
        struct Mail: Decodable, Sendable {
            var what: String
            var octets: Data
            var verdicts: [Bool]
        }
        var texts: [String: String]
        var mails: [Mail]
    }

    private struct ToVerify: Encodable, Sendable {
        var texts: [String: String]
        var mails: [Data]
    }

    @Test func `our verdicts on two hundred varied mails are those of dkimpy`() async throws {
        let signed: Signed = try await Python.run(SignedMails.program, ["count": 200])
        #expect(signed.mails.count == 200)
        let authenticator = MailAuthenticator(dns: RecordTable(signed.texts.mapValues { ["TXT \($0)"] }))
        var passed = 0
        for mail in signed.mails {
            let dkim = await authenticator.verify([UInt8](mail.octets), client: nil, at: Date()).dkim
            #expect(dkim.map { $0.result == .pass } == mail.verdicts, "\(mail.what): \(dkim.map(\.reason))")
            #expect(!mail.what.contains("append, l=") || dkim.allSatisfy { !$0.counts }, "\(mail.what)")
            passed += mail.verdicts.filter { $0 }.count
        }
        // The mails are neither all good nor all bad.
        #expect((60...200).contains(passed), "\(passed)")
    }

    @Test func `dkimpy verifies what we sign, and so do we`() async throws {
        var texts: [String: String] = [:]
        var signers: [DKIMSigner] = []
        for kind in [KeyKind.rsa, .ed25519] {
            let key = try SigningKey.make(kind)
            let record = DKIMRecord(domain: "nord.example", selector: kind.rawValue, key: key)
            texts[record.name] = record.value
            signers.append(
                try DKIMSigner(domain: "nord.example", selector: kind.rawValue, privateKeyPEM: key.pem))
        }
        var mails: [Data] = []
        for number in 0..<60 {
            let written = GeneratedMail.octets(number)
            let signature = try signers[number % 2].signature(for: written, at: Date())
            mails.append(Data(signature + written))
        }
        let verdicts: [Bool] = try await Python.run(SignedMails.verifier, ToVerify(texts: texts, mails: mails))
        #expect(verdicts == [Bool](repeating: true, count: 60))
        let authenticator = MailAuthenticator(dns: RecordTable(texts.mapValues { ["TXT \($0)"] }))
        for mail in mails {
            let verdict = await authenticator.verify([UInt8](mail), client: nil, at: Date())
            #expect(verdict.dkimAlignedPass(for: "nord.example"), "\(verdict)")
        }
    }
}

/// Mails that differ in everything a canonical form looks at.
enum GeneratedMail {
    static func octets(_ number: Int) -> [UInt8] {
        let bodies = [
            "", "\r\n", "\r\n\r\n\r\n", "Hej\r\n", "uden slutning", "Hej  \t der \r\n\r\n\r\n", " \r\n\t\r\nx\r\n",
            "æøå og\tmere  til\r\n", String(repeating: "En lang linje. ", count: 3_000) + "\r\n", ".\r\n..\r\n",
        ]
        let headers = [
            "From: Ida <ida@nord.example>\r\nSubject: Tilbud\r\n",
            "from:ida@nord.example\r\nSUBJECT:  To   mellemrum \r\n",
            "Received: from a\r\n\tby b;\r\n  now\r\nFrom: \"Holm, Ida\" <ida@nord.example>\r\nTo: a@b.example,\r\n c@d.example\r\n",
            "Message-ID: <1@nord.example>\r\nFrom: ida@nord.example\r\nMIME-Version: 1.0\r\nSubject:\r\n",
        ]
        return Array((headers[number / 2 % headers.count] + "\r\n" + bodies[number / 8 % bodies.count]).utf8)
    }
}
