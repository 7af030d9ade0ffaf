import Mail
import Records

/// Mail from outside that may be answered by a receipt (RFC 3834 section 2); pure.
enum PublicMail {
    /// The public mailbox that it came to; `nil` where no receipt is allowed.
    ///
    /// Who gets it must be who sent it by the envelope as well as by the header; whether both are forged is found out
    /// before it is written (``TrustPolicy/provesAuthor(of:_:_:)``).
    static func mailbox(of reading: Reading, house: House) -> String? {
        guard let incoming = reading.incoming, reading.chat == nil, !incoming.trusted, !incoming.isRedirected
        else { return nil }
        let letter = incoming.letter
        let intake = house.addresses.current
        guard letter.nature == .person, letter.autoReply.allowed, letter.from.count == 1,
            let sender = letter.from.first,
            sender.comparable == Mailbox(address: reading.arrival.envelope.from).comparable,
            !house.own.owns(sender), !intake.takesIn(sender)
        else { return nil }
        return intake.publicMailbox(among: reading.arrival.envelope.recipients)
    }
}
