import Jobs
package import Postgres

/// Tells the salesperson who caused a mail what became of it.
package struct NoticeJob: Codable, Sendable {
    package static let queue = "notice"
    package static let kind = "notice"

    package enum Event: String, Codable, Sendable, CaseIterable {
        /// It waits for longer than people expect.
        case delayed
        /// It was refused for good.
        case failed
        /// Its time was over before anybody took it.
        case expired
        /// It may or may not have been taken; a person decides.
        case unknown
        /// It came back.
        case returned
    }

    package var mail: Int64
    package var event: Event
    /// What the other side said.
    package var words: String

    /// Queues the notice; whether anybody is there to be told is looked at later.
    package static func tell(_ event: Event, of mail: Int64, words: String) -> SQL {
        insert(from: "SELECT \(mail)::bigint, \(event.rawValue), \(words)")
    }

    /// Queues a notice for each row of a query: mail, event, words.
    static func insert(from query: SQL) -> SQL {
        JobQueue.insert(
            queue: queue, kind: kind,
            from: """
                SELECT json_build_object('mail', mail, 'event', event, 'words', words), NULL::bytea
                FROM (\(query)) AS notice (mail, event, words)
                """)
    }
}
