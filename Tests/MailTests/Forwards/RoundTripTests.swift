import Foundation
import Testing

@testable import Mail

@Suite("Wrapped and unwrapped again")
struct RoundTripTests {
    /// Each language as often as one of its labels has spellings.
    private static let rows = HeaderLabels.rows.flatMap { row in
        (0..<[row.from, row.date, row.to, row.subject].map(\.count).reduce(1, max)).map { (row, $0) }
    }

    @Test("text, note and header survive a forward by each client in every language", arguments: ForwardTemplate.all)
    func once(_ template: ForwardTemplate) throws {
        var prose = ProseGenerator(seed: 1)
        for (row, spelling) in Self.rows {
            let mail = prose.mail(from: "lead@lundel.example", text: prose.text())
            let note = prose.text()
            let text = template.wrap(mail, in: row, note: note, spelling: spelling)
            let read = try forward(text, subject: "Fwd: \(mail.subject)")
            let place: Comment = "\(row.language)\n\(text)\n\(read.text)"
            #expect(read.original.from == Mailbox(name: mail.name, address: mail.address), place)
            #expect(read.original.to.map(\.address) == [mail.to] && read.original.subject == mail.subject, place)
            #expect(read.original.date.instant == instant(of: mail.date), place)
            #expect(read.text == mail.text && read.note == note && read.forwardDepth == 1, place)
        }
    }

    @Test("and a second one around it, by any client", arguments: ForwardTemplate.all)
    func twice(_ outer: ForwardTemplate) throws {
        var prose = ProseGenerator(seed: 2)
        for (index, inner) in ForwardTemplate.all.enumerated() {
            let rows = HeaderLabels.rows
            let (first, second) = (rows[index % rows.count], rows[(index * 7 + 3) % rows.count])
            let mail = prose.mail(from: "lead@lundel.example", text: prose.text())
            let notes = (prose.text(), prose.text())
            let colleagues = prose.mail(
                from: "ak@fjordtek.example", text: inner.wrap(mail, in: first, note: notes.0))
            let text = outer.wrap(colleagues, in: second, note: notes.1)
            let read = try forward(text, subject: "VS: \(mail.subject)")
            let place: Comment = "\(inner.client) \(first.language) in \(second.language)\n\(text)\n\(read.text)"
            #expect(read.original.from == Mailbox(name: mail.name, address: mail.address), place)
            #expect(read.text == mail.text && read.note == notes.1, place)
            #expect(read.forwardDepth == 2 && read.form == .nestedForward, place)
        }
    }

    /// In the zone of the forwarder's Date.
    private func instant(of date: String) -> Date? {
        let numbers = date.split { ". :".contains($0) }.compactMap { Int($0) }
        let november = 1_793_487_600.0
        return Date(timeIntervalSince1970: november + Double((numbers[0] - 1) * 86_400 + numbers[3] * 3600 + 37 * 60))
    }
}
