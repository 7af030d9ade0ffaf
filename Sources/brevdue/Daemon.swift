import Correspondence
import Cryptography
import DNS
import Doors
import Foundation
import HTTPAPI
import Hosts
import Jobs
import Logging
import MailAuthentication
import Postgres
import PostgresCluster
import Records
import Rules
import SMTPClient
import SMTPServer
import ServiceLifecycle
import UnixSignals
import Workflow

/// Puts the rooms together and keeps them running, from start to a graceful end.
struct Daemon {
    let settings: Settings
    /// Reads the configuration again.
    let load: @Sendable () throws -> Settings
    let roles: Set<Serve.Role>
    let databaseUser: String

    func run() async throws {
        let logger = LogSettings.bootstrap(settings)
        let notification = SystemdNotification()
        let shelf = RuleShelf(try RuleBook(try RuleFolder.load(settings.rulesDirectory)))
        let checked = try CheckedSettings(settings, company: shelf.current.rules.company, roles: roles)
        let name = try NodeName.load(from: settings.dataDirectory)
        let database = try await DatabaseAccess.serve(settings, user: databaseUser, node: name, logger: logger)
        do {
            try await serve(checked, shelf, name, database, notification, logger)
        } catch {
            await database.stop()
            throw error
        }
        await database.stop()
        logger.notice("stopped")
    }

    private func serve(
        _ checked: CheckedSettings, _ shelf: RuleShelf, _ name: String, _ database: DatabaseAccess,
        _ notification: SystemdNotification, _ logger: Logger
    ) async throws {
        let (house, relay) = (checked.house, checked.relay)
        let pool = database.pool
        try await RuleSets.activate(shelf.current.rules, in: pool)
        let queue = JobQueue(pool: pool, logger: logger)
        let node = try await Node.start(name: name, queue: queue)
        let journal = Journal(pool: pool, queue: queue, logger: logger)
        let replies = ReplyAddress(
            intake: house.replyTo,
            key: try await SharedKeys.key("reply", fresh: try SecureRandom.bytes(32), in: pool))
        // Whatever this node does: each of its doors may have left something there.
        let spool = try Spool(folder: settings.dataDirectory + "/spool")
        var services: [any ServiceLifecycle.Service] = []
        if let cluster = database.cluster { services.append(Supervision(cluster: cluster)) }
        services.append(JournalWriters(journal: journal))
        services.append(QueueKeeper(queue: queue, node: node) { try await Maintenance.run(on: pool) })
        if let resolver = checked.resolver {
            services += workers(house, replies, shelf, relay, resolver, node, queue, logger)
        }
        var smtp: SMTPServer?
        if roles.contains(.smtp) {
            let server = try await listen(
                journal, spool, MailAccounts(pool: database.poolForReaders), checked, logger)
            services.append(server)
            smtp = server
        }
        if roles.contains(.imap) {
            services += settings.mailboxes.map {
                MailboxPoller(
                    $0, node: name, journal: journal, pool: pool, spool: spool.folder,
                    logger: logger)
            }
        }
        if roles.contains(.http) {
            services.append(
                try API.service(
                    listen: settings.httpListen, pool: database.poolForReaders,
                    health: Health(
                        pool: database.poolForReaders, journal: journal, smtp: smtp, rules: shelf,
                        hasRelay: relay != nil,
                        mailboxes: settings.mailboxes.map(\.key)),
                    chats: ChatDoor(
                        journal: journal, pool: database.poolForReaders, spool: spool.folder,
                        logger: logger), logger: logger))
        }
        services.append(
            ConfigurationReload(
                settings: settings, load: load, roles: roles, shelf: shelf, server: smtp, house: house,
                journal: journal, logger: logger))
        services.append(RuleWatch(shelf: shelf, folder: settings.rulesDirectory, pool: pool, logger: logger))
        services.append(notification)
        logger.notice("ready", metadata: ["node": "\(name)"])
        let group = ServiceGroup(
            configuration: ServiceGroupConfiguration(
                services: services.map { .init(service: $0, successTerminationBehavior: .gracefullyShutdownGroup) },
                gracefulShutdownSignals: [.sigterm, .sigint], logger: logger))
        try await group.run()
    }

    private func workers(
        _ house: House, _ replies: ReplyAddress, _ shelf: RuleShelf, _ relay: SMTPRelay?, _ resolver: Resolver,
        _ node: Node, _ queue: JobQueue, _ logger: Logger
    ) -> [any ServiceLifecycle.Service] {
        let attachments = settings.attachments
        let read = ReadStep(
            house: house, replies: replies, shelf: shelf, policy: attachments.policy, logger: logger)
        let extract = ExtractStep(
            pool: queue.pool, house: house, reader: attachments.extractor, policy: attachments.policy, logger: logger)
        let verify = VerifyStep(
            pool: queue.pool, authenticator: MailAuthenticator(dns: resolver), policy: trustPolicy(house),
            logger: logger)
        var workers: [any ServiceLifecycle.Service] = [
            BatchWorker(queue: ReadJob.queue, batch: 32, node: node, of: queue, handler: read),
            BatchWorker(queue: ReadJob.largeQueue, batch: 1, node: node, of: queue, handler: read),
            EffectWorker(queue: VerifyJob.queue, width: 16, node: node, of: queue, handler: verify),
            EffectWorker(queue: VerifyJob.largeQueue, width: 2, node: node, of: queue, handler: verify),
            EffectWorker(queue: ExtractStep.queue, width: 2, node: node, of: queue, handler: extract),
            EffectWorker(queue: ExtractStep.largeQueue, width: 1, node: node, of: queue, handler: extract),
            BatchWorker(
                queue: ReconsiderStep.queue, batch: 16, node: node, of: queue,
                handler: ReconsiderStep(house: house, shelf: shelf)),
            BatchWorker(
                queue: AnswerStep.queue, batch: 32, node: node, of: queue,
                handler: AnswerStep(
                    house: house, replies: replies, shelf: shelf, sends: relay != nil,
                    receiptPause: 86_400 / Double(max(1, settings.sending.outsiderPerDay)))),
        ]
        workers.append(
            EffectWorker(
                queue: NoticeStep.queue, width: 2, node: node, of: queue,
                handler: NoticeStep(
                    pool: queue.pool, house: house, shelf: shelf, replies: replies, sends: relay != nil)))
        if let relay {
            let step = SendStep(
                pool: queue.pool, clients: ClientPool(relay: relay), house: house, policy: sendPolicy, logger: logger)
            workers.append(EffectWorker(queue: SendJob.queue, width: 16, node: node, of: queue, handler: step))
            workers.append(OutboxKeeper(pool: queue.pool, logger: logger))
        }
        return workers
    }

    /// Whose word on a sender is believed.
    private func trustPolicy(_ house: House) -> TrustPolicy {
        let vouching = settings.smtp.vouching
        let upstream = vouching.id.map {
            TrustPolicy.Upstream(
                networks: vouching.networks, authservID: $0, needsCertificate: vouching.authorityFile != nil)
        }
        return TrustPolicy(own: house.own, upstream: upstream, forwarders: vouching.forwarders)
    }

    private var sendPolicy: SendPolicy {
        var policy = SendPolicy()
        policy.ownPerDay = settings.sending.ownPerDay
        policy.outsiderPerDay = settings.sending.outsiderPerDay
        policy.domainConnections = settings.sending.domainConnections
        policy.domainPerMinute = settings.sending.domainPerMinute
        let networks = settings.smtp.ownNetworks
        policy.isOwnNetwork = { address in networks.contains { $0.contains(address) } }
        return policy
    }
}
