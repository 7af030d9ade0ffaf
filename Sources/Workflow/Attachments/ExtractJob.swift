import FoundationEssentials
import Jobs

/// Reads what is attached to a message.
struct ExtractJob: Codable, Sendable {
    static let queue = "extract"
    /// Of arrivals above 1 MiB, few at a time, as they take much memory.
    static let largeQueue = "extract_large"
    static let kind = "extract"

    var arrival: Int64

    /// The job of it; one for which a summary waits goes first.
    func job(isUrgent: Bool, isLarge: Bool) throws -> NewJob {
        NewJob(
            queue: isLarge ? Self.largeQueue : Self.queue, kind: Self.kind,
            payload: String(decoding: try JSONEncoder().encode(self), as: UTF8.self), priority: isUrgent ? 0 : 10,
            uniqueKey: uniqueKey(of: arrival))
    }
}

/// Takes up what was read of a message's attachments.
struct ReconsiderJob: Codable, Sendable {
    static let queue = "reconsider"
    static let kind = "reconsider"

    var message: Int64
    /// Whether it comes because the time to wait is over, whatever was read by then.
    var isDeadline: Bool?

    /// `instant`: `nil` is at once.
    func job(at instant: Date? = nil) throws -> NewJob {
        NewJob(
            queue: Self.queue, kind: Self.kind,
            payload: String(decoding: try JSONEncoder().encode(self), as: UTF8.self),
            runAt: instant)
    }
}

/// The key under which one job of a kind waits for a message at most.
func uniqueKey(of message: Int64) -> [UInt8] { withUnsafeBytes(of: message.bigEndian) { Array($0) } }
