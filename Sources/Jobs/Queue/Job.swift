package import FoundationEssentials

/// A piece of work that is held under a lease.
package struct Job: Sendable, Hashable {
    package var id: Int64
    package var queue: String
    package var kind: String
    /// 1 for the first try; counted when the job is claimed, so that one that kills the process still meets its limit.
    package var attempt: Int16
    package var maximumAttempts: Int16
    /// Fences off a worker that was believed dead: only the holder of the newest token can finish the job.
    package var leaseToken: Int64
    /// JSON.
    package var payload: String

    /// The payload as a value.
    ///
    /// A payload of another form is the fault of the program, not of the moment.
    package func decode<Payload: Decodable>(_ type: Payload.Type) throws -> Payload {
        do {
            return try JSONDecoder().decode(type, from: Data(payload.utf8))
        } catch {
            throw UnreadablePayload(kind: kind)
        }
    }
}

/// A job to be queued.
package struct NewJob: Sendable, Hashable {
    package var queue: String
    package var kind: String
    package var payload: String
    /// Lower goes first.
    package var priority: Int16
    /// `nil` is at once.
    package var runAt: Date?
    /// While a job of this kind and key waits, a second one is left out.
    package var uniqueKey: [UInt8]?
    package var maximumAttempts: Int16

    package init(
        queue: String, kind: String, payload: String, priority: Int16 = 0, runAt: Date? = nil,
        uniqueKey: [UInt8]? = nil, maximumAttempts: Int16 = 20
    ) {
        self.queue = queue
        self.kind = kind
        self.payload = payload
        self.priority = priority
        self.runAt = runAt
        self.uniqueKey = uniqueKey
        self.maximumAttempts = maximumAttempts
    }
}

/// A failure that no second try will mend: the job goes to the dead letters at once.
package protocol PermanentFailure: Error {}

struct UnreadablePayload: PermanentFailure, CustomStringConvertible {
    var kind: String
    var description: String { "the payload of a \(kind) job is not of its form" }
}

/// The lease was given to somebody else: whatever was done under it must not take effect.
package struct LostLease: Error {
    package init() {}
}
