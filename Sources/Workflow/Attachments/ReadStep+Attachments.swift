import FoundationEssentials
import Jobs
import Mail
import Postgres
import Records

extension ReadStep {
    /// Containers within containers that are opened.
    private static let depth = 4
    /// How long an answer waits before it is looked whether the mail that it answers is filed.
    private static let pause: TimeInterval = 1

    /// Takes in what was read of attachments before; a mail whose container was unpacked is read with what is in it.
    ///
    /// `opens`: whether containers are opened at all.
    func takeInAttachments(
        of readings: inout [Reading], _ arrivals: [StoredArrival], opens: Bool, in transaction: Transaction
    ) async throws {
        var known: [String: KeptReading] = [:]
        var asked: Set<String> = []
        for _ in 0..<Self.depth {
            let letters = readings.compactMap(\.incoming?.letter)
            let digests = Set(letters.flatMap { $0.attachments.map(\.sha256) }).subtracting(asked)
            guard !digests.isEmpty else { break }
            asked.formUnion(digests)
            known.merge(try await AttachmentTexts.load(digests, in: transaction)) { $1 }
            let contents = known.compactMapValues(\.contents)
            for index in readings.indices {
                let unopened = readings[index].incoming?.letter.unopened ?? []
                guard opens, unopened.contains(where: { contents[$0.sha256] != nil }),
                    let octets = arrivals.first(where: { $0.id == readings[index].arrival.id })?.octets
                else { continue }
                readings[index] = Reading(
                    of: readings[index].arrival, octets: octets, house: house, unpacked: contents)
            }
        }
        for index in readings.indices {
            let arrival = readings[index].arrival
            readings[index].waitsUntil = policy.deadline(of: arrival)
            guard let letter = readings[index].incoming?.letter, !letter.attachments.isEmpty else { continue }
            readings[index].attached = AttachedReading(of: letter, arrival, known: known, policy: policy)
            if !opens { readings[index].attached.awaitsContents = false }
        }
    }

    // MARK: What waits for the rest

    /// Until when answers wait, by message.
    static func deadlines(_ readings: [Reading], _ conclusions: [Conclusion]) -> [Int64: Date] {
        let waiting = zip(readings, conclusions).compactMap { reading, conclusion -> (Int64, Date)? in
            guard conclusion.answer?.answer.isAdvice == true else { return nil }
            return reading.attached.deadline.map { (reading.arrival.id, $0) }
        }
        return Dictionary(waiting) { $1 }
    }

    /// The jobs that read its attachments, and have it read again once the time to wait is over; where it waits for the mail
    /// that it answers, time and again till then.
    static func extraction(of reading: Reading, _ conclusion: Conclusion) throws -> [NewJob] {
        var jobs: [NewJob] = []
        let filing = conclusion.filing
        if !filing.pending.isEmpty {
            let isUrgent = conclusion.answer != nil || filing.awaitsContents
            jobs.append(
                try ExtractJob(arrival: filing.id).job(isUrgent: isUrgent, isLarge: reading.arrival.isLarge))
        }
        if filing.awaitsContents, let end = reading.waitsUntil {
            let next = reading.arrival.seenAt.addingTimeInterval(pause)
            let instant = conclusion.awaitsThread ? min(next, end) : end
            jobs.append(try ReconsiderJob(message: filing.id, isDeadline: true).job(at: instant))
        }
        return jobs
    }
}
