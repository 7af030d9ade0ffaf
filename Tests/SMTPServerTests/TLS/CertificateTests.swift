import Foundation
import NIOSSL
import SMTPServer
import Testing

@Suite("Certificates", .timeLimit(.minutes(1)))
struct CertificateTests {
    private static let listener = SMTPListener(address: "127.0.0.1:0", encryption: .implicit)

    @Test("36: the client's host name chooses, and the first is for all others")
    func chosenByName() async throws {
        let certificates = try await TestCertificates.make(["mx.fjordtek.example", "post.andre.example"])
        defer { certificates.remove() }
        #expect(
            certificates.loaded.summaries.map(\.hostNames) == [["mx.fjordtek.example"], ["post.andre.example"]])
        try await RunningServer.run(listener: Self.listener, certificates: certificates) { running in
            for (host, name) in [
                ("mx.fjordtek.example", "mx.fjordtek.example"), ("POST.andre.example", "post.andre.example"),
                ("ukendt.example", "mx.fjordtek.example"), (nil, "mx.fjordtek.example"),
            ] {
                let subject = try await Self.subject(of: running, for: host)
                #expect(subject == name)
            }
        }
    }

    @Test("48: new files are taken by themselves, and running sessions go on with the old ones")
    func renewal() async throws {
        let certificates = try await TestCertificates.make(["mx.fjordtek.example"])
        defer { certificates.remove() }
        try await RunningServer.run(listener: Self.listener, certificates: certificates) { running in
            try await Client.connect(to: running.port) { old in
                try await old.encrypt()
                #expect(try await old.line()?.hasPrefix("220") == true)
                let before = try await old.serverCertificate()
                let ends = certificates.loaded.summaries.map(\.ends)
                try await TestCertificates.selfSigned("mx.fjordtek.example", in: certificates.folder, days: 3)
                #expect(await running.soon { certificates.loaded.summaries.map(\.ends) != ends })
                #expect(try await old.ask("NOOP")?.hasPrefix("250") == true)
                try await Client.connect(to: running.port) { new in
                    try await new.encrypt()
                    #expect(try await new.line()?.hasPrefix("220") == true)
                    #expect(try await new.serverCertificate() != before)
                }
            }
        }
    }

    @Test("48: an invalid set changes nothing and is told of")
    func invalid() async throws {
        let certificates = try await TestCertificates.make(["mx.fjordtek.example", "post.andre.example"])
        defer { certificates.remove() }
        let before = certificates.loaded.summaries
        let key = certificates.files[1].key
        for content in ["no key", try String(contentsOfFile: certificates.files[0].key, encoding: .utf8)] {
            try content.write(toFile: key, atomically: true, encoding: .utf8)
            #expect(certificates.loaded.haveChanged)
            let error = #expect(throws: CertificateError.self) { try certificates.loaded.reload() }
            #expect(error?.description.contains(key) == true)
            #expect(!certificates.loaded.haveChanged)
            #expect(certificates.loaded.summaries == before)
        }
        try FileManager.default.removeItem(atPath: certificates.files[0].chain)
        #expect(throws: CertificateError.self) { try certificates.loaded.reload() }
        #expect(throws: CertificateError.self) { try SMTPCertificates(certificates.files) }
        #expect(throws: CertificateError.self) { try SMTPCertificates([]) }
    }

    @Test("a client's certificate is asked for where it counts, and known to the receiver")
    func clients() async throws {
        let certificates = try await TestCertificates.make(["mx.fjordtek.example"], clientNetworks: ["127.0.0.0/8"])
        defer { certificates.remove() }
        let inbox = Inbox()
        try await RunningServer.run(inbox, listener: Self.listener, certificates: certificates) { running in
            for name in ["client.example", nil] {
                try await Client.connect(to: running.port) { client in
                    try await client.encrypt { configuration in
                        guard let name, let own = try? Self.own(name, certificates.folder) else { return }
                        configuration.certificateChain = own.chain
                        configuration.privateKey = own.key
                    }
                    _ = try await client.beginMessage()
                    #expect(try await client.ask("Hej\r\n.")?.hasPrefix("250") == true)
                }
            }
            try await Client.connect(to: running.port) { stranger in
                try await stranger.encrypt { configuration in
                    guard let own = try? Self.own("mx.fjordtek.example", certificates.folder) else { return }
                    configuration.certificateChain = own.chain
                    configuration.privateKey = own.key
                }
                let line = try? await stranger.line()
                #expect(line == nil)
            }
        }
        let seen = inbox.kept.map(\.session.tls?.clientCertificate)
        #expect(seen.map { $0?.subject } == ["client.example", nil])
        #expect(seen.first??.hostNames == ["client.example"])
        #expect(seen.first??.fingerprint.count == 64)
        #expect(inbox.kept.map(\.session.tls?.version) == ["TLSv1.3", "TLSv1.3"])
    }

    @Test("36: TLS 1.2 is taken and 1.1 is not")
    func versions() async throws {
        let certificates = try await TestCertificates.make(["mx.fjordtek.example"])
        defer { certificates.remove() }
        try await RunningServer.run(listener: Self.listener, certificates: certificates) { running in
            for (version, isTaken) in [(TLSVersion.tlsv12, true), (.tlsv11, false)] {
                try await Client.connect(to: running.port) { client in
                    try await client.encrypt {
                        $0.minimumTLSVersion = .tlsv1
                        $0.maximumTLSVersion = version
                    }
                    let line = try? await client.line()
                    #expect((line?.hasPrefix("220") == true) == isTaken)
                }
            }
        }
    }

    @Test("what cannot be had for want of a certificate or of passwords is said at the start")
    func wants() async throws {
        try await RunningServer.run { running in
            for listener in [
                Self.listener, SMTPListener(address: "127.0.0.1:0", requiresTLS: true),
                SMTPListener(address: "127.0.0.1:0", requiresAuthentication: true), .submission("127.0.0.1:0"),
            ] {
                let server = SMTPServer(
                    SMTPServerConfiguration(listeners: [listener], hostname: Play.hostname),
                    spool: try Spool(folder: running.spoolFolder), receiver: Inbox(), logger: RunningServer.logger)
                await #expect(throws: ListenError.self) { try await server.bind() }
            }
        }
    }

    private static func subject(of running: RunningServer, for host: String?) async throws -> String? {
        var subject: String?
        try await Client.connect(to: running.port) { client in
            try await client.encrypt(as: host)
            _ = try await client.line()
            subject = try await client.serverCertificate()?.subjectName.last?.value
        }
        return subject
    }

    private static func own(
        _ name: String, _ folder: String
    ) throws -> (chain: [NIOSSLCertificateSource], key: NIOSSLPrivateKeySource) {
        (
            try NIOSSLCertificate.fromPEMFile("\(folder)/\(name).pem").map { .certificate($0) },
            .privateKey(try NIOSSLPrivateKey(file: "\(folder)/\(name).key", format: .pem))
        )
    }
}
