import CVR
import Foundation
import Mail
import Quoting
import Rules
import TestSupport
import Testing
import Understanding
import Workflow

/// Every fixture through the pure rooms.
@Suite("Fixture mails")
struct FixtureTests {
    private static let book = Result { try RuleBook(try RuleFolder.load(Repository.rules)) }

    @Test("are understood as they say", arguments: try Fixture.all())
    func understood(_ fixture: Fixture) throws {
        let book = try Self.book.get()
        let own = OwnPeople(domains: Set(book.rules.company.domains))
        let letter = try Letter(fixture.octets, reading: ReadingOptions(own: own))
        #expect(letter.kind == fixture.kind)
        #expect(letter.original.from?.address == fixture.from)
        #expect(letter.original.subject == fixture.subject)
        #expect(letter.language == fixture.language)
        #expect(letter.forwarder?.address == fixture.forwarder)
        #expect(letter.autoReply.allowed == fixture.allowsAutoReply)
        for text in fixture.textContains { #expect(letter.text.contains(text)) }
        for text in fixture.textLacks { #expect(!letter.text.contains(text)) }
        if let note = fixture.noteContains { #expect(letter.note.contains(note)) }
        if let names = fixture.attachments { #expect(letter.attachments.map(\.filename) == names) }
        if let exchanges = fixture.exchanges {
            #expect(letter.exchanges.map(\.question) == exchanges.map(\.question))
            #expect(letter.exchanges.map(\.answer) == exchanges.map(\.answer))
        }
        if let senders = fixture.enclosures {
            #expect(letter.enclosures.map(\.original.from?.address) == senders)
        }
        if let depth = fixture.forwardDepth { #expect(letter.forwardDepth == depth) }

        let numbers = Set(book.rules.company.cvr.compactMap { CVRNumber($0) })
        let link = LinkDecision.decide(letter: letter, known: Acquaintance(), own: numbers)
        #expect(link.status.rawValue == fixture.cvr.status)
        #expect(link.number?.description == fixture.cvr.number)
        if let ground = fixture.cvr.ground { #expect(link.ground?.rawValue == ground) }

        let facts = book.finder.facts(in: letter)
        for (service, isWanted) in fixture.services {
            #expect(facts.first { $0.name == "service." + service }?.value == .flag(isWanted), "\(service)")
        }
        let instant = letter.date.instant ?? Date(timeIntervalSince1970: 1_795_000_000)
        let readings = book.finder.readings(in: letter)
        let considered = Consideration(
            letter: letter, link: link, readings: readings, rules: book.rules, now: instant)
        if let hasQuote = fixture.hasQuote { #expect((considered.pricing.quote != nil) == hasQuote) }
        for (name, value) in fixture.facts {
            #expect(facts.first { $0.name == name }?.value.description == value, "\(name)")
        }
        if let quote = fixture.quote {
            let totals = (considered.pricing.quote?.totals ?? []).map {
                ($0.recurring?.rawValue ?? "once", $0.subtotal.ore)
            }
            #expect(Dictionary(totals) { first, _ in first } == quote)
        }
        if let rules = fixture.recommendations { #expect(considered.recommendations.map(\.rule) == rules) }
        if let remarks = fixture.remarks { #expect(considered.pricing.remarks.count == remarks) }
        for line in considered.pricing.quote?.lines ?? [] {
            #expect(fixture.services[line.code] != false, "a declined service is never priced")
            for words in line.evidence { #expect(letter.content(of: words.section).contains(words.text)) }
        }
        let again = Consideration(letter: letter, link: link, readings: readings, rules: book.rules, now: instant)
        #expect(again.pricing == considered.pricing && again.recommendations == considered.recommendations)
    }
}
