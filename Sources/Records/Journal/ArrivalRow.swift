import Cryptography
import FoundationEssentials

/// An arrival as its columns; made where the arrival comes from, so that the writers have nothing left to prepare.
struct ArrivalRow: Sendable {
    private static let encoder = JSONEncoder()

    let arrival: Arrival
    /// What makes a second delivery known: envelope and content of a mail, source and id of an event,
    /// account and content of what was read from a mailbox.
    let sourceKey: [UInt8]
    /// JSON.
    let envelope: String

    init(_ arrival: Arrival) {
        self.arrival = arrival
        sourceKey = Self.key(arrival)
        // Strings and optional strings always encode.
        envelope = (try? Self.encoder.encode(arrival.envelope)).map { String(decoding: $0, as: UTF8.self) } ?? "{}"
    }

    /// Octets of the message.
    var size: Int64 { Int64(arrival.size) }

    /// `nil` when they are in a file.
    var octets: [UInt8]? {
        if case .memory(let octets) = arrival.content { octets } else { nil }
    }

    private static func key(_ arrival: Arrival) -> [UInt8] {
        if let event = arrival.envelope.event { return SHA256.hash("\(event.source)\u{0}\(event.id)".utf8).bytes }
        var hasher = SHA256()
        if let place = arrival.envelope.mailbox {
            // By content, not by UID: it stays the same mail when UIDs are given anew or it is moved within the account.
            hasher.update(Array("\(place.account)\u{0}".utf8) + arrival.digest.bytes)
            return hasher.finalize().bytes
        }
        hasher.update(Array(arrival.envelope.from.utf8))
        for recipient in arrival.envelope.recipients {
            hasher.update([0] + Array(recipient.utf8))
        }
        hasher.update([0] + arrival.digest.bytes)
        // What anybody sent in from outside must not stand in for the same octets from one of our own people.
        if arrival.door == .smtp, arrival.trusted { hasher.update([1]) }
        return hasher.finalize().bytes
    }
}
