import Doors
import Logging
import Mail
import Records
import SMTPServer
import Workflow

extension Daemon {
    /// Takes the ports of the SMTP door.
    func listen(
        _ journal: Journal, _ spool: Spool, _ accounts: MailAccounts, _ checked: CheckedSettings, _ logger: Logger
    ) async throws -> SMTPServer {
        let smtp = settings.smtp
        let exchanges = smtp.listen.map { SMTPListener(address: $0) }
        let submissions =
            smtp.submission.map { SMTPListener.submission($0) }
            + smtp.submissions.map { SMTPListener.submission($0, encryption: .implicit) }
        var configuration = SMTPServerConfiguration(
            listeners: exchanges + submissions, hostname: smtp.hostname, limits: smtp.limits,
            trustedNetworks: smtp.ownNetworks)
        configuration.balancers = smtp.balancers
        configuration.grace = .seconds(smtp.stopSeconds)
        let server = SMTPServer(
            configuration, spool: spool,
            receiver: smtp.door(into: journal, ownDomains: checked.house.own.domains, logger),
            certificates: checked.certificates, authenticator: accounts, logger: logger)
        try await server.bind()
        return server
    }
}

extension Settings.SMTP {
    /// Bounds of a session.
    var limits: SMTPLimits {
        var limits = SMTPLimits()
        limits.messageSize = sizeLimit
        limits.dataLine = lineLimit
        limits.errors = errorLimit
        limits.receivedFields = receivedLimit
        return limits
    }

    /// Where mail goes that is taken.
    func door(into journal: Journal, ownDomains: Set<String>, _ logger: Logger) -> SMTPDoor {
        SMTPDoor(
            intake: IntakeAddresses(recipients, ownDomains: ownDomains), ownNetworks: ownNetworks,
            vouchingNetworks: vouching.networks, hostname: hostname, journal: journal, logger: logger)
    }
}
