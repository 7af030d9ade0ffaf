import Cryptography
import FoundationEssentials
import Jobs
import Postgres

/// SQL of the journal's tables.
enum ArrivalRecords {
    /// Octets of one row of `arrival_part`.
    static let partSize = 256 << 10

    /// Stores arrivals with their first job in one statement and so in one transaction.
    ///
    /// A source key that is there already stores nothing and gives back the id of the first arrival.
    static func insert(_ arrivals: [Arrival], into pool: PostgresPool) async throws -> [JournalReceipt] {
        let keys = arrivals.map(\.sourceKey)
        let doors = arrivals.map(\.door.rawValue)
        let rows = try await pool.query(
            """
            WITH incoming AS MATERIALIZED (
                SELECT nextval('brevdue.arrival_id') AS id, i.*
                FROM unnest(
                    \(doors), \(keys), \(arrivals.map(\.receivedAt)), \(arrivals.map(envelope(of:))),
                    \(arrivals.map(\.trusted)), \(arrivals.map(\.trace)), \(arrivals.map(\.digest.bytes)),
                    \(arrivals.map { Int64($0.size) }), \(arrivals.map(inlineOctets(of:)))
                ) WITH ORDINALITY AS i (door, key, received_at, envelope, trusted, trace, sha256, size, raw, ordinal)
            ), claimed AS (
                INSERT INTO brevdue.arrival_key (door, source_key, arrival_id, received_at)
                SELECT door, key, id, received_at FROM incoming ORDER BY door, key
                ON CONFLICT DO NOTHING RETURNING arrival_id
            ), stored AS (
                INSERT INTO brevdue.arrival (id, received_at, door, envelope, trusted, trace, sha256, size, raw)
                SELECT id, received_at, door, envelope::json, trusted, trace, sha256, size, raw
                FROM incoming JOIN claimed ON arrival_id = id
            ), queued AS (
                \(JobQueue.insert(queue: ReadJob.queue, kind: ReadJob.kind, from: claimedPayloads))
            )
            SELECT claimed.arrival_id IS NOT NULL, coalesce(claimed.arrival_id, earlier.arrival_id)
            FROM incoming
            LEFT JOIN claimed ON claimed.arrival_id = incoming.id
            LEFT JOIN brevdue.arrival_key earlier ON earlier.door = incoming.door AND earlier.source_key = incoming.key
            ORDER BY ordinal
            """)
        var receipts: [JournalReceipt] = []
        for (index, row) in rows.enumerated() {
            let (isNew, known) = try row.decode(Bool.self, Int64?.self)
            // A twin that was committed while this statement ran is not in its snapshot.
            let id = if let known { known } else { try await first(door: doors[index], key: keys[index], in: pool) }
            receipts.append(JournalReceipt(id: id, duplicate: !isNew))
        }
        return receipts
    }

    /// Stores one spooled arrival: the parts are read and sent one by one, so that its size does not matter to memory.
    static func insertLarge(
        _ arrival: Arrival, spooledAt path: String, into pool: PostgresPool
    ) async throws -> JournalReceipt {
        try await pool.transaction { transaction in
            let claimed = try await transaction.query(
                """
                INSERT INTO brevdue.arrival_key (door, source_key, arrival_id, received_at)
                VALUES (\(arrival.door.rawValue), \(arrival.sourceKey), nextval('brevdue.arrival_id'), \(arrival.receivedAt))
                ON CONFLICT DO NOTHING RETURNING arrival_id
                """)
            guard let row = claimed.first else {
                let earlier = try await transaction.query(
                    """
                    SELECT arrival_id FROM brevdue.arrival_key
                    WHERE door = \(arrival.door.rawValue) AND source_key = \(arrival.sourceKey)
                    """)
                guard let row = earlier.first else { throw JournalError.unavailable("a twin is being stored") }
                return JournalReceipt(id: try row.decode(Int64.self), duplicate: true)
            }
            let id = try row.decode(Int64.self)
            _ = try await transaction.query(
                """
                INSERT INTO brevdue.arrival (id, received_at, door, envelope, trusted, trace, sha256, size)
                VALUES (\(id), \(arrival.receivedAt), \(arrival.door.rawValue), \(envelope(of: arrival))::json,
                    \(arrival.trusted), \(arrival.trace), \(arrival.digest.bytes), \(Int64(arrival.size)))
                """)
            let file = try SpoolReader(path: path)
            var ordinal: Int32 = 0
            while let part = try file.next(partSize) {
                _ = try await transaction.query(
                    "INSERT INTO brevdue.arrival_part VALUES (\(id), \(ordinal), \(part))")
                ordinal += 1
            }
            _ = try await transaction.query(JobQueue.insert([ReadJob.new(arrival: id)]))
            return JournalReceipt(id: id, duplicate: false)
        }
    }

    /// A job for each arrival that is new.
    private static let claimedPayloads: SQL =
        "SELECT json_build_object('arrival', arrival_id), NULL::bytea FROM claimed ORDER BY arrival_id"

    private static func first(door: String, key: [UInt8], in pool: PostgresPool) async throws -> Int64 {
        let rows = try await pool.query(
            "SELECT arrival_id FROM brevdue.arrival_key WHERE door = \(door) AND source_key = \(key)")
        guard let row = rows.first else { throw JournalError.unavailable("a twin is being stored") }
        return try row.decode(Int64.self)
    }

    private static func envelope(of arrival: Arrival) -> String {
        // Strings and optional strings always encode.
        (try? JSONEncoder().encode(arrival.envelope)).map { String(decoding: $0, as: UTF8.self) } ?? "{}"
    }

    private static func inlineOctets(of arrival: Arrival) -> [UInt8]? {
        if case .memory(let octets) = arrival.content { octets } else { nil }
    }
}
