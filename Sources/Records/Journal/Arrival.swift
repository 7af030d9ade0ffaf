package import Cryptography
package import FoundationEssentials

/// A message as a door took it in: the raw octets, and beside them who handed them over and how.
package struct Arrival: Sendable {
    package enum Door: String, Sendable, Codable { case smtp, imap, upload, api, chat }

    /// The octets, in memory up to 1 MiB, above that in a file of the spool.
    package enum Content: Sendable {
        case memory([UInt8])
        case file(path: String, size: Int)
    }

    package var door: Door
    package var receivedAt: Date
    package var envelope: ArrivalEnvelope
    /// Whether the door vouches for the session: our own people speak in it without further proof.
    package var trusted: Bool
    /// The trace header field (RFC 5321 section 4.4); kept beside the octets, never in them.
    package var trace: String?
    package var content: Content
    /// SHA-256 of the octets.
    package var digest: Digest

    package init(
        door: Door, receivedAt: Date, envelope: ArrivalEnvelope, trusted: Bool, trace: String?, content: Content,
        digest: Digest
    ) {
        self.door = door
        self.receivedAt = receivedAt
        self.envelope = envelope
        self.trusted = trusted
        self.trace = trace
        self.content = content
        self.digest = digest
    }

    /// Octets of the message.
    package var size: Int {
        switch content {
        case .memory(let octets): octets.count
        case .file(_, let size): size
        }
    }
}

/// The envelope of an arrival (RFC 5321 section 2.3.1) and the session it came in; of a webhook, its event.
package struct ArrivalEnvelope: Hashable, Sendable, Codable {
    /// Reverse-path without angle brackets; empty for `<>`.
    package var from: String
    package var recipients: [String]
    /// Address of the peer.
    package var remoteAddress: String?
    /// What the peer called itself in EHLO or HELO.
    package var heloName: String?
    /// Who logged in to hand it over.
    package var user: String?
    /// Name in the client's certificate, which was verified.
    package var clientCertificate: String?
    /// The event that a webhook brought; `nil` for mail.
    package var event: Event?
    /// Where in a mailbox the mail was found; `nil` for what came otherwise.
    package var mailbox: MailboxPlace?

    /// An event of a source of chats.
    package struct Event: Hashable, Sendable, Codable {
        package var source: String
        /// The sender's id, the same on every retry.
        package var id: String

        package init(source: String, id: String) {
            self.source = source
            self.id = id
        }
    }

    package init(from: String, recipients: [String], remoteAddress: String? = nil, heloName: String? = nil) {
        self.from = from
        self.recipients = recipients
        self.remoteAddress = remoteAddress
        self.heloName = heloName
    }

    /// Of a webhook, which has neither sender nor recipients.
    package init(event: Event) {
        self.init(from: "", recipients: [])
        self.event = event
    }
}

/// What the journal answers once a message is durable.
package struct JournalReceipt: Hashable, Sendable {
    /// The arrival's id, which is its message's id.
    package var id: Int64
    /// Whether the same envelope and octets, or the same event, were stored before.
    package var duplicate: Bool

    package init(id: Int64, duplicate: Bool) {
        self.id = id
        self.duplicate = duplicate
    }
}

/// Why a message was not stored; the door turns it into a reply that makes the peer keep the message.
package enum JournalError: Error, Hashable, Sendable {
    /// The database cannot be reached, or it is not known whether the commit took place (try again: 451).
    case unavailable(String)
    /// Out of disk space (452).
    case full(String)
    /// The database refuses this message and would do so again (554).
    case refused(String)
}
