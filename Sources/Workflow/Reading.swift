import Mail
import Records

/// An arrival and what reading its octets gave.
struct Reading: Sendable {
    var arrival: StoredArrival
    /// `nil` when the octets are no mail that can be read.
    var incoming: IncomingLetter?
    /// Why it is set aside.
    var refusal: UnreadableMail?
    /// The key that stands in for an unreadable mail's content.
    var contentKey: MessageKey

    init(of arrival: StoredArrival, octets: [UInt8], house: House) {
        self.arrival = arrival
        self.arrival.octets = nil
        do {
            let letter = try Letter(octets, reading: Self.options(for: arrival, house: house))
            let trusted = arrival.trusted && letter.from.count == 1 && letter.from.allSatisfy(house.own.includes)
            let incoming = IncomingLetter(id: arrival.id, letter: letter, trusted: trusted)
            self.incoming = incoming
            contentKey = incoming.contentKey
        } catch {
            refusal = error
            contentKey = MessageKey(unreadable: arrival.id)
        }
    }

    /// Where it was sent to: by the envelope, and by its header where a mailbox was read.
    var recipients: [String] {
        arrival.envelope.recipients + (incoming.map { ($0.letter.to + $0.letter.cc).map(\.address) } ?? [])
    }

    /// A From of ours in a session that the door does not vouch for is anybody's: it unwraps no forward.
    private static func options(for arrival: StoredArrival, house: House) -> ReadingOptions {
        ReadingOptions(own: house.own, trustsSender: arrival.trusted, returnPath: arrival.envelope.from)
    }
}
