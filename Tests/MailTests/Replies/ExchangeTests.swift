import Foundation
import Testing

@testable import Mail

private typealias Exchange = Letter.Exchange

@Suite("Answers between the lines")
struct ExchangeTests {
    /// Three questions of ours, answered one by one.
    private static let exchanges = [
        Exchange(question: "Hvor mange brugere er I?", answer: "Atten, og fra maj tyve."),
        Exchange(question: "Skal I have support?", answer: "Nej tak."),
        Exchange(question: "Hvornår vil I begynde?", answer: "I uge 6."),
    ]

    private static let marked = """
        > Hej Bo
        >
        > Tak for i dag. Jeg mangler tre ting:
        >
        > Hvor mange brugere er I?
        Atten, og fra maj tyve.

        > Skal I have support?

        Nej tak.
        > Hvornår vil I begynde?
        >
        I uge 6.
        > Mvh Jonas

        Mvh Bo
        """

    @Test(
        "are kept with what they answer, under every introduction and without one",
        arguments: [
            "", "Den 24. nov. 2026 kl. 10.12 skrev Jonas Holm <jh@fjordtek.example>:\n",
            "Hej Jonas, svarene står nedenfor.\n\nOn Tue, Nov 24, 2026 at 10:12 AM Jonas Holm <jh@fjordtek.example> wrote:\n",
            "Hej Jonas, svarene står nedenfor.\n\n",
        ])
    func plain(_ above: String) throws {
        let read = try reply(above + Self.marked)
        #expect(read.exchanges == Self.exchanges)
        #expect(read.text.contains("> Skal I have support?\n\nNej tak.\n") && read.signature == "Mvh Bo")
        #expect(!read.text.contains("Mvh Jonas") && read.quoted.contains("> Mvh Jonas"))
        #expect(read.text.hasPrefix("Hej Jonas") == above.hasPrefix("Hej Jonas"))
    }

    @Test("each quotation of HTML is a question, whoever's structure it is")
    func html() throws {
        let quotations = Self.exchanges.map { exchange in
            "<blockquote type=\"cite\" class=\"gmail_quote\"><p>Hej Bo</p><p>\(exchange.question)</p></blockquote><div>\(exchange.answer)</div>"
        }
        for above in [
            "<div class=\"gmail_quote\"><div class=\"gmail_attr\">Den tir. 24. nov. 2026 kl. 10.12 skrev Jonas &lt;jh@x.example&gt;:<br></div>",
            "<div class=\"moz-cite-prefix\">Jonas hafði þetta að segja:</div>", "<div>Se nedenfor.</div>", "<div>",
        ] {
            let read = try reply(above + quotations.joined() + "</div>", html: true)
            #expect(read.exchanges == Self.exchanges)
        }
    }

    @Test("initials before the mark are marks too")
    func initials() throws {
        let read = try reply("JH> Hvor mange brugere er I?\nAtten.\nJH> Skal I have support?\nNej.")
        #expect(read.exchanges.map(\.question) == ["Hvor mange brugere er I?", "Skal I have support?"])
        #expect(read.exchanges.map(\.answer) == ["Atten.", "Nej."])
    }

    @Test(
        "what stands below a quotation and says nothing is no answer",
        arguments: [
            "--\nBo Lund", "Mvh Bo", "Sendt fra min iPhone", "", "________________________________\nLund El ApS",
        ])
    func nothingSaid(_ below: String) throws {
        let read = try reply("Ja tak.\n\nDen 24. nov. 2026 skrev Jonas:\n> Vil I have det?\n>\n> Mvh Jonas\n\n\(below)")
        #expect(read.text == "Ja tak." && read.exchanges.isEmpty && read.signature == below)
    }

    @Test("a customer's answers are found when one of us sends them on")
    func sentOn() throws {
        let read = try forward(
            "Se her.\n\nFra: Bo Lund <bo@x.example>\nSendt: 23. november 2026 14:37\nEmne: SV: Pris\n\n\(Self.marked)")
        #expect(read.exchanges == Self.exchanges && read.note == "Se her." && read.forwardDepth == 1)
    }

