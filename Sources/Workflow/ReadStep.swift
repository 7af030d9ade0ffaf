package import Correspondence
import FoundationEssentials
package import Jobs
package import Logging
import Mail
package import Postgres
import Records
import Understanding

/// READ: octets to letter, letter to company, both onto the timeline; one transaction for a batch of arrivals.
///
/// What is to be answered gets its answer job in the same transaction; everything else is done with.
package struct ReadStep: BatchHandler {
    let house: House
    private let replies: ReplyAddress
    private let shelf: RuleShelf
    let policy: AttachmentPolicy
    private let logger: Logger

    /// `policy`: which attachments are read, and how long an answer waits for that.
    package init(
        house: House, replies: ReplyAddress, shelf: RuleShelf, policy: AttachmentPolicy, logger: Logger
    ) {
        self.house = house
        self.replies = replies
        self.shelf = shelf
        self.policy = policy
        self.logger = logger
    }

    package var followUps: [String] {
        [
            ReadJob.largeQueue, AnswerJob.queue, VerifyJob.queue, VerifyJob.largeQueue, NoticeJob.queue,
            ExtractJob.queue, ExtractJob.largeQueue,
        ]
    }

    package func handle(_ jobs: [Job], in transaction: Transaction) async throws {
        let ids = try jobs.map { try $0.decode(ReadJob.self).arrival }
        var arrivals = try await Journal.arrivals(ids, in: transaction)
        if jobs.contains(where: { $0.queue == ReadJob.queue }) {
            // Nodes of the version before leave large ones here.
            let large = arrivals.filter(\.isLarge)
            arrivals.removeAll(where: \.isLarge)
            let moved = large.map { ReadJob.new(arrival: $0.id, isLarge: true) }
            if !moved.isEmpty { _ = try await transaction.query(JobQueue.insert(moved)) }
        }
        // Asked for twice: what hangs on the first reading stays as it is.
        let filed = arrivals.filter(\.isFiled).map(\.id)
        if !filed.isEmpty {
            let free = try await Timeline.takeOff(filed, in: transaction)
            arrivals.removeAll { $0.isFiled && !free.contains($0.id) }
        }
        // What is in a container may be what ends the process: better the mail as it is than none.
        let opens = jobs.allSatisfy { $0.attempt <= $0.maximumAttempts / 2 }
        var readings = try await read(arrivals, opens: opens, in: transaction)
        try await takeNewUtterances(of: &readings, in: transaction)
        var directory = try await Directory(for: readings.compactMap(\.incoming), in: transaction)
        let rules = shelf.current
        var conclusions = readings.map { conclude($0, rules, directory: &directory) }
        _ = try await transaction.query(Companies.add(conclusions.compactMap(\.introduction)))
        try await openLeads(for: &conclusions, in: transaction)
        try await Timeline.file(conclusions.map(\.filing), in: transaction)
        let introductions = conclusions.compactMap(\.introduction)
        _ = try await transaction.pipeline(Companies.learn(introductions))
        let corrections = Corrections(house: house, transaction: transaction)
        let linkedChats = conclusions.map(\.filing).filter { $0.chat != nil && $0.link.number != nil }
        try await corrections.adopt(
            conclusions.filter(\.isVouchedFor).compactMap(\.introduction), chats: linkedChats.map(\.id),
            at: conclusions.map(\.filing.receivedAt).max() ?? .distantPast)
        var answers = conclusions.compactMap(\.answer)
        try await Outbox.take(
            conclusions.compactMap(\.bounce), conclusions.compactMap(\.evidence),
            // A report may be wrong or made up: one of our own people is muted only where another one is told.
            mutes: { [house] address, owner in
                !house.own.owns(Mailbox(address: address))
                    || owner.map { Mailbox(address: $0).comparable != Mailbox(address: address).comparable } ?? false
            }, in: transaction)
        for correction in conclusions.compactMap(\.correction) {
            answers += try await corrections.follow(correction)
        }
        let verifications = try zip(readings, conclusions).compactMap(Self.verification)
        let extractions = try zip(readings, conclusions).flatMap(Self.extraction)
        let deadlines = Self.deadlines(readings, conclusions)
        let jobs = try answers.map { try $0.job(notBefore: deadlines[$0.message]) }
        _ = try await transaction.query(JobQueue.insert(jobs + verifications + extractions))
    }

    /// The job that finds out who sent it, where that is not known or a receipt hangs on it.
    private static func verification(of reading: Reading, _ conclusion: Conclusion) throws -> NewJob? {
        // Read again, it was ordered before.
        guard reading.arrival.isUnverified && !reading.arrival.isFiled || conclusion.publicMailbox != nil else {
            return nil
        }
        return try VerifyJob(arrival: reading.arrival.id, publicMailbox: conclusion.publicMailbox)
            .job(isUrgent: reading.incoming?.isUnproved ?? false, isLarge: reading.arrival.isLarge)
    }

    /// Reads every arrival with what is known of its attachments.
    private func read(
        _ arrivals: [StoredArrival], opens: Bool, in transaction: Transaction
    ) async throws -> [Reading] {
        var arrivals = arrivals
        for index in arrivals.indices where arrivals[index].octets == nil {
            arrivals[index].octets = try await Journal.largeOctets(of: arrivals[index], in: transaction)
        }
        var readings = await read(arrivals)
        try await takeInAttachments(of: &readings, arrivals, opens: opens, in: transaction)
        return readings
    }

    /// Side by side, in the order of the arrivals.
    private func read(_ arrivals: [StoredArrival]) async -> [Reading] {
        let readings = await withTaskGroup(of: Reading.self) { group in
            for arrival in arrivals {
                guard let octets = arrival.octets else { continue }
                group.addTask { Reading(of: arrival, octets: octets, house: house) }
            }
            return await group.reduce(into: []) { $0.append($1) }
        }
        return readings.sorted { $0.arrival.id < $1.arrival.id }
    }

    /// Leaves in every chat what is new in it, in the order of the arrivals.
    private func takeNewUtterances(of readings: inout [Reading], in transaction: Transaction) async throws {
        let chats = readings.compactMap(\.chat)
        guard !chats.isEmpty else { return }
        var ledger = try await ChatLedger(for: chats.map { ($0.conversation, $0.keys) }, in: transaction)
        for index in readings.indices { readings[index].takeNew(from: &ledger) }
    }

    private func conclude(_ reading: Reading, _ rules: RuleBook, directory: inout Directory) -> Conclusion {
        let conclusion = Conclusion(of: reading, directory: directory, house: house, replies: replies, rules: rules)
        if let incoming = reading.incoming {
            let filing = conclusion.filing
            directory.learn(
                incoming, cvr: filing.link.number, leadID: filing.leadID,
                isOpen: filing.awaitsContents || filing.link.number == nil && !filing.pending.isEmpty)
        }
        return conclusion
    }

    private func openLeads(for conclusions: inout [Conclusion], in transaction: Transaction) async throws {
        let indices = conclusions.indices.filter { conclusions[$0].opening != nil }
        let openings = indices.compactMap { conclusions[$0].opening }
        guard !openings.isEmpty else { return }
        for (index, id) in zip(indices, try await Leads.open(openings, in: transaction)) {
            conclusions[index].filing.leadID = id
        }
    }
}
