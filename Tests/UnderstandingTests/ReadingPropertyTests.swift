import Mail
import ReadingProperties
import Rules
import TestSupport
import Testing

/// What the fuzzer asks of letters; each property finds what breaks it.
@Suite("Properties of reading")
struct ReadingPropertyTests {
    private let properties: ReadingProperties

    init() throws { properties = ReadingProperties(try RuleFolder.load(Repository.rules)) }

    private func letter() throws -> Letter {
        let mail = """
            From: Bo Lund <bo@lundel.example>
            Subject: SV: Tilbud
            Content-Type: text/plain; charset=utf-8

            > Hvor mange brugere?
            Atten.

            > Hvad er jeres CVR-nummer?
            24256790

            > Er nummeret 131284-1302 rigtigt?
            Ja.

            Mvh Bo
            """
        return try Letter(Array(mail.utf8), reading: ReadingOptions())
    }

    @Test("a letter as it is read breaks none")
    func sound() throws {
        let letter = try letter()
        #expect(letter.exchanges.count == 3 && properties.fault(in: letter) == nil)
    }

    @Test(
        "asked and answered is what stands in the mail",
        arguments: [
            Letter.Exchange(question: "Hvor mange brugere", answer: "Tyve."),
            Letter.Exchange(question: "Hvornår?", answer: "Atten."),
            Letter.Exchange(question: "Hvor mange brugere?", answer: ""),
            Letter.Exchange(question: "Hvor mange brugere?", answer: "Atten.\n\n> Hvad er jeres CVR-nummer?"),
            Letter.Exchange(question: "Hvad er jeres CVR-nummer?", answer: "Atten."),
        ])
    func exchanges(_ exchange: Letter.Exchange) throws {
        var letter = try letter()
        letter.exchanges[0] = exchange
        #expect(properties.fault(in: letter) != nil)
    }

    @Test("an answer is one though capitals are all of it", arguments: ["OK", "HTML>", "JA"])
    func capitals(_ answer: String) throws {
        let mail = "From: bo@lundel.example\n\n> Skal I have support?\n\n\(answer)\n\n> Hvornår?\nNu."
        let letter = try Letter(Array(mail.utf8), reading: ReadingOptions())
        #expect(letter.exchanges.first?.answer == answer && properties.fault(in: letter) == nil)
    }

    @Test("one exchange stands behind the other")
    func order() throws {
        var letter = try letter()
        letter.exchanges.swapAt(0, 1)
        #expect(properties.fault(in: letter) != nil)
        letter.exchanges[1] = letter.exchanges[0]
        #expect(properties.fault(in: letter) != nil)
    }

    @Test("no text of a letter shows a CPR number")
    func personalNumbers() throws {
        let texts: [WritableKeyPath<Letter, String>] = [
            \.subject, \.note, \.text, \.quoted, \.signature, \.forwarderSignature, \.original.subject,
        ]
        for text in texts {
            var letter = try letter()
            letter[keyPath: text] += " CPR 131284-1302"
            #expect(properties.fault(in: letter)?.contains("CPR") ?? false, "\(text)")
        }
    }

    @Test("nor does a list or an optional in it; an address is kept")
    func listed() throws {
        let sound = try letter()
        var letter = sound
        letter.to = [Mailbox(name: "Bo 131284-1302", address: "bo@lund.example")]
        #expect(properties.fault(in: letter) != nil)
        letter = sound
        letter.noteBelow = "131284-1302"
        #expect(properties.fault(in: letter) != nil)
        letter.noteBelow = nil
        letter.to = [Mailbox(name: "Bo", address: "131284-1302@lund.example")]
        #expect(properties.fault(in: letter) == nil)
    }
}
