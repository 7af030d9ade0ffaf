import CVR
import Correspondence
import Foundation
import Mail
import Postgres
import Records
import Understanding

/// What one of our own people corrects by answering a mail of ours.
struct Correction: Sendable {
    /// The message that the mail was about.
    var target: Int64
    var number: CVRNumber
    var by: Mailbox
    var at: Date
    /// The command, in the answer.
    var evidence: Evidence
    /// Whether they are told of it: a mail may forbid that (RFC 3834 section 2) and be right all the same.
    var isConfirmed: Bool
}

/// Files messages under another company than they were filed under.
struct Corrections {
    let house: House
    let transaction: Transaction

    /// Follows a person's correction; gives back the orders for a corrected summary, or advice alone, and for advice on what stays
    /// where the message was, or none where it changes nothing.
    ///
    /// Only what a customer wrote belongs to a company of its own: our own words go with what they answer.
    func follow(_ correction: Correction) async throws -> [AnswerJob] {
        guard let filed = try await Relinking.load([correction.target], in: transaction).first,
            filed.link.number != correction.number, filed.role == .lead || filed.role == .colleague
        else { return [] }
        let dependents = try await Relinking.dependents(of: filed, in: transaction)
        let link = LinkDecision(
            status: .linked, number: correction.number, confidence: .high, ground: .instruction,
            evidence: correction.evidence, candidates: filed.link.candidates)
        var order = Relinking.Order(
            filed, link: link, number: correction.number, madeBy: correction.by.address, own: house.own,
            at: correction.at)
        order.answers = dependents.ours
        try await Relinking.apply(order, in: transaction)
        try await file(
            dependents.customers.map { ($0, correction.number) }, from: filed.link.number, at: correction.at)
        try await takeAlong(from: filed, to: correction.number, at: correction.at)
        try await adopt([order.introduction], chats: [filed.id], at: correction.at)
        let summary = AnswerJob(
            message: filed.id, answer: correction.isConfirmed ? .summary : .advice,
            correction: AnswerJob.Correction(
                revision: filed.corrections + 2, from: filed.link.number, to: correction.number, by: correction.by,
                at: correction.at))
        guard let lead = filed.lead, let rest = try await Relinking.newest(on: lead, in: transaction), rest != filed.id
        else { return [summary] }
        try await name(filed.link.number, by: rest)
        return [AnswerJob(message: rest, answer: .advice), summary]
    }

    /// Lets a message name its company, whose name was another message's.
    private func name(_ number: CVRNumber?, by message: Int64) async throws {
        guard let number, let filed = try await Relinking.load([message], in: transaction).first else { return }
        let company = ContactReader.read(filed.letter).company
        _ = try await transaction.query(
            Companies.add([
                Introduction(cvr: number, companyName: company.name, town: company.town, messageID: message)
            ]))
    }

    /// Files earlier messages of people whose company became known just now, and earlier parts of their chats.
    func adopt(_ introductions: [Introduction], chats: [Int64], at instant: Date) async throws {
        let found = try await Relinking.unlinked(by: introductions, in: transaction)
        try await file(found.compactMap { id, cvr in CVRNumber(cvr).map { (id, $0) } }, from: nil, at: instant)
        let parts = try await Relinking.unlinkedParts(of: chats, in: transaction)
        try await file(
            parts.compactMap { id, cvr in CVRNumber(cvr).map { (id, $0) } }, from: nil, inThread: true, at: instant)
    }

    /// Files what was answered to a message that had no company, by whomever outside, under the one that it has now.
    func takeAlong(from filed: Relinking.Filed, to number: CVRNumber, at instant: Date) async throws {
        guard filed.link.number == nil, let lead = filed.lead else { return }
        let others = try await Relinking.unlinked(on: lead, in: transaction)
        try await file(others.map { ($0, number) }, from: nil, inThread: true, at: instant)
    }

    /// Files messages under the company that their writer's address or their thread now stands for, unless they name
    /// another one themselves or were moved meanwhile.
    private func file(
        _ messages: [(id: Int64, number: CVRNumber)], from old: CVRNumber?, inThread: Bool = false, at instant: Date
    ) async throws {
        guard !messages.isEmpty else { return }
        let numbers = Dictionary(messages.map { ($0.id, $0.number) }) { first, _ in first }
        for filed in try await Relinking.load(messages.map(\.id), in: transaction) {
            guard let number = numbers[filed.id], filed.link.number == old else { continue }
            let known = Acquaintance(
                threads: inThread || filed.link.ground == .thread ? [number] : [], address: inThread ? [] : [number])
            let link = LinkDecision.decide(letter: filed.letter, known: known, own: house.numbers)
            guard link.number == number else { continue }
            let order = Relinking.Order(
                filed, link: link, number: number, madeBy: Relinking.reader, own: house.own, at: instant)
            try await Relinking.apply(order, in: transaction)
        }
    }
}

extension Relinking.Order {
    /// Files a message under a company.
    init(
        _ filed: Relinking.Filed, link: LinkDecision, number: CVRNumber, madeBy: String, own: OwnPeople,
        at instant: Date
    ) {
        let contact = ContactReader.read(filed.letter)
        self.init(
            message: filed.id, link: link, madeBy: madeBy,
            opening: LeadOpening(
                of: filed.letter, cvr: number, contact: contact, headline: filed.subject,
                owner: filed.letter.forwarder?.address, at: instant),
            introduction: Introduction(
                of: filed.letter, to: number, contact: contact, link: link, role: filed.role, own: own,
                messageID: filed.id))
    }
}

extension LeadOpening {
    /// The lead that a letter makes; `headline` stands for the subject that a chat has not.
    init(
        of letter: Letter, cvr: CVRNumber?, contact: ContactReader.Reading, headline: String? = nil, owner: String?,
        at instant: Date
    ) {
        self.init(
            cvr: cvr, companyName: contact.company.name, contactName: contact.contact.name,
            contactAddress: contact.contact.address,
            subject: headline ?? letter.original.subject, owner: owner, openedAt: instant)
    }
}

extension Introduction {
    /// What a letter that is filed under a company says of it.
    init(
        of letter: Letter, to cvr: CVRNumber, contact: ContactReader.Reading, link: LinkDecision, role: Filing.Role,
        own: OwnPeople, messageID: Int64
    ) {
        let writer = link.teachesSender && role == .lead ? letter.introducible : nil
        // Whoever gives an address of ours is somebody else.
        let sender = writer.flatMap { own.owns($0) ? nil : $0 }
        self.init(
            cvr: cvr, companyName: contact.company.name, town: contact.company.town, address: sender?.address,
            name: contact.contact.name, title: contact.contact.title, phone: contact.contact.phone,
            domain: sender.flatMap { PublicMailProviders.includes($0.domain) ? nil : String($0.domain) },
            messageID: messageID)
    }
}
