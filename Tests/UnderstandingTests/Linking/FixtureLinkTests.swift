import CVR
import Mail
import TestSupport
import Testing
import Understanding

@Suite("Links of the fixture mails")
struct FixtureLinkTests {
    @Test("none is wrong, and at least 98 of 100 are found")
    func tally() throws {
        let own = OwnPeople(domains: ["fjordtek.example"])
        let numbers = Set(["94617308"].compactMap { CVRNumber($0) })
        var (wrong, missed): ([String], [String]) = ([], [])
        let fixtures = try Fixture.all()
        for fixture in fixtures {
            let letter = try Letter(fixture.octets, reading: ReadingOptions(own: own))
            let link = LinkDecision.decide(letter: letter, known: Acquaintance(), own: numbers)
            if let evidence = link.evidence { letter.check(evidence) }
            if let number = link.number?.description, number != fixture.cvr.number { wrong.append(fixture.name) }
            if link.status.rawValue != fixture.cvr.status { missed.append("\(fixture.name): \(link.status)") }
        }
        #expect(wrong.isEmpty)
        let linked = fixtures.count { $0.cvr.number != nil }
        #expect(missed.count * 50 <= linked, "\(missed)")
    }
}
