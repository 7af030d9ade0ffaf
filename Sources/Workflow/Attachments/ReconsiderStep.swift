import CVR
import Correspondence
import FoundationEssentials
package import Jobs
import Mail
package import Postgres
import Records
import Understanding

/// RECONSIDER: takes up for filed messages what was read of their attachments.
///
/// A mail that waited for what is in its containers is read again as a whole. Any other stays as it is filed and gets what
/// the texts add: a company where it had none, and facts. Its answer is made at once where it waited; where it is made
/// already and something changed, one more follows.
package struct ReconsiderStep: BatchHandler {
    private let house: House
    private let shelf: RuleShelf

    package init(house: House, shelf: RuleShelf) {
        self.house = house
        self.shelf = shelf
    }

    /// Where its jobs wait.
    package static var queue: String { ReconsiderJob.queue }

    package var followUps: [String] { [ReadJob.queue, ReadJob.largeQueue, AnswerJob.queue] }

    package func handle(_ jobs: [Job], in transaction: Transaction) async throws {
        let orders = try jobs.map { try $0.decode(ReconsiderJob.self) }
        let read = Set(orders.filter { $0.isDeadline != true }.map(\.message))
        // Locked first: whatever an answer that is being made still does to them is done then.
        let filed = try await Relinking.load(orders.map(\.message), in: transaction)
        let places = try await LateFindings.places(orders.map(\.message), in: transaction)
        for place in places where place.awaitsContents {
            _ = try await transaction.query(Timeline.readAgain(place.id, isLarge: place.isLarge))
        }
        var answers: [AnswerJob] = []
        for place in places where !place.awaitsContents && read.contains(place.id) {
            guard let filed = filed.first(where: { $0.id == place.id }) else { continue }
            let finding = try await takeUp(filed, in: transaction)
            if place.isDone, let finding { answers.append(answer(to: filed, place, finding)) }
        }
        _ = try await transaction.pipeline([
            JobQueue.hasten(kind: AnswerJob.kind, read.sorted().map(uniqueKey)),
            JobQueue.insert(try answers.map { try $0.job() }),
        ])
    }

    /// The answer in the place of one that was made before the attachments were read.
    private func answer(
        to filed: Relinking.Filed, _ place: LateFindings.Place, _ finding: AnswerJob.Finding
    ) -> AnswerJob {
        let answer: Answer =
            !place.hasSummary
            ? .advice
            : filed.letter.isSentOn
                ? .summary : filed.link.status == .ambiguous && !finding.isRelinked ? .question : .notice
        return AnswerJob(message: filed.id, answer: answer, finding: finding)
    }

    /// Files what the texts add; `nil` where that changes nothing.
    ///
    /// Only what a customer wrote belongs to a company of its own, and what a person said of it stands.
    private func takeUp(_ filed: Relinking.Filed, in transaction: Transaction) async throws -> AnswerJob.Finding? {
        guard filed.role == .lead || filed.role == .colleague else { return nil }
        let attachments = try await attachments(of: filed.letter, in: transaction)
        guard attachments.contains(where: { !$0.text.isEmpty }) else { return nil }
        let link = try await link(filed, attachments, in: transaction)
        let isRelinked = link?.number != nil
        let new = try await newFacts(of: filed, attachments, in: transaction)
        if !new.isEmpty { _ = try await transaction.query(LateFindings.add(new, to: filed.id)) }
        guard isRelinked || !new.isEmpty else { return nil }
        let files = ([link?.evidence] + new.map(\.evidence)).compactMap { $0?.attachment }
        return AnswerJob.Finding(
            files: files.indices.filter { !files[..<$0].contains(files[$0]) }.map { files[$0] }, isRelinked: isRelinked)
    }

    /// What was read of the letter's attachments; of a container that came to light too late, the text in it.
    private func attachments(of letter: Letter, in transaction: Transaction) async throws -> [ReadAttachment] {
        let known = try await AttachmentTexts.load(Set(letter.attachments.map(\.sha256)), in: transaction)
        let late = Set(letter.unopened)
        return letter.read(known).map { attachment in
            guard late.contains(attachment.attachment), let octets = known[attachment.attachment.sha256]?.message,
                // It may be a part alone, without a field that makes it a mail.
                let inside = try? Letter(Array("MIME-Version: 1.0\r\n".utf8) + octets, reading: ReadingOptions())
            else { return attachment }
            var attachment = attachment
            attachment.text = [inside.text, inside.signature].filter { !$0.isEmpty }.joined(separator: "\n\n")
            return attachment
        }
    }

    /// What the texts say of the company, where nothing did so far; filed when it is something.
    private func link(
        _ filed: Relinking.Filed, _ attachments: [ReadAttachment], in transaction: Transaction
    ) async throws -> LinkDecision? {
        guard filed.link.status != .linked, filed.corrections == 0 else { return nil }
        let incoming = IncomingLetter(id: filed.id, letter: filed.letter, trusted: filed.letter.form.isForward)
        let known = try await Directory(for: [incoming], in: transaction).known(incoming)
        let link = LinkDecision.decide(
            letter: filed.letter, known: known, own: house.numbers, attachments: attachments)
        guard link.ground == .attachment, link.status != filed.link.status else { return nil }
        guard let number = link.number else {
            _ = try await transaction.pipeline(
                try Relinking.note(link, of: filed.id, madeBy: Relinking.reader))
            return link
        }
        let now = Date()
        let order = Relinking.Order(
            filed, link: link, number: number, madeBy: Relinking.reader, own: house.own, at: now)
        try await Relinking.apply(order, in: transaction)
        try await Corrections(house: house, transaction: transaction).takeAlong(from: filed, to: number, at: now)
        return link
    }

    /// What the texts say that the message itself left open.
    private func newFacts(
        of filed: Relinking.Filed, _ attachments: [ReadAttachment], in transaction: Transaction
    ) async throws -> [Fact] {
        let known = try await LateFindings.facts(of: [filed.id], in: transaction)[filed.id] ?? []
        let said = Set(known.filter { $0.evidence.section != .note }.map(\.name))
        return shelf.current.finder.readings(in: filed.letter, attachments: attachments, own: house.numbers)
            .filter { $0.evidence.section == .attachment && !said.contains($0.name) }
    }
}
