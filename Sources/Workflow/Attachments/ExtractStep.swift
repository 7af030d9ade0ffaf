import Extraction
package import Jobs
package import Logging
import Mail
package import Postgres
import Records
import ServiceLifecycle
import Understanding

/// EXTRACT: reads what is attached to a message, in processes that can do nothing else, and keeps the texts.
///
/// A reading says the same of the same octets for ever, so that each is kept at once, outside the transaction of the job:
/// whatever ends the job half-way, none is made twice.
package struct ExtractStep: EffectHandler {
    private let pool: PostgresPool
    private let house: House
    private let rounds: AttachmentRounds
    private let logger: Logger

    package init(
        pool: PostgresPool, house: House, reader: any AttachmentReader, policy: AttachmentPolicy, logger: Logger
    ) {
        self.pool = pool
        self.house = house
        rounds = AttachmentRounds(reader: reader, policy: policy)
        self.logger = logger
    }

    /// Where its jobs wait.
    package static var queue: String { ExtractJob.queue }
    package static var largeQueue: String { ExtractJob.largeQueue }

    package func perform(_ job: Job, lease: Lease) async throws {
        let order = try job.decode(ExtractJob.self)
        let isLast = job.attempt >= job.maximumAttempts
        if isLast { try await giveUp(order.arrival) }
        guard let (arrival, octets) = try await load(order.arrival) else { return try await lease.finish([]) }
        let options = Reading.options(for: arrival, house: house)
        let letter = try Letter(octets, reading: options)
        let kept = try await AttachmentTexts.load(Set(letter.attachments.map(\.sha256)), in: pool)
        let start = ContinuousClock.now
        let known = kept.filter { $0.value.isFinal || !isLast && $0.value.serves(since: arrival.storedAt) }
        let result: AttachmentRounds.Result
        do {
            result = try await cancelWhenGracefulShutdown {
                try await rounds.read(octets, options: options, known: known) { reading in
                    _ = try await pool.query(AttachmentTexts.keep(reading))
                }
            }
        } catch  where isLast && !(error is CancellationError) {
            // Nobody is to wait any longer for what cannot be read.
            logger.error("attachments given up", metadata: ["message": "\(arrival.id)", "error": "\(error)"])
            result = AttachmentRounds.Result(letter: letter)
        }
        try await lease.finish([
            AttachmentTexts.settle(arrival.id), JobQueue.insert([try ReconsiderJob(message: arrival.id).job()]),
        ])
        lease.wake(ReconsiderJob.queue)
        logger.info(
            "attachments read",
            metadata: [
                "message": "\(arrival.id)", "attachments": "\(result.attachments.count)",
                "texts": "\(result.attachments.count { $0.outcome == .text })",
                "took": "\(ContinuousClock.now - start)",
            ])
    }

    /// Says beforehand that nothing more was read: the last attempt may end with the process, and nobody comes after it.
    ///
    /// What earlier attempts read is taken up; what this one still reads takes the place of the reasons.
    private func giveUp(_ message: Int64) async throws {
        let failed = AttachmentReading.Reason(.failed)
        let reason = ReadAttachment.Reason(code: failed.code.rawValue, sentence: failed.sentence)
        try await pool.transaction { transaction in
            _ = try await transaction.pipeline(
                AttachmentTexts.giveUp(message, reason) + [
                    JobQueue.insert([try ReconsiderJob(message: message).job()])
                ])
        }
    }

    private func load(_ id: Int64) async throws -> (StoredArrival, [UInt8])? {
        try await pool.transaction { transaction in
            guard let arrival = try await Journal.arrivals([id], in: transaction).first else { return nil }
            let octets =
                if let octets = arrival.octets { octets } else {
                    try await Journal.largeOctets(of: arrival, in: transaction)
                }
            return (arrival, octets)
        }
    }
}
