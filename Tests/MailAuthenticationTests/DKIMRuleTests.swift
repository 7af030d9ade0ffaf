import Cryptography
import Foundation
import Testing

@testable import MailAuthentication

/// What a signature and a key have to say, rule by rule (RFC 6376, RFC 8301, RFC 8463).
@Suite(.timeLimit(.minutes(1)))
struct DKIMRuleTests {
    private func verdict(
        _ signature: CraftedSignature, record: [String]? = nil, message: String? = nil
    ) async throws -> AuthenticationVerdict {
        let key = try #require(CraftedSignature.edwards)
        let own = DKIMRecord(domain: "syd.example", selector: "s", key: key)
        let lines =
            record?.map { $0.replacing("KEY", with: Base64.encode(key.publicKey.octets)) } ?? ["TXT " + own.value]
        let octets = Array((try signature.field(key) + (message ?? signature.message)).utf8)
        let dns = RecordTable([own.name: lines])
        return await MailAuthenticator(dns: dns).verify(octets, client: nil, at: Date(timeIntervalSince1970: 1_000_000))
    }

    @Test func `a crafted signature passes`() async throws {
        let verdict = try await verdict(CraftedSignature())
        #expect(verdict.dkim.map(\.result) == [.pass], "\(verdict.dkim)")
        #expect(verdict.dkimAlignedPass(for: "syd.example"))
        #expect(!verdict.isTemporary)
    }

    @Test(
        arguments: [
            ["v": "2"], ["v": nil], ["a": "rsa-sha1"], ["a": "ed25519-sha1"], ["a": nil], ["d": nil],
            ["d": "syd..example"],
            ["s": nil], ["s": ""], ["h": nil], ["h": "subject"], ["h": "from::subject"], ["bh": "x"], ["c": "loose"],
            ["c": "relaxed/loose"], ["c": "a/b/c"], ["l": "-1"], ["l": "many"], ["x": "tomorrow"],
            ["t": "900", "x": "800"],
            ["i": "ida@nord.example"], ["i": "ida@dsyd.example"], ["i": "ida"], ["q": "http"], ["1": "x"],
        ] as [[String: String?]])
    func `a field that breaks a rule is a permanent error`(tags: [String: String?]) async throws {
        let dkim = try await verdict(CraftedSignature().with(tags)).dkim
        #expect(dkim.map(\.result) == [.permerror], "\(dkim)")
    }

    @Test(
        arguments: [
            ["i": "@syd.example"], ["i": "ida@post.syd.example"], ["q": "dns/txt"], ["q": "http:dns/txt"],
            ["x": "1000001"],
            ["t": "1", "x": "999900"], ["z": "From:x|To:y"], ["unknown": "tag"], ["c": "relaxed/relaxed"],
            ["d": "SYD.example"],
            ["h": "From : Subject : From : Subject : X-None"],
        ] as [[String: String?]])
    func `what the rules allow passes`(tags: [String: String?]) async throws {
        let dkim = try await verdict(CraftedSignature().with(tags)).dkim
        #expect(dkim.map(\.result) == [.pass], "\(dkim)")
    }

    @Test func `an expired signature and a tag twice do not pass`() async throws {
        #expect(try await verdict(CraftedSignature().with("x", "999000")).dkim.map(\.result) == [.fail])
        var twice = CraftedSignature()
        twice.tags.append(("d", "nord.example"))
        #expect(try await verdict(twice).dkim.map(\.result) == [.permerror])
    }

    @Test(arguments: [
        (["TXT k=ed25519; p=KEY"], "pass"), (["TXT v=DKIM1; k=ed25519; p=KEY;"], "pass"),
        (["TXT v=DKIM1; k=ed25519; h=sha256; s=email; t=s; p=KEY"], "pass"),
        (["TXT v=DKIM1; k=ed25519; h=sha1:sha256; s=*; p=KEY"], "pass"),
        (["TXT v=spf1 -all", "TXT k=ed25519; p=KEY"], "pass"),
        (["TXT k=ed25519; p=", "TXT k=ed25519; p=KEY"], "pass"),
        (["TXT k=ed25519; p=11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo=", "TXT k=ed25519; p=KEY"], "pass"),
        (["TXT k=ed25519; p=11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo="], "fail"),
        (["TXT k=ed25519; p="], "permerror"), (["TXT k=rsa; p=KEY"], "permerror"), (["TXT p=KEY"], "permerror"),
        (["TXT v=DKIM2; k=ed25519; p=KEY"], "permerror"), (["TXT k=ed25519; v=DKIM1; p=KEY"], "permerror"),
        (["TXT k=ed25519; h=sha1; p=KEY"], "permerror"), (["TXT k=ed25519; s=chat; p=KEY"], "permerror"),
        (["TXT k=ed25519; p=AAAA"], "permerror"), (["TXT k=ed25519; p=!"], "permerror"), (["TXT no key"], "permerror"),
        ([], "permerror"), (["FAIL"], "temperror"),
    ])
    func `a key's record decides`(lines: [String], result: String) async throws {
        let verdict = try await verdict(CraftedSignature(), record: lines)
        #expect(verdict.dkim.map(\.result.rawValue) == [result], "\(verdict.dkim)")
        #expect(verdict.isTemporary == (result == "temperror"))
    }

