package import FoundationEssentials
package import Postgres

/// An arrival as the journal gives it back.
package struct StoredArrival: Sendable {
    package var id: Int64
    package var receivedAt: Date
    package var door: Arrival.Door
    package var envelope: ArrivalEnvelope
    /// How far the door, or what was found out since, proves one of our own people.
    package var trust: SenderTrust
    /// Whether the door itself proves that one of our own people, or a server of ours, handed it in.
    package var isTrustedByDoor: Bool
    /// Whether it is still to be found out who sent it.
    package var isUnverified: Bool
    package var size: Int64
    /// The octets; `nil` above 1 MiB: those are fetched one at a time (``Journal/largeOctets(of:in:)``).
    package var octets: [UInt8]?
    /// Whether its octets are in parts.
    package var isLarge: Bool
    /// Whether it is on the timeline already.
    package var isFiled = false
    /// When the database had it, and when it was looked up, both by the database's clock: what waits is counted by them.
    package var storedAt: Date
    package var seenAt: Date
}

extension Journal {
    /// The arrivals of the given ids in the order of their ids; unknown ids are left out.
    package static func arrivals(_ ids: [Int64], in transaction: Transaction) async throws -> [StoredArrival] {
        let rows = try await transaction.query(
            """
            SELECT id, received_at, door, envelope::text, trusted, size, raw, trust,
                coalesce(stored_at, received_at), clock_timestamp(),
                -- Not EXISTS, for which the server may go through all messages.
                coalesce((SELECT true FROM brevdue.message m WHERE m.id = arrival.id), false)
            FROM brevdue.arrival
            LEFT JOIN brevdue.verdict ON arrival_id = id
            WHERE id = ANY(\(ids)) ORDER BY id
            """)
        return try rows.map { row in
            let (
                id, receivedAt, door, envelope, trusted, size, raw, found, storedAt, seenAt, isFiled
            ) = try row.decode(
                Int64.self, Date.self, String.self, String.self, Bool.self, Int64.self, [UInt8]?.self, String?.self,
                Date.self, Date.self, Bool.self)
            return StoredArrival(
                id: id, receivedAt: receivedAt, door: Arrival.Door(rawValue: door) ?? .upload,
                envelope: try JSONDecoder().decode(ArrivalEnvelope.self, from: Data(envelope.utf8)),
                trust: trusted ? .commands : found.flatMap(SenderTrust.init) ?? .none,
                isTrustedByDoor: trusted,
                isUnverified: !trusted && found == nil && (door == "smtp" || door == "imap"), size: size, octets: raw,
                isLarge: raw == nil, isFiled: isFiled, storedAt: storedAt, seenAt: seenAt)
        }
    }

    /// The octets of an arrival above 1 MiB, joined from its parts.
    package static func largeOctets(of arrival: StoredArrival, in transaction: Transaction) async throws -> [UInt8] {
        var octets: [UInt8] = []
        octets.reserveCapacity(Int(arrival.size))
        while let part = try await part(Int32(octets.count / ArrivalRecords.partSize), of: arrival.id, in: transaction)
        {
            octets += part
            if part.count < ArrivalRecords.partSize { break }
        }
        return octets
    }

    /// Exactly the octets received, piece by piece from 0 on; `nil` behind the last one.
    package static func piece(_ ordinal: Int32, of id: Int64, in pool: PostgresPool) async throws -> [UInt8]? {
        if ordinal == 0, let row = try await pool.query("SELECT raw FROM brevdue.arrival WHERE id = \(id)").first,
            let raw = try row.decode([UInt8]?.self)
        {
            return raw
        }
        return try await pool.query(partQuery(ordinal, of: id)).first?.decode([UInt8].self)
    }

    private static func part(_ ordinal: Int32, of id: Int64, in transaction: Transaction) async throws -> [UInt8]? {
        try await transaction.query(partQuery(ordinal, of: id)).first?.decode([UInt8].self)
    }

    private static func partQuery(_ ordinal: Int32, of id: Int64) -> SQL {
        "SELECT octets FROM brevdue.arrival_part WHERE arrival_id = \(id) AND ordinal = \(ordinal)"
    }
}
