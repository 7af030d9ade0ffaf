package import FoundationEssentials
import Mail
package import Postgres

/// Who outside got an automatic receipt, and when last (RFC 3834 section 2).
package enum ReceiptLedger {
    /// A sender and the mailbox of ours that they wrote to, in the form for comparison.
    package struct Line: Hashable, Sendable {
        package var address: String
        package var mailbox: String

        package init(address: String, mailbox: String) {
            self.address = Mailbox(address: address).comparable
            self.mailbox = Mailbox(address: mailbox).comparable
        }
    }

    /// Those who may get a receipt of a kind now, the last one at least the pause ago; each is noted as given in the same
    /// transaction.
    package static func claim(
        _ lines: [Line], kind: String, every pause: TimeInterval, at instant: Date, in transaction: Transaction
    ) async throws -> Set<Line> {
        guard !lines.isEmpty else { return [] }
        // In one order, so that two transactions never wait for each other.
        let lines = Set(lines).sorted { ($0.address, $0.mailbox) < ($1.address, $1.mailbox) }
        let rows = try await transaction.query(
            """
            INSERT INTO brevdue.automatic_receipt AS r (address, mailbox, kind, given_at)
            SELECT address, mailbox, \(kind), \(instant)
            FROM unnest(\(lines.map(\.address)), \(lines.map(\.mailbox))) AS l (address, mailbox)
            ON CONFLICT (address, mailbox, kind) DO UPDATE SET given_at = EXCLUDED.given_at
            WHERE r.given_at <= \(instant.addingTimeInterval(-pause))
            RETURNING address, mailbox
            """)
        return Set(
            try rows.map { row in
                let (address, mailbox) = try row.decode(String.self, String.self)
                return Line(address: address, mailbox: mailbox)
            })
    }
}