    @Test("nor is the writer's name", arguments: ["Bo", "bo lund", "\nBo Lund\n"])
    func nameAlone(_ name: String) throws {
        let read = try reply("> Hvornår?\nI uge 6.\n> Mvh Jonas\n\(name)")
        #expect(read.exchanges == [Exchange(question: "Hvornår?", answer: "I uge 6.")])
    }

    @Test("the writer's name below the last answer signs it, and is none of it")
    func signed() throws {
        let read = try reply(
            "> Hvornår?\nI uge 6.\n\nBo\n\nDen 24. nov. 2026 kl. 10.12 skrev Jonas Holm <jh@fjordtek.example>:\n> Hej Bo"
        )
        #expect(read.exchanges == [Exchange(question: "Hvornår?", answer: "I uge 6.")])
        #expect(read.text == "> Hvornår?\nI uge 6." && read.signature == "Bo")
    }

    @Test(
        "thanks between two questions are an answer, and begin no signature",
        arguments: ["Mange tak!", "Tak.\n\nMange tak", "Thanks", "Best, Bo"])
    func thanks(_ answer: String) throws {
        let read = try reply("> Her er tilbuddet.\n\(answer)\n> Hvor mange brugere?\nAtten.\n\nMvh Bo Lund")
        #expect(read.text == "> Her er tilbuddet.\n\(answer)\n> Hvor mange brugere?\nAtten.")
        #expect(read.exchanges.map(\.question) == ["Her er tilbuddet.", "Hvor mange brugere?"])
        #expect(read.exchanges.first.map { !$0.answer.isEmpty && answer.hasPrefix($0.answer) } ?? false)
        #expect(read.exchanges.last?.answer == "Atten." && read.signature == "Mvh Bo Lund")
    }

    @Test("a rule between two quotations is no answer")
    func rule() throws {
        let read = try reply("> Hvor mange brugere?\nAtten.\n> Mere\n_______________________\n> Og support?\nNej.")
        #expect(read.exchanges.map(\.answer) == ["Atten.", "Nej."])
    }

    @Test("what stands below the signature that is quoted answers none of the questions")
    func belowSignature() throws {
        let read = try reply(
            "> Hvor mange brugere?\nAtten.\n> Skal I have support?\nNej.\n> Mvh Jonas\n> Fjordtek ApS\n\nRing til Mette i uge 50.\n\nMvh Bo"
        )
        #expect(read.exchanges.map(\.answer) == ["Atten.", "Nej."] && read.signature == "Mvh Bo")
        #expect(read.text.hasSuffix("Nej.\nRing til Mette i uge 50.") && read.quoted.hasSuffix("> Fjordtek ApS"))
    }

    @Test("the lead's own words are the text without what is answered, each at its place")
    func ownWords() throws {
        let read = try reply(Self.marked)
        #expect(read.ownWords.utf8.count == read.text.utf8.count)
        #expect(!read.ownWords.contains("support") && !read.ownWords.contains(">"))
        let place = try #require(read.text.range(of: "Nej tak."))
        #expect(read.ownWords[place] == "Nej tak." && read.language == "da")
        #expect(try reply("> Kun et citat").ownWords == "> Kun et citat")
    }

    @Test("their number is bounded", arguments: [10, 5000])
    func bounded(_ count: Int) throws {
        let read = try reply((0..<count).map { "> Spørgsmål \($0)?\nSvar \($0).\n" }.joined())
        #expect(read.exchanges.count == min(count, 100))
        #expect(read.ownWords.contains("Svar \(count - 1)."))
    }

    @Test("a letter that was stored without them has none")
    func stored() throws {
        let read = try reply(Self.marked)
        let stored = try JSONEncoder().encode(read)
        #expect(try JSONDecoder().decode(Letter.self, from: stored) == read)
        var fields = try #require(try JSONSerialization.jsonObject(with: stored) as? [String: Any])
        fields["exchanges"] = nil
        fields["enclosures"] = nil
        let old = try JSONDecoder().decode(Letter.self, from: JSONSerialization.data(withJSONObject: fields))
        #expect(old.exchanges.isEmpty && old.enclosures.isEmpty && old.text == read.text)
    }
}
