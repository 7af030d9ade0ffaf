import Logging
import Mail
import Records
import Rules
import SMTPServer
import ServiceLifecycle
import UnixSignals
import Workflow

/// Reads configuration and certificates again on SIGHUP; the server itself looks at the certificates now and then.
///
/// It is checked as at the start. All of it is taken up, or nothing: a fault is told of in the log, and what was in use
/// stays. Sessions that run keep what they began with.
struct ConfigurationReload: ServiceLifecycle.Service {
    /// Keys that need no new start.
    private static let keys: Set = [
        "smtp.recipients", "smtp.public_recipients", "smtp.size_limit", "smtp.line_limit", "smtp.error_limit",
        "smtp.received_limit", "smtp.stop_seconds",
    ]

    /// Beginnings of the keys that tell who we are and whose word counts: what mail for the recipients is judged by.
    ///
    /// They hold from the next start on, and so does what is changed together with them.
    private static let foundations = [
        "identity.", "rules.directory", "smtp.own_networks", "smtp.vouching_", "smtp.trusted_forwarders",
    ]

    /// Those of the start.
    let settings: Settings
    let load: @Sendable () throws -> Settings
    let roles: Set<Serve.Role>
    let shelf: RuleShelf
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
            let checked = try CheckedSettings(new, company: try company(of: new), roles: roles)
            let wanted = current.changes(to: new).intersection(Self.keys)
            let moved = movedFoundations(new, checked.house)
            guard wanted.isEmpty || moved.isEmpty else {
                logger.warning(
                    "a new start is needed; nothing of the configuration was taken up, for what changed hangs together",
                    metadata: ["wanted": "\(wanted.sorted())", "with": "\(moved.sorted())"])
                return nil
            }
            try refuseLostAnswers(new.smtp)
            // The last thing that can fail. Files at other paths are for the next start; those in use may be gone by now.
            if new.smtp.namesCertificates(of: settings.smtp) { try await server?.reloadCertificates() }
            adopt(new.smtp)
            tell(current, new)
            return new
        } catch {
            logger.error("the configuration has a fault; the one before stays in use", metadata: ["error": "\(error)"])
            return nil
        }
    }

    /// Who the rules say that we are; a fault of those in use is for ``RuleWatch`` to tell.
    private func company(of new: Settings) throws -> Company {
        let load = { try RuleBook(try RuleFolder.load(new.rulesDirectory)).rules.company }
        guard new.rulesDirectory == settings.rulesDirectory else { return try load() }
        return (try? load()) ?? shelf.current.rules.company
    }

    /// What of the foundations is another now than at the start, whichever file says it.
    private func movedFoundations(_ new: Settings, _ newHouse: House) -> Set<String> {
        let keys = settings.changes(to: new).filter { key in Self.foundations.contains { key.hasPrefix($0) } }
        guard keys.isEmpty, newHouse.own != house.own || newHouse.from != house.from else { return keys }
        return ["company.yaml"]
    }

    /// The address that answers to mails of ours go to is fixed at the start.
    private func refuseLostAnswers(_ smtp: Settings.SMTP) throws(SettingsError) {
        let address = house.replyTo.comparable
        let isLost = !smtp.recipients.contains { Mailbox(address: $0).comparable == address }
        guard isLost, house.intake.contains(where: { Mailbox(address: $0).comparable == address }) else { return }
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
        logger.notice(
            "the configuration was read again",
            metadata: ["in_use": "\(current.changes(to: new).intersection(Self.keys).sorted())"])
        let later = settings.changes(to: new).subtracting(Self.keys)
        guard !later.isEmpty else { return }
        logger.warning("some of it is taken up at the next start", metadata: ["keys": "\(later.sorted())"])
    }
}

extension Settings {
    /// Keys that other settings give another value to.
    fileprivate func changes(to other: Settings) -> Set<String> {
        Set(given.keys).union(other.given.keys).filter { given[$0] != other.given[$0] }
    }
}

extension Settings.SMTP {
    /// Whether the files of certificates are at the same paths.
    fileprivate func namesCertificates(of other: Self) -> Bool {
        certificates == other.certificates && vouching.authorityFile == other.vouching.authorityFile
    }
}
