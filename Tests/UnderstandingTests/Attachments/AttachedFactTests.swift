import CVR
import Mail
import Rules
import TestSupport
import Testing
import Understanding

/// What attachments say of what the lead wants.
@Suite("Facts in attachments")
struct AttachedFactTests {
    private let finder: FactFinder
    private let own = Set([CVRNumber("94617308")].compactMap { $0 })

    init() throws { finder = FactFinder(try RuleFolder.load(Repository.rules)) }

    private func facts(_ files: [ReadAttachment], text: String = "Se vores behov.") -> [Fact] {
        finder.readings(in: .sample(text: text), attachments: files, own: own)
    }

    @Test("they fill in what the mail leaves open, with the file's name in the evidence")
    func fillIn() throws {
        let files = [ReadAttachment.sample("Behov.docx", "Vi er 12 brugere.\nVi har 900 fakturaer om måneden.")]
        let found = facts(files, text: "Hej Jonas, vi er 14 brugere.")
        let users = found.filter { $0.name == "users" }
        #expect(users.map(\.value) == [.number(thousandths: 14_000)] && users[0].evidence.section == .text)
        let documents = try #require(found.first { $0.name == "documents_per_month" })
        #expect(documents.value == .number(thousandths: 900_000))
        #expect(documents.evidence.section == .attachment && documents.evidence.attachment == "Behov.docx")
        let words = files[0].text.utf8.dropFirst(documents.evidence.offset).prefix(documents.evidence.length)
        #expect(Array(words) == Array(documents.evidence.text.utf8))
    }

    @Test(
        "papers of trade and our own say nothing",
        arguments: [
            ReadAttachment.sample("Faktura 12.pdf", "Vi er 12 brugere."),
            .sample("12.pdf", "Faktura nr. 12\nVi er 12 brugere."), .sample("T.pdf", "CVR 94617308\nVi er 12 brugere."),
        ])
    func papers(_ file: ReadAttachment) {
        #expect(!facts([file]).contains { $0.name == "users" })
    }

    @Test("a hurry is said in a mail alone")
    func hurry() {
        #expect(!facts([.sample("Notat.txt", "Det haster meget.")]).contains { $0.name == "urgent" })
        #expect(facts([], text: "Det haster meget.").contains { $0.name == "urgent" })
    }

    @Test("text without end costs no more than its beginning", .timeLimit(.minutes(1)))
    func long() {
        let text = String(repeating: "Vi er 12 brugere og 900 fakturaer om måneden. ", count: 6000)
        #expect(facts([.sample("Lang.txt", text)]).contains { $0.name == "users" })
    }
}
