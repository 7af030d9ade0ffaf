package import FoundationEssentials
import Jobs
import Mail
package import Postgres

/// Mail on its way out.
///
/// Its octets are fixed when it is put here; every attempt sends the same ones.
package enum Outbox {
    package enum Kind: String, Sendable {
        case salesSummary = "sales_summary"
        case guidance, receipt
        /// What became of another mail, for the salesperson who caused it.
        case deliveryNotice = "delivery_notice"
        /// To somebody outside: their mail arrived.
        case publicReceipt = "public_receipt"
    }

    package enum State: String, Sendable, CaseIterable {
        case queued, sending, sent, deferred, failed, uncertain, held, dropped
    }

    /// A mail as composed.
    package struct Entry: Sendable {
        /// 32 octets that make a second mail for the same cause impossible.
        package var effectKey: [UInt8]
        package var kind: Kind
        package var envelopeFrom: String
        /// One: the relay's answer, and every report, is about all of the mail.
        ///
        /// It is stored as the envelope has it, so that all that counts mails by address counts every spelling of it.
        package var recipient: String
        package var subject: String
        package var messageID: String
        package var inReplyTo: String?
        /// Our message that it answers.
        package var causeMessageID: Int64
        package var cvr: String?
        package var leadID: Int64?
        package var quoteID: Int64?
        package var octets: [UInt8]
        package var expiresAt: Date

        package init(
            effectKey: [UInt8], kind: Kind, envelopeFrom: String, recipient: String, subject: String,
            messageID: String, inReplyTo: String?, causeMessageID: Int64, cvr: String?, leadID: Int64?, quoteID: Int64?,
            octets: [UInt8], expiresAt: Date
        ) {
            self.effectKey = effectKey
            self.kind = kind
            self.envelopeFrom = envelopeFrom
            self.recipient = recipient
            self.subject = subject
            self.messageID = messageID
            self.inReplyTo = inReplyTo
            self.causeMessageID = causeMessageID
            self.cvr = cvr
            self.leadID = leadID
            self.quoteID = quoteID
            self.octets = octets
            self.expiresAt = expiresAt
        }
    }

    /// Puts mails into the outbox; one whose effect key is there already is left out.
    ///
    /// With `sending`, each new one gets its job in the same statement.
    package static func put(_ entries: [Entry], sending: Bool) -> SQL {
        let insertion: SQL = """
            INSERT INTO brevdue.outbox (effect_key, kind, envelope_from, recipient, subject, message_id, message_key,
                in_reply_to, cause_message_id, cvr, lead_id, quote_id, octets, expires_at)
            SELECT effect_key, kind, envelope_from, recipient, subject, message_id, message_key,
                in_reply_to, cause, cvr, lead_id, quote_id, octets, expires_at
            FROM unnest(\(entries.map(\.effectKey)), \(entries.map(\.kind.rawValue)), \(entries.map(\.envelopeFrom)),
                \(entries.map { Mailbox(address: $0.recipient).envelopeAddress }), \(entries.map(\.subject)),
                \(entries.map(\.messageID)), \(entries.map { MessageKey(messageID: $0.messageID).octets }),
                \(entries.map(\.inReplyTo)), \(entries.map(\.causeMessageID)), \(entries.map(\.cvr)),
                \(entries.map(\.leadID)), \(entries.map(\.quoteID)), \(entries.map(\.octets)), \(entries.map(\.expiresAt)))
                AS o (effect_key, kind, envelope_from, recipient, subject, message_id, message_key, in_reply_to, cause,
                    cvr, lead_id, quote_id, octets, expires_at)
            ON CONFLICT DO NOTHING RETURNING id
            """
        guard sending else { return insertion }
        return "WITH put AS (\(insertion)) \(sendJobs(of: "SELECT id FROM put"))"
    }

    /// Gives mails their jobs, by a query for their ids.
    static func sendJobs(of ids: SQL) -> SQL {
        JobQueue.insert(
            queue: SendJob.queue, kind: SendJob.kind,
            from: "SELECT json_build_object('mail', id), int8send(id) FROM (\(ids)) AS mail ORDER BY id")
    }
}

/// Sends one mail of the outbox.
package struct SendJob: Codable, Sendable {
    package static let queue = "send"
    package static let kind = "send"

    package var mail: Int64

    /// One job a mail waits at most; as `int8send` writes it.
    static func uniqueKey(of mail: Int64) -> [UInt8] { withUnsafeBytes(of: mail.bigEndian) { Array($0) } }
}
