import Doors
import Logging
import Records
import SMTPServer
import ServiceLifecycle
import UnixSignals

extension Daemon {
    /// Takes the ports of the SMTP door.
    func listen(
        _ journal: Journal, _ spool: Spool, _ accounts: MailAccounts, _ logger: Logger
    ) async throws -> SMTPServer {
        let smtp = settings.smtp
        var limits = SMTPLimits()
        limits.messageSize = smtp.sizeLimit
        let door = SMTPDoor(
            intake: IntakeAddresses(smtp.recipients), ownNetworks: smtp.ownNetworks,
            vouchingNetworks: smtp.vouching.networks, hostname: smtp.hostname,
            journal: journal, logger: logger)
        let exchanges = smtp.listen.map { SMTPListener(address: $0) }
        let submissions =
            smtp.submission.map { SMTPListener.submission($0) }
            + smtp.submissions.map { SMTPListener.submission($0, encryption: .implicit) }
        var configuration = SMTPServerConfiguration(
            listeners: exchanges + submissions, hostname: smtp.hostname, limits: limits,
            trustedNetworks: smtp.ownNetworks)
        configuration.balancers = smtp.balancers
        let server = SMTPServer(
            configuration, spool: spool, receiver: door,
            certificates: try certificates(), authenticator: accounts, logger: logger)
        try await server.bind()
        return server
    }

    /// `nil` when none are configured: then there is neither TLS nor log-in.
    private func certificates() throws -> SMTPCertificates? {
        let smtp = settings.smtp
        guard !smtp.certificates.isEmpty else { return nil }
        do {
            return try SMTPCertificates(
                smtp.certificates,
                clients: smtp.vouching.authorityFile.map { ClientAuthority(file: $0, networks: smtp.vouching.networks) }
            )
        } catch {
            throw SettingsError(origin: "configuration", key: "smtp.tls", problem: "\(error)")
        }
    }
}

/// Takes up new certificates on SIGHUP; the server itself looks at the files now and then.
struct CertificateReload: Service {
    let server: SMTPServer

    func run() async throws {
        await cancelWhenGracefulShutdown {
            // One with a fault is told of in the log, and those before stay in use.
            for await _ in await UnixSignalsSequence(trapping: .sighup) { try? await server.reloadCertificates() }
        }
    }
}
