package import CVR
import Hosts
import Mail
package import Postgres
package import Understanding

/// What is known of companies, people and threads before a letter is linked.
package struct Directory: Sendable {
    /// A lead that a thread belongs to, and its company.
    package struct Thread: Hashable, Sendable {
        package var cvr: CVRNumber?
        package var leadID: Int64?
        /// Whether the mail answered is one that we sent.
        package var isOurs: Bool
        /// The message that the mail of ours was about; of a receipt, none: it stands between two others.
        package var about: Int64?
        /// Whether its company or lead may still come to light, in what is attached to the mail answered.
        package var isOpen: Bool

        package init(
            cvr: CVRNumber?, leadID: Int64?, isOurs: Bool, about: Int64? = nil, isOpen: Bool = false
        ) {
            self.cvr = cvr
            self.leadID = leadID
            self.isOurs = isOurs
            self.about = about
            self.isOpen = isOpen
        }
    }

    /// An earlier arrival of the same mail.
    package struct Twin: Hashable, Sendable {
        package var id: Int64
        package var leadID: Int64?
        /// Where it is filed now.
        package var link: LinkDecision?

        package init(id: Int64, leadID: Int64?, link: LinkDecision? = nil) {
            self.id = id
            self.leadID = leadID
            self.link = link
        }
    }

    /// Threads by the key of the Message-ID that is answered, or of the chat.
    private var threads: [[UInt8]: [Thread]] = [:]
    private var twins: [[UInt8]: Twin] = [:]
    private var addresses: [String: Set<CVRNumber>] = [:]
    private var domains: [String: Set<CVRNumber>] = [:]

    /// Looks up everything a batch of letters touches, in one round trip.
    package init(for incoming: [IncomingLetter], in transaction: Transaction) async throws {
        let references = Set(incoming.flatMap(\.threadKeys)).map(\.octets)
        let contents = incoming.map(\.contentKey.octets)
        // Of what our own people write to somebody outside, it is the recipient who is known.
        let people = incoming.flatMap { incoming in
            let letter = incoming.letter
            let recipients = incoming.trusted && !letter.form.isForward ? (letter.to + letter.cc).prefix(20) : []
            return [letter.writer].compactMap { $0 } + recipients
        }
        // What was noted before spellings were one is found too.
        let addresses = Set(people.flatMap(\.spellings)).sorted()
        let domains = Set(people.flatMap { DomainName.spellings(String($0.domain)) }).sorted()
        let results = try await transaction.pipeline([
            """
            SELECT message_key, cvr, lead_id, false, NULL, awaits_contents OR cvr IS NULL AND coalesce((
                -- Not EXISTS, for which the server may go through all attachments.
                SELECT true FROM brevdue.attachment a WHERE a.message_id = m.id AND a.is_pending LIMIT 1), false)
            FROM brevdue.message m WHERE message_key = ANY(\(references))
            UNION ALL
            SELECT message_key, cvr, lead_id, true, CASE WHEN kind <> 'receipt' THEN cause_message_id END, false
            FROM brevdue.outbox WHERE message_key = ANY(\(references))
            """,
            """
            SELECT m.content_key, m.id, m.lead_id, k.decision::text FROM brevdue.message m
            LEFT JOIN brevdue.link k ON k.message_id = m.id AND k.superseded_by IS NULL
            WHERE m.content_key = ANY(\(contents)) AND m.duplicate_of IS NULL
            """,
            """
            SELECT address, cvr FROM brevdue.contact JOIN brevdue.contact_company ON contact_id = id
            WHERE address = ANY(\(addresses))
            """,
            "SELECT domain, cvr FROM brevdue.company_domain WHERE domain = ANY(\(domains))",
        ])
        for row in results[0] {
            let (key, cvr, leadID, isOurs, about, isOpen) = try row.decode(
                [UInt8].self, String?.self, Int64?.self, Bool.self, Int64?.self, Bool.self)
            threads[key, default: []].append(
                Thread(
                    cvr: cvr.flatMap { CVRNumber($0) }, leadID: leadID, isOurs: isOurs, about: about, isOpen: isOpen))
        }
        for row in results[1] {
            let (key, id, leadID, link) = try row.decode([UInt8].self, Int64.self, Int64?.self, String?.self)
            twins[key] = Twin(
                id: id, leadID: leadID, link: try link.map { try JSONText.decode(LinkDecision.self, from: $0) })
        }
        self.addresses = try Self.companies(results[2]) { Mailbox(address: $0).comparable }
        self.domains = try Self.companies(results[3], by: DomainName.comparable)
    }

    /// An earlier arrival of the same mail.
    package func twin(of incoming: IncomingLetter) -> Twin? { twins[incoming.contentKey.octets] }

    /// The threads that a letter answers or goes on with, the nearest first.
    package func threads(of incoming: IncomingLetter) -> [Thread] {
        incoming.threadKeys.flatMap { threads[$0.octets] ?? [] }
    }

    /// What is known before the letter is linked.
    package func known(_ incoming: IncomingLetter) -> Acquaintance {
        let writer = incoming.letter.writer
        // From where machines send it may be anybody's mail.
        let person = writer.flatMap { $0.isUnattended ? nil : $0 }
        return Acquaintance(
            threads: Set(threads(of: incoming).compactMap(\.cvr)),
            address: person.flatMap { addresses[$0.comparable] } ?? [],
            domain: writer.flatMap { domains[$0.domainName] } ?? [])
    }

    /// Takes in what was just concluded of a letter, so that the next one of the same batch can build on it.
    ///
    /// `isOpen`: whether it may still be filed otherwise (``Thread/isOpen``).
    package mutating func learn(_ incoming: IncomingLetter, cvr: CVRNumber?, leadID: Int64?, isOpen: Bool = false) {
        let content = incoming.contentKey.octets
        if twins[content] == nil { twins[content] = Twin(id: incoming.id, leadID: leadID) }
        let messageIDs = [incoming.letter.messageID, incoming.letter.original.messageID].compactMap { $0 }
        for key in messageIDs.map(MessageKey.init(messageID:)) + [incoming.conversation?.thread].compactMap({ $0 }) {
            threads[key.octets, default: []].append(
                Thread(cvr: cvr, leadID: leadID, isOurs: false, isOpen: isOpen))
        }
    }

    private static func companies(
        _ rows: [Row], by comparable: (String) -> String
    ) throws -> [String: Set<CVRNumber>] {
        var companies: [String: Set<CVRNumber>] = [:]
        for row in rows {
            let (key, cvr) = try row.decode(String.self, String.self)
            if let number = CVRNumber(cvr) { companies[comparable(key), default: []].insert(number) }
        }
        return companies
    }
}

extension Letter {
    /// Message-IDs that the letter answers, the nearest first; bounded, since a header may hold thousands.
    var answered: [String] {
        var seen: Set<String> = []
        return (inReplyTo + references.reversed()).filter { seen.insert($0).inserted }.prefix(50).map { $0 }
    }
}
