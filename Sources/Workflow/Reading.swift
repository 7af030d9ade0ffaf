import Chat
import FoundationEssentials
import Mail
import Records

/// An arrival and what reading its octets gave.
struct Reading: Sendable {
    var arrival: StoredArrival
    /// `nil` when the octets are nothing that can be read.
    var incoming: IncomingLetter?
    /// Why it is set aside.
    var refusal: UnreadableMail?
    /// The key that stands in for an unreadable arrival's content.
    var contentKey: MessageKey
    /// The chat that it is of; `nil` for mail.
    private(set) var chat: ChatReading?
    /// What is known of its attachments.
    var attached = AttachedReading()
    /// Until when it may wait for what is to be known first; `nil` where that time is over.
    var waitsUntil: Date?

    /// `unpacked`: what is in its containers, as far as known (``ReadingOptions/unpacked``).
    init(of arrival: StoredArrival, octets: [UInt8], house: House, unpacked: [String: [UInt8]] = [:]) {
        self.arrival = arrival
        self.arrival.octets = nil
        contentKey = MessageKey(unreadable: arrival.id)
        do throws(UnreadableMail) {
            if let event = arrival.envelope.event {
                let chat = try Self.chat(octets, from: event.source)
                self.chat = chat
                incoming = IncomingLetter(id: arrival.id, letter: chat.letter, of: chat.conversation)
            } else {
                let options = Self.options(for: arrival, house: house, unpacked: unpacked)
                var letter = try Letter(octets, reading: options)
                if letter.redirector != nil, !Self.provesRedirection(letter, arrival, house) { letter.forwarder = nil }
                let isOurs = letter.from.count == 1 && letter.from.allSatisfy(house.own.includes)
                let trusted = arrival.trust != .none && isOurs
                incoming = IncomingLetter(
                    id: arrival.id, letter: letter, trusted: trusted, mayCommand: arrival.trust == .commands,
                    isUnproved: !trusted && letter.from.contains(where: house.own.includes))
            }
            contentKey = incoming?.contentKey ?? contentKey
        } catch {
            refusal = error
        }
    }

    /// Whether it is proved that the person who is said to have redirected a mail of somebody outside did so.
    ///
    /// The answer goes to another address than From then: only to who logged in, or to whom the envelope names in a session
    /// that speaks for our own people (RFC 3834 section 4). Never to an intake address: it would come back.
    private static func provesRedirection(_ letter: Letter, _ arrival: StoredArrival, _ house: House) -> Bool {
        guard let redirector = letter.redirector, arrival.isTrustedByDoor, house.own.includes(redirector),
            !letter.from.isEmpty, !letter.from.contains(where: house.own.owns),
            !house.addresses.current.takesIn(redirector)
        else { return false }
        return [arrival.envelope.user, arrival.envelope.from].compactMap { $0 }
            .contains { Mailbox(address: $0).comparable == redirector.comparable }
    }

    /// Whether it stood in a mailbox before that was watched.
    var isOld: Bool { arrival.envelope.mailbox?.isOld ?? false }

    /// Where it was sent to: by the envelope, and by its header where a mailbox was read.
    var recipients: [String] {
        arrival.envelope.recipients + (incoming.map { ($0.letter.to + $0.letter.cc).map(\.address) } ?? [])
    }

    /// Leaves in a chat only what no other message holds.
    mutating func takeNew(from ledger: inout ChatLedger) {
        guard var chat else { return }
        chat.take(from: &ledger, as: arrival.id)
        self.chat = chat
        incoming?.letter = chat.letter
    }

    private static func chat(_ octets: [UInt8], from source: String) throws(UnreadableMail) -> ChatReading {
        let event: ChatEvent
        do throws(EventFault) {
            event = try ChatEvent(octets)
        } catch {
            throw UnreadableMail(title: "not a chat event", detail: "\(error)")
        }
        guard case .transcript(let transcript) = event.content else {
            throw UnreadableMail(title: "unknown event", detail: "\(event.type) is kept and nothing is made of it")
        }
        return ChatReading(transcript, from: source)
    }

    /// A From of ours in a session that the door does not vouch for is anybody's: it unwraps no forward.
    static func options(
        for arrival: StoredArrival, house: House, unpacked: [String: [UInt8]] = [:]
    ) -> ReadingOptions {
        // A mailbox knows no envelope, only what its server wrote of it into the header.
        let place = arrival.envelope.mailbox
        return ReadingOptions(
            own: house.own, trustsSender: arrival.trust != .none,
            returnPath: place == nil ? arrival.envelope.from : place?.returnPath, unpacked: unpacked)
    }
}