    @Test func `a strict key takes no subdomain in i=, and a test key counts for nothing`() async throws {
        let strict = try await verdict(
            CraftedSignature().with("i", "@post.syd.example"), record: ["TXT k=ed25519; t=s; p=KEY"])
        #expect(strict.dkim.map(\.result) == [.permerror])
        let test = try await verdict(CraftedSignature(), record: ["TXT k=ed25519; t=y:s; p=KEY"])
        #expect(test.dkim.map(\.result) == [.pass])
        #expect(test.dkim.map(\.counts) == [false])
        #expect(!test.dkimAlignedPass(for: "syd.example"))
    }

    @Test func `a signature over a part of the body passes and does not count`() async throws {
        var signature = CraftedSignature()
        signature.limit = 5
        let part = try await verdict(signature)
        #expect(part.dkim.map(\.result) == [.pass])
        #expect(part.dkim.map(\.coversBody) == [false])
        #expect(!part.dkimAlignedPass(for: "syd.example"))
        signature.limit = CraftedSignature.body.utf8.count
        #expect(try await verdict(signature).dkim.map(\.counts) == [true])
        let longer = try await verdict(signature, message: signature.message + "Mere.\r\n")
        #expect(longer.dkim.map(\.counts) == [false])
        signature.limit = 5_000
        #expect(try await verdict(signature).dkim.map(\.result) == [.fail])
    }

    @Test(arguments: [(1_024, "pass"), (512, "permerror"), (4_096, "pass"), (5_120, "permerror")])
    func `an RSA key has 1024 to 4096 bits`(bits: Int, result: String) async throws {
        let pem = try Self.openssl(["genrsa", "\(bits)"])
        let key = try SigningKey(pem: pem)
        let field = try CraftedSignature().with("a", "rsa-sha256").field(key)
        let record = DKIMRecord(domain: "syd.example", selector: "s", key: key)
        let octets = Array((field + CraftedSignature().message).utf8)
        let dns = RecordTable([record.name: ["TXT " + record.value]])
        let dkim = await MailAuthenticator(dns: dns).verify(octets, client: nil, at: Date()).dkim
        #expect(dkim.map(\.result.rawValue) == [result], "\(dkim)")
    }

    private static func openssl(_ arguments: [String]) throws -> String {
        let process = Process()
        process.executableURL = URL(filePath: "/usr/bin/openssl")
        process.arguments = arguments
        let output = Pipe()
        (process.standardOutput, process.standardError) = (output, Pipe())
        try process.run()
        let text = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        process.waitUntilExit()
        return text
    }

    @Test func `ten signatures are looked at, and a hostile header costs little`() async throws {
        let key = try #require(CraftedSignature.edwards)
        let fields = String(repeating: try CraftedSignature().field(key), count: 50)
        let names = String(repeating: "x:", count: 900) + "from"
        let wide = CraftedSignature().with("h", names)
        let header = String(repeating: "X: : : : :\r\n", count: 30_000)
        let octets = Array((fields + header + wide.message).utf8)
        let dns = RecordTable([
            "s._domainkey.syd.example": ["TXT " + DKIMRecord(domain: "syd.example", selector: "s", key: key).value]
        ])
        let start = ContinuousClock.now
        let dkim = await MailAuthenticator(dns: dns).verify(octets, client: nil, at: Date()).dkim
        #expect(dkim.count == 10)
        #expect(dkim.allSatisfy { $0.result == .pass })
        let tooLong = Array((fields + header + header + wide.message).utf8)
        let other = await MailAuthenticator(dns: dns).verify(tooLong, client: nil, at: Date())
        #expect(other.dkim.allSatisfy { $0.result == .permerror })
        #expect(other.fromDomain == nil)
        #expect(ContinuousClock.now - start < .seconds(15))
    }
}
