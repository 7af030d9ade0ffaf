import Mail
import Testing
import Understanding

@Suite("Contacts of the fixture mails")
struct FixtureContactTests {
    @Test("are read as they say", arguments: try ContactFixture.all())
    func read(_ fixture: ContactFixture) throws {
        let own = OwnPeople(domains: ["fjordtek.example"])
        let reading = ContactReader.read(try Letter(fixture.octets, reading: ReadingOptions(own: own)))
        if let contact = fixture.expected.contact {
            #expect(reading.contact.name == contact.name)
            #expect(reading.contact.title == contact.title)
            #expect(reading.contact.phone == contact.phone)
        }
        if let company = fixture.expected.company {
            #expect(reading.company.name == company.name)
            #expect(reading.company.town == company.town)
        }
    }
}
