import Foundation
import Mail
import Testing

@Suite("Whose mail it is")
struct ForwardTests {
    private let block = """
        From: Grace Hill <gh@hillside.example>
        Sent: Monday, November 23, 2026 2:37 PM
        To: Jonas Holm <jh@fjordtek.example>
        Subject: Workshop

        Could you do a workshop?
        """

    @Test("a forward is taken apart when one of our own sent it")
    func own() throws {
        let read = try letter(
            "From: jh@fjordtek.example\nSubject: FW: Workshop\n\nA note.\n\n\(block)", own: ["fjordtek.example"])
        #expect(read.form == .forwardInline && read.original.from?.address == "gh@hillside.example")
        #expect(read.note == "A note." && read.text == "Could you do a workshop?")
        #expect(read.forwarder?.address == "jh@fjordtek.example")
    }

    @Test("a customer's own forward keeps the customer")
    func customer() throws {
        let read = try letter(
            "From: bk@kjaerco.example\nSubject: FW: Workshop\n\nA note.\n\n\(block)", own: ["fjordtek.example"])
        #expect(!read.form.isForward && read.original.from?.address == "bk@kjaerco.example" && read.forwarder == nil)
    }

    @Test("a From of ours that nobody vouches for unwraps nothing")
    func untrusted() throws {
        let octets = Array("From: jh@fjordtek.example\r\nSubject: FW: Workshop\r\n\r\n\(block)".utf8)
        let own = OwnPeople(domains: ["fjordtek.example"])
        let read = try Letter(octets, reading: ReadingOptions(own: own, trustsSender: false))
        #expect(read.forwarder == nil && !read.form.isForward)
    }

    @Test(
        "business mail that merely holds such lines is no forward",
        arguments: [
            "Turen går\nFra: København\nTil: Aarhus\n\nKan I levere?", "From: the warehouse\nwe ship on Monday.",
            "Emne: Priser\n\nVi vil gerne have en pris.",
        ])
    func noForward(_ text: String) throws {
        #expect(try !letter("From: jh@fjordtek.example\nSubject: Levering\n\n\(text)").form.isForward)
    }

    @Test("the date of a forward is an instant by the forwarder's zone, and says how sure it is")
    func dates() throws {
        let read = try letter("From: a@b.example\nDate: Tue, 24 Nov 2026 08:00:00 +0100\nSubject: FW: x\n\n\(block)")
        #expect(read.original.date.precision == .local && read.original.date.offset == 3600)
        #expect(read.original.date.instant == Date(timeIntervalSince1970: 1_795_441_020))
    }
}
