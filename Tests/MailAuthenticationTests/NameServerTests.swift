import Cryptography
import DNS
import Foundation
import Hosts
import MailAuthentication
import TestSupport
import Testing

/// The whole of it with a real name server: pass, fail, temporary and permanent errors.
@Suite(.timeLimit(.minutes(1)))
struct NameServerTests {
    private struct Scene: Sendable {
        let authenticator: MailAuthenticator
        let signers: [KeyKind: DKIMSigner]

        /// The verdict on a mail in the name of a domain, signed by `signer`'s key where there is one.
        func verdict(
            from domain: String, _ signer: KeyKind?, mailFrom: String? = nil,
            changing change: (String) -> String = { $0 }
        ) async throws -> AuthenticationVerdict {
            let mail = "From: Ida <ida@\(domain)>\r\nSubject: Tilbud\r\n\r\nHej\r\n"
            let field = try signer.flatMap { signers[$0] }?.signature(for: Array(mail.utf8), at: Date()) ?? []
            let address = try #require(IPAddress("192.0.2.1"))
            return await authenticator.verify(
                field + Array(change(mail).utf8),
                client: .init(address: address, helo: "post.\(domain)", mailFrom: mailFrom ?? "ida@\(domain)"),
                at: Date())
        }
    }

    private func with(_ body: @Sendable (Scene) async throws -> Void) async throws {
        let folder = try Repository.temporaryFolder("auth")
        defer { try? FileManager.default.removeItem(atPath: folder) }
        var signers: [KeyKind: DKIMSigner] = [:]
        var lines = [
            "@ TXT \"v=spf1 ip4:192.0.2.0/24 -all\"", "_dmarc TXT \"v=DMARC1; p=reject\"",
            "wrong TXT \"v=spf1 nonsense -all\"", "lost TXT \"v=spf1 include:broken.test -all\"",
        ]
        for kind in [KeyKind.rsa, .ed25519] {
            let key = try SigningKey.make(kind)
            signers[kind] = try DKIMSigner(domain: "nord.test", selector: kind.rawValue, privateKeyPEM: key.pem)
            lines.append(DKIMRecord(domain: "nord.test", selector: kind.rawValue, key: key).zoneLine)
        }
        let made = signers
        let zones = ["nord.test": lines.joined(separator: "\n"), "syd.test": "_dmarc TXT \"v=DMARC1; p=none\""]
        try await NameServer.run(folder: folder, zones: zones, brokenZones: ["broken.test"]) { server in
            let resolver = try Resolver(servers: [server.address])
            try await body(Scene(authenticator: MailAuthenticator(dns: resolver), signers: made))
        }
    }

    @Test(arguments: [KeyKind.rsa, .ed25519])
    func `a signed mail from the right place passes everything`(kind: KeyKind) async throws {
        try await with { scene async throws in
            let verdict = try await scene.verdict(from: "nord.test", kind)
            #expect(verdict.spf.result == .pass)
            #expect(verdict.dkim.map(\.result) == [.pass], "\(verdict.dkim)")
            #expect(verdict.dmarc.result == .pass)
            #expect(verdict.dkimAlignedPass(for: "nord.test"))
        }
    }

    @Test func `a changed mail from elsewhere fails`() async throws {
        try await with { scene async throws in
            let verdict = try await scene.verdict(from: "nord.test", .rsa, mailFrom: "ida@syd.test") { $0 + "Mere\r\n" }
            #expect(verdict.spf.result == .none)
            #expect(verdict.dkim.map(\.result) == [.fail])
            #expect(verdict.dmarc.result == .fail)
            #expect(!verdict.isTemporary)
            #expect(try await scene.verdict(from: "syd.test", .rsa, mailFrom: "ida@nord.test").dmarc.result == .fail)
        }
    }

    @Test func `a broken zone leaves the verdict open, and a bad record closes it`() async throws {
        try await with { scene async throws in
            let open = try await scene.verdict(from: "broken.test", nil)
            #expect(open.spf.result == .temperror)
            #expect(open.dmarc.result == .temperror)
            #expect(open.isTemporary)
            let included = try await scene.verdict(from: "nord.test", nil, mailFrom: "ida@lost.nord.test")
            #expect(included.spf.result == .temperror)
            #expect(included.dmarc.result == .temperror)
            let closed = try await scene.verdict(from: "nord.test", nil, mailFrom: "ida@wrong.nord.test")
            #expect(closed.spf.result == .permerror)
            #expect(closed.dmarc.result == .fail)
            #expect(!closed.isTemporary)
        }
    }

    @Test func `with no name server at all the verdict is open, in bounded time`() async throws {
        let resolver = try Resolver(servers: ["127.0.0.1:\(Repository.freePort())"], timeout: .milliseconds(500))
        let scene = Scene(authenticator: MailAuthenticator(dns: resolver, limit: .seconds(2)), signers: [:])
        let start = ContinuousClock.now
        let verdict = try await scene.verdict(from: "nord.test", nil)
        #expect(verdict.isTemporary)
        #expect(verdict.dmarc.result == .temperror)
        #expect(ContinuousClock.now - start < .seconds(10))
    }
}
