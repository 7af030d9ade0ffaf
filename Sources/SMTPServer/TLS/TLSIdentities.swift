import Foundation
import NIOCore
import NIOSSL

/// Certificates with their keys as they were read together: a value that sessions share and nobody changes.
struct TLSIdentities: Sendable {
    private struct Identity: Sendable {
        var chain: [NIOSSLCertificate]
        var key: NIOSSLPrivateKey
        var summary: SMTPCertificates.Summary
    }

    let summaries: [SMTPCertificates.Summary]
    let context: NIOSSLContext
    /// Asks clients for a certificate.
    let askingContext: NIOSSLContext

    /// Reads all of them, or says of the first faulty one what is wrong with it.
    init(_ files: [CertificateFiles], clients: ClientAuthority?) throws(CertificateError) {
        var identities: [Identity] = []
        for files in files { identities.append(try Self.identity(files)) }
        summaries = identities.map(\.summary)
        var configuration = try Self.configuration(identities)
        context = try Self.context(configuration, of: files)
        guard let clients else {
            askingContext = context
            return
        }
        do {
            configuration.trustRoots = .certificates(try NIOSSLCertificate.fromPEMFile(clients.file))
        } catch {
            throw CertificateError(description: "\(clients.file): holds no certificate in PEM form (\(error))")
        }
        configuration.certificateVerification = .optionalVerification
        configuration.sendCANameList = true
        askingContext = try Self.context(configuration, of: files)
    }

    private static func identity(_ files: CertificateFiles) throws(CertificateError) -> Identity {
        let chain: [NIOSSLCertificate]
        let key: NIOSSLPrivateKey
        do { chain = try NIOSSLCertificate.fromPEMFile(files.chain) } catch {
            throw CertificateError(description: "\(files.chain): holds no certificate in PEM form (\(error))")
        }
        guard let leaf = chain.first else {
            throw CertificateError(description: "\(files.chain): holds no certificate")
        }
        do { key = try NIOSSLPrivateKey(file: files.key, format: .pem) } catch {
            throw CertificateError(
                description: "\(files.key): holds no key in PEM form without a passphrase: \(error)")
        }
        let summary = SMTPCertificates.Summary(
            files: files, hostNames: leaf.hostNames,
            begins: Date(timeIntervalSince1970: TimeInterval(leaf.notValidBefore)),
            ends: Date(timeIntervalSince1970: TimeInterval(leaf.notValidAfter)))
        let identity = Identity(chain: chain, key: key, summary: summary)
        // Each by itself, so that a key that does not fit is found before a client needs it.
        _ = try context(try configuration([identity]), of: [files])
        return identity
    }

    /// TLS 1.2 and later with forward secrecy; tickets for resumption are on, under a key that no other context has.
    ///
    /// BoringSSL takes a ticket it cannot read for none and goes on with a whole handshake, so that senders who keep one
    /// for days (Microsoft's do) come through after a reload or a restart.
    private static func configuration(_ identities: [Identity]) throws(CertificateError) -> TLSConfiguration {
        guard let first = identities.first else { throw CertificateError(description: "no certificate is named") }
        var configuration = TLSConfiguration.makeServerConfiguration(
            certificateChain: first.chain.map { .certificate($0) }, privateKey: .privateKey(first.key))
        configuration.minimumTLSVersion = .tlsv12
        configuration.cipherSuites = "ECDH+AESGCM:ECDH+CHACHA20:ECDH+AES256:ECDH+AES128:!aNULL:!eNULL:!MD5"
        configuration.shutdownTimeout = .seconds(1)
        guard identities.count > 1 else { return configuration }
        configuration.sslContextCallback = { client, promise in
            var override = NIOSSLContextConfigurationOverride.noChanges
            if let host = client.serverHostname?.lowercased(),
                let identity = identities.first(where: { $0.summary.stands(for: host) })
            {
                override.certificateChain = identity.chain.map { .certificate($0) }
                override.privateKey = .privateKey(identity.key)
            }
            promise.succeed(override)
        }
        return configuration
    }

    private static func context(
        _ configuration: TLSConfiguration, of files: [CertificateFiles]
    ) throws(CertificateError) -> NIOSSLContext {
        do { return try NIOSSLContext(configuration: configuration) } catch {
            let names = files.map { "\($0.chain) with \($0.key)" }.joined(separator: ", ")
            throw CertificateError(description: "\(names): the key does not belong to the certificate (\(error))")
        }
    }
}

extension SMTPCertificates.Summary {
    /// Whether the certificate is for the host; a wildcard stands for one label (RFC 6125 section 6.4.3).
    func stands(for host: String) -> Bool {
        let parent = host.firstIndex(of: ".").map { "*" + host[$0...] }
        return hostNames.contains { $0 == host || $0 == parent }
    }
}

extension NIOSSLCertificate {
    /// Names of the DNS among the alternative names, in lower case.
    var hostNames: [String] {
        _subjectAlternativeNames().filter { $0.nameType == .dnsName }.map { name in
            name.contents.withUnsafeBufferPointer { String(decoding: $0, as: UTF8.self) }.lowercased()
        }
    }

    /// The common name of the subject; of several the last, which is the most specific.
    var subject: String { subjectName.last { $0.type == .commonName }?.value ?? "" }
}
