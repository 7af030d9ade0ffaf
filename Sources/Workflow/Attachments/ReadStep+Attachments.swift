import FoundationEssentials
import Jobs
import Mail
import Postgres
import Records

extension ReadStep {
    /// Containers within containers that are opened.
    private static let depth = 4

    /// Takes in what was read of attachments before; a mail whose container was unpacked is read with what is in it.
    func takeInAttachments(
        of readings: inout [Reading], _ arrivals: [StoredArrival], in transaction: Transaction
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
                guard unopened.contains(where: { contents[$0.sha256] != nil }),
                    let octets = arrivals.first(where: { $0.id == readings[index].arrival.id })?.octets
                else { continue }
                readings[index] = Reading(
                    of: readings[index].arrival, octets: octets, house: house, unpacked: contents)
            }
        }
        let now = now()
        for index in readings.indices {
            guard let letter = readings[index].incoming?.letter, !letter.attachments.isEmpty else { continue }
            readings[index].attached = AttachedReading(
                of: letter, known: known, receivedAt: readings[index].arrival.receivedAt, policy: policy, now: now)
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

    /// The jobs that read its attachments, and take up what was read once the time to wait is over.
    static func extraction(of reading: Reading, _ conclusion: Conclusion) throws -> [NewJob] {
        guard !conclusion.filing.pending.isEmpty else { return [] }
        let job = try ExtractJob(arrival: reading.arrival.id).job(
            isUrgent: conclusion.answer != nil || conclusion.filing.awaitsContents, isLarge: reading.arrival.isLarge)
        guard conclusion.filing.awaitsContents, let deadline = reading.attached.deadline else { return [job] }
        return [job, try ReconsiderJob(message: reading.arrival.id, isDeadline: true).job(at: deadline)]
    }
}
