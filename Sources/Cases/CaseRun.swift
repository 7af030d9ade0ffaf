import CVR
import Correspondence
import FoundationEssentials
import Mail
import Rules
import Understanding
import Workflow

/// What the rules make of the messages of a case: by the same functions as the daemon's, without its records.
struct CaseRun {
    /// Why a message cannot be read.
    struct Unreadable: Error {
        var place: Place
        var reason: String
    }

    let consideration: Consideration
    let summary: TemplateSet.Draft

    init(_ example: RuleCase, mails: [String: [UInt8]], _ book: RuleBook) throws(Unreadable) {
        let reader = Reader(book: book, mails: mails)
        var background = Consideration.Background()
        var directory = Directory(numbers: Set(book.rules.company.cvr.compactMap { CVRNumber($0) }))
        var answered: (letter: Letter, link: LinkDecision, readings: [Fact])?
        for (index, message) in example.messages.enumerated() {
            let letter = try reader.letter(of: message)
            let readings = book.finder.readings(in: letter)
            answered = (letter, directory.link(letter), readings)
            guard index + 1 < example.messages.count else { break }
            let said = Statement.statements(
                in: letter, facts: readings, receivedAt: letter.date.instant ?? .distantPast)
            background.earlier += said.map { statement in
                var statement = statement
                statement.source.messageID = Int64(index + 1)
                if case .chat = message.content { statement.source.channel = .chat }
                return statement
            }
        }
        guard let answered else { throw Unreadable(place: example.place, reason: "there is no message") }
        consideration = Consideration(
            letter: answered.letter, link: answered.link, readings: answered.readings, background: background,
            rules: book.rules, now: example.at?.instant ?? answered.letter.date.instant ?? .distantPast)
        summary = consideration.summary(leadReference: nil, quoteNumber: nil, publicURL: nil)
            .compose(book.templates, rules: book.rules)
    }

    /// Makes letters of messages.
    private struct Reader {
        let book: RuleBook
        let mails: [String: [UInt8]]

        func letter(of message: CaseMessage) throws(Unreadable) -> Letter {
            let company = book.rules.company
            let options = ReadingOptions(
                own: OwnPeople(domains: Set(company.domains), addresses: Set(company.people)))
            do {
                switch message.content {
                case .mail(let mail):
                    return try Letter(mail.octets(to: company.intake ?? company.from), reading: options)
                case .file(let name): return try Letter(mails[name] ?? [], reading: options)
                case .chat(let chat): return try chat.letter()
                }
            } catch let error as UnreadableMail {
                throw Unreadable(place: message.place, reason: "\(error.title): \(error.detail)")
            } catch {
                throw Unreadable(place: message.place, reason: "\(error)")
            }
        }
    }

    /// What earlier messages of the case taught of addresses and domains, as the daemon's directory learns it.
    private struct Directory {
        let numbers: Set<CVRNumber>
        var addresses: [String: Set<CVRNumber>] = [:]
        var domains: [String: Set<CVRNumber>] = [:]

        mutating func link(_ letter: Letter) -> LinkDecision {
            let writer = letter.writer
            let person = writer.flatMap { $0.isUnattended ? nil : $0 }
            let known = Acquaintance(
                address: person.flatMap { addresses[$0.comparable] } ?? [],
                domain: writer.flatMap { domains[$0.domainName] } ?? [])
            let link = LinkDecision.decide(letter: letter, known: known, own: numbers)
            if let number = link.number, link.teachesSender, let sender = letter.introducible {
                let domain = sender.domainName
                addresses[sender.comparable, default: []].insert(number)
                if !PublicMailProviders.includes(domain) { domains[domain, default: []].insert(number) }
            }
            return link
        }
    }
}
