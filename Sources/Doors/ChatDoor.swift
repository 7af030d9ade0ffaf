package import Chat
import Cryptography
import Foundation
package import Logging
package import Postgres
package import Records

/// Chats by signed webhooks into the journal: acknowledged only after the commit.
package struct ChatDoor: Sendable {
    /// Octets of one body, at most.
    package static let sizeLimit = 5 << 20

    private let journal: Journal
    private let pool: PostgresPool
    /// Where bodies wait that are too large for memory.
    private let spool: String
    private let logger: Logger

    /// Why a webhook is not taken, in the order of the checks.
    package enum Refusal: Error, Sendable {
        case unknownSource
        case unbelieved(StandardWebhook.Refusal)
        case unusable(EventFault)
    }

    /// Looks up secrets in the pool; the spool is a folder that is made when it is needed.
    package init(journal: Journal, pool: PostgresPool, spool: String, logger: Logger) {
        self.journal = journal
        self.pool = pool
        self.spool = spool
        self.logger = logger
    }

    /// Takes an event of our own format: believes it, reads it, and stores its exact octets.
    ///
    /// Throws a ``Refusal``, or what kept it from being stored.
    package func receive(
        _ body: [UInt8], from source: String, _ headers: StandardWebhook.Headers
    ) async throws -> JournalReceipt {
        let now = Date()
        let secrets = ChatSources.isName(source) ? try await ChatSources.secrets(of: source, in: pool) : []
        guard !secrets.isEmpty else { throw Refusal.unknownSource }
        let id: String
        do throws(StandardWebhook.Refusal) {
            id = try StandardWebhook.verify(
                headers, body: body, secrets: secrets.map(WebhookSecret.init(octets:)), at: now)
        } catch {
            logger.notice("webhook not believed", metadata: ["source": "\(source)", "reason": "\(error)"])
            throw Refusal.unbelieved(error)
        }
        do throws(EventFault) {
            _ = try ChatEvent(body)
        } catch {
            logger.notice("webhook not usable", metadata: ["source": "\(source)", "reason": "\(error)"])
            throw Refusal.unusable(error)
        }
        return try await store(body, event: ArrivalEnvelope.Event(source: source, id: id), at: now)
    }

    private func store(
        _ body: [UInt8], event: ArrivalEnvelope.Event, at instant: Date
    ) async throws(JournalError) -> JournalReceipt {
        try? FileManager.default.createDirectory(
            atPath: spool, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
        let digest = SHA256.hash(body)
        let receipt = try await HeldContent.with(body, folder: spool) { content throws(JournalError) in
            try await journal.append(
                Arrival(
                    door: .chat, receivedAt: instant, envelope: ArrivalEnvelope(event: event), trusted: false,
                    trace: nil,
                    content: content, digest: digest))
        }
        logger.info(
            "chat received",
            metadata: ["message": "\(receipt.id)", "size": "\(body.count)", "duplicate": "\(receipt.duplicate)"])
        return receipt
    }
}
