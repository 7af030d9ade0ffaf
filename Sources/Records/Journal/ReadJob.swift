import FoundationEssentials
package import Jobs

/// The first job of every arrival: read, link and file it.
package struct ReadJob: Codable, Sendable {
    package static let queue = "read"
    /// Of arrivals above 1 MiB, which are read one at a time: together they take much memory, and others are not to wait
    /// for them.
    package static let largeQueue = "read_large"
    package static let kind = "read"

    package var arrival: Int64

    package static func new(arrival: Int64, isLarge: Bool) -> NewJob {
        NewJob(queue: isLarge ? largeQueue : queue, kind: kind, payload: #"{"arrival":\#(arrival)}"#)
    }
}
