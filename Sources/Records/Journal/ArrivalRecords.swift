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
    static func insert(_ arrivals: [ArrivalRow], into pool: PostgresPool) async throws -> [JournalReceipt] {
        let rows = try await pool.query(insertion(of: arrivals))
        var receipts: [JournalReceipt] = []
        for (arrival, row) in zip(arrivals, rows) {
            let new = try row.decode(Int64?.self)
            // Asked for by itself: a twin that was committed while this statement ran is not in its snapshot, and a join
            // with all keys there are would cost every batch what only the rare twin needs.
            let id = if let new { new } else { try first(await pool.query(like(arrival))) }
            receipts.append(JournalReceipt(id: id, duplicate: new == nil))
        }
        return receipts
    }

    /// Stores arrivals with their first job; gives back a row for each, with the id of those that are new.
    static func insertion(of arrivals: [ArrivalRow]) -> SQL {
        """
        WITH incoming AS MATERIALIZED (
            SELECT nextval('brevdue.arrival_id') AS id, i.*
            FROM unnest(
                \(arrivals.map(\.arrival.door.rawValue)), \(arrivals.map(\.sourceKey)),
                \(arrivals.map(\.arrival.receivedAt)), \(arrivals.map(\.envelope)), \(arrivals.map(\.arrival.trusted)),
                \(arrivals.map(\.arrival.trace)), \(arrivals.map(\.arrival.digest.bytes)), \(arrivals.map(\.size)),
                \(arrivals.map(\.octets))
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
        SELECT claimed.arrival_id FROM incoming LEFT JOIN claimed ON claimed.arrival_id = incoming.id ORDER BY ordinal
        """
    }

    /// Stores one spooled arrival: the parts are read and sent one by one, so that its size does not matter to memory.
    ///
    /// Asks before every part, and before the commit, whether the arrival is still `wanted`.
    static func insertLarge(
        _ row: ArrivalRow, into pool: PostgresPool, wanted: @Sendable () -> Bool
    ) async throws -> JournalReceipt {
        guard case .file(let path, _) = row.arrival.content else { throw JournalError.refused("it is not in a file") }
        @Sendable func checkWanted() throws(JournalError) {
            // Told to nobody; the fault is not the database's, so nobody else is refused for it.
            if !wanted() { throw .refused("it took so long that its door gave up") }
        }
        return try await pool.transaction { transaction in
            try await insertLarge(row, file: path, in: transaction, checkWanted)
        }
    }

    /// The same in a transaction that does more; `checkWanted` throws to give it up.
    static func insertLarge(
        _ row: ArrivalRow, file path: String, in transaction: Transaction,
        _ checkWanted: @Sendable () throws(JournalError) -> Void
    ) async throws -> JournalReceipt {
        let arrival = row.arrival
        try checkWanted()
        let claimed = try await transaction.query(
            """
            INSERT INTO brevdue.arrival_key (door, source_key, arrival_id, received_at)
            VALUES (\(arrival.door.rawValue), \(row.sourceKey), nextval('brevdue.arrival_id'), \(arrival.receivedAt))
            ON CONFLICT DO NOTHING RETURNING arrival_id
            """)
        guard let id = try claimed.first?.decode(Int64.self) else {
            return JournalReceipt(id: try first(await transaction.query(like(row))), duplicate: true)
        }
        _ = try await transaction.query(
            """
            INSERT INTO brevdue.arrival (id, received_at, door, envelope, trusted, trace, sha256, size)
            VALUES (\(id), \(arrival.receivedAt), \(arrival.door.rawValue), \(row.envelope)::json,
                \(arrival.trusted), \(arrival.trace), \(arrival.digest.bytes), \(row.size))
            """)
        let file = try SpoolReader(path: path)
        var ordinal: Int32 = 0
        while let part = try file.next(partSize) {
            try checkWanted()
            _ = try await transaction.query(
                "INSERT INTO brevdue.arrival_part VALUES (\(id), \(ordinal), \(part))")
            ordinal += 1
        }
        _ = try await transaction.query(JobQueue.insert([ReadJob.new(arrival: id, isLarge: true)]))
        try checkWanted()
        return JournalReceipt(id: id, duplicate: false)
    }

    /// A job for each arrival that is new.
    private static let claimedPayloads: SQL =
        "SELECT json_build_object('arrival', arrival_id), NULL::bytea FROM claimed ORDER BY arrival_id"

    /// Finds the arrival that came first with the same key.
    private static func like(_ row: ArrivalRow) -> SQL {
        """
        SELECT arrival_id FROM brevdue.arrival_key
        WHERE door = \(row.arrival.door.rawValue) AND source_key = \(row.sourceKey)
        """
    }

    private static func first(_ rows: [Row]) throws -> Int64 {
        guard let row = rows.first else { throw JournalError.unavailable("a twin is being stored") }
        return try row.decode(Int64.self)
    }
}
