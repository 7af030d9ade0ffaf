import Logging
import Mail
import Records
import SMTPServer
import ServiceLifecycle
import UnixSignals
import Workflow

/// Reads configuration and certificates again on SIGHUP; the server itself looks at the certificates now and then.
///
/// All of it is taken up, or nothing: what has a fault is told of in the log, and what was in use stays. Sessions that run
/// keep what they began with.
struct ConfigurationReload: ServiceLifecycle.Service {
    /// Keys that need no new start.
    private static let keys: Set = [
        "smtp.recipients", "smtp.public_recipients", "smtp.size_limit", "smtp.line_limit", "smtp.error_limit",
        "smtp.received_limit", "smtp.stop_seconds",
    ]

    let settings: Settings
    let load: @Sendable () throws -> Settings
    /// `nil` on a node that takes no mail in.
    let server: SMTPServer?
    let house: House
    let journal: Journal
    let logger: Logger

    func run() async throws {
        await cancelWhenGracefulShutdown {
            var current = settings
            for await _ in await UnixSignalsSequence(trapping: .sighup) {
                if let new = await reload(current) { current = new }
            }
        }
    }

    /// What is in use from now on; `nil` when nothing changed for a fault.
    private func reload(_ current: Settings) async -> Settings? {
        do {
            let new = try load()
            try refuseLostAnswers(new.smtp)
            // The last thing that can fail; it says so itself.
            if let server, (try? await server.reloadCertificates()) == nil { return nil }
            adopt(new.smtp)
            tell(current, new)
            return new
        } catch {
            logger.error("the configuration has a fault; the one before stays in use", metadata: ["error": "\(error)"])
            return nil
        }
    }

    /// The address that answers to mails of ours go to is fixed at the start.
    private func refuseLostAnswers(_ smtp: Settings.SMTP) throws(SettingsError) {
        let address = house.replyTo.address.lowercased()
        guard house.intake.contains(address), !smtp.recipients.contains(where: { $0.lowercased() == address }) else {
            return
        }
        throw SettingsError(
            origin: "configuration", key: "smtp.recipients",
            problem: "answers to our mails go to \(house.replyTo.address): without it a new start is needed")
    }

    private func adopt(_ smtp: Settings.SMTP) {
        house.addresses.replace(all: smtp.recipients, open: smtp.publicRecipients)
        // Whose networks are trusted, and our name, hang together with what was set up at the start.
        var door = settings.smtp
        door.recipients = smtp.recipients
        server?.adopt(
            smtp.limits, grace: .seconds(smtp.stopSeconds),
            receiver: door.door(into: journal, ownDomains: house.own.domains, logger))
    }

    private func tell(_ current: Settings, _ new: Settings) {
        let changed = Set(current.given.keys).union(new.given.keys).filter { current.given[$0] != new.given[$0] }
        logger.notice(
            "the configuration was read again",
            metadata: ["in_use": "\(changed.intersection(Self.keys).sorted())"])
        let later = changed.subtracting(Self.keys)
        guard !later.isEmpty else { return }
        logger.warning("some of it is taken up at the next start", metadata: ["keys": "\(later.sorted())"])
    }
}
