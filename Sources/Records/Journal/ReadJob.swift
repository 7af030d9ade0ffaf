import FoundationEssentials
import Jobs

/// The first job of every arrival: read, link and file it.
package struct ReadJob: Codable, Sendable {
    package static let queue = "read"
    package static let kind = "read"

    package var arrival: Int64
    /// Whether its octets are in parts (above 1 MiB).
    package var isLarge: Bool?

    static func new(arrival: Int64, isLarge: Bool) -> NewJob {
        NewJob(queue: queue, kind: kind, payload: #"{"arrival":\#(arrival),"isLarge":\#(isLarge)}"#)
    }
}
