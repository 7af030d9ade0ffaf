import Testing

@testable import Mail

@Suite("Quoted and cut again")
struct ReplyRoundTripTests {
    /// Every form in which clients write that somebody wrote, Danish first; `|` is where a client breaks the line.
    private static let introductions = [
        "Den 24. november 2026 kl. 10.12 skrev Jonas Holm <jh@fjordtek.example>:",
        "Den 24. nov. 2026 kl. 10.12 skrev Jonas Holm|<jh@fjordtek.example>:",
        "Den tir. 24. nov. 2026 kl. 10.12 skrev Jonas Holm <|jh@fjordtek.example>:",
        "tir. 24. nov. 2026 kl. 10.12 skrev Jonas Holm <jh@fjordtek.example>:",
        "Den 24. nov. 2026 10.12 skrev \"Jonas Holm\" <jh@fjordtek.example>:",
        "Den 24-11-2026 kl. 10:12 skrev Jonas Holm:", "Den 24/11/2026 10.12 skrev Jonas Holm:",
        "Den 24.11.2026 kl. 10:12, skrev Jonas Holm:", "Den 2026-11-24 kl. 10:12 skrev Jonas Holm:",
        "Den tirsdag den 24. november 2026 10.12.00 CET skrev Jonas Holm|<jh@fjordtek.example>:",
        "Den tirsdag, 24. november 2026 skrev Jonas Holm <jh@fjordtek.example>:",
        "På tirsdag, 24. november 2026, kl. 10.12 skrev Jonas Holm <jh@fjordtek.example>:",
        "Jonas Holm <jh@fjordtek.example> skrev den 24. november 2026 kl. 10.12:",
        "Jonas Holm skrev den 24-11-2026 10:12:",
        "Tirsdag d. 24. november 2026 kl. 10.12 skrev Jonas Holm|(jh@fjordtek.example):",
        "Den 24. november 2026 kl. 10.12.33, Jonas Holm (jh@fjordtek.example) skrev:",
        "On Tue, Nov 24, 2026 at 10:12 AM Jonas Holm <jh@fjordtek.example> wrote:",
        "On Tue, Nov 24, 2026 at 10:12\u{202F}AM Jonas Holm <|jh@fjordtek.example> wrote:",
        "On 24 Nov 2026, at 10.12, Jonas Holm <jh@fjordtek.example> wrote:",
        "On 24/11/2026 10:12, Jonas Holm wrote:",
        "On Tuesday, November 24th, 2026 at 10:12, Jonas Holm <jh@fjordtek.example> wrote:",
        "Jonas Holm <jh@fjordtek.example> wrote on 24 November 2026 at 10:12:",
        "Am 24.11.2026 um 10:12 schrieb Jonas Holm:", "Den 24 nov. 2026 10:12 skrev Jonas Holm <jh@fjordtek.example>:",
        "tir. 24. nov. 2026 kl. 10:12 skrev Jonas Holm <jh@fjordtek.example>:",
        "Le mar. 24 nov. 2026 à 10:12, Jonas Holm <jh@fjordtek.example> a|écrit :",
    ]

    @Test("what was newly written comes out under every introduction, and what was quoted", arguments: introductions)
    func top(_ introduction: String) throws {
        var prose = ProseGenerator(seed: 3)
        let line = introduction.replacing("|", with: "\n")
        for marked in [line, line.split(separator: "\n").map { "> \($0)" }.joined(separator: "\n")] {
            let (text, earlier) = (prose.text(), prose.text())
            let read = try reply("\(text)\n\n\(marked)\n\n\(quoted(earlier))")
            #expect(read.text == text && read.quoted == "\(marked)\n\n\(quoted(earlier))")
        }
    }

    @Test("an answer below and answers within come out too", arguments: introductions)
    func belowAndWithin(_ introduction: String) throws {
        var prose = ProseGenerator(seed: 4)
        let line = introduction.replacing("|", with: "\n")
        let below = prose.text()
        #expect(try reply("\(line)\n\n\(quoted(prose.text()))\n\n\(below)").text == below)
        let pairs = (0..<3).map { _ in
            (question: prose.text().split(separator: "\n").joined(separator: " "), answer: prose.text())
        }
        let body = pairs.map { "\(quoted($0.question))\n\n\($0.answer)\n" }.joined(separator: "\n")
        let read = try reply("\(line)\n\n\(body)")
        #expect(read.exchanges == pairs.map { Letter.Exchange(question: $0.question, answer: $0.answer) })
        #expect(read.text == body.dropLast())
    }

    private func quoted(_ text: String) -> String {
        text.split(separator: "\n", omittingEmptySubsequences: false).map { $0.isEmpty ? ">" : "> \($0)" }
            .joined(separator: "\n")
    }
}

@Suite("Replies by the structure of HTML")
struct ReplyStructureTests {
    /// What stands above the quoted mail, and what encloses its text; the words of the introduction tell nothing.
    private static let structures: [(client: String, above: String, below: String)] = [
        (
            "Gmail",
            "<div class=\"gmail_quote\"><div dir=\"ltr\" class=\"gmail_attr\">Jonas:<br></div><blockquote class=\"gmail_quote\">",
            "</blockquote></div>"
        ),
        (
            "Gmail 2025", "<div class=\"gmail_quote gmail_quote_container\"><div class=\"gmail_attr\">Jonas</div>",
            "</div>"
        ),
        ("Outlook on the web", "<div id=\"appendonsend\"></div><hr><div id=\"divRplyFwdMsg\"><b>Jonas</b></div>", ""),
        (
            "Outlook",
            "<div style=\"border:none;border-top:solid #E1E1E1 1.0pt;padding:3.0pt 0cm 0cm 0cm\"><p><b>Jonas</b></p></div>",
            ""
        ),
        ("Outlook for Mac", "<span id=\"OLK_SRC_BODY_SECTION\"><div><span>Jonas</span></div>", "</span>"),
        ("Outlook for phones", "<div id=\"mail-editor-reference-message-container\"><p>Jonas</p>", "</div>"),
        ("Apple Mail", "<div><br><blockquote type=\"cite\"><div>Jonas</div>", "</blockquote></div>"),
        ("Thunderbird", "<div class=\"moz-cite-prefix\">Jonas:<br></div><blockquote type=\"cite\">", "</blockquote>"),
        ("Yahoo", "<div class=\"yahoo_quoted\"><div>Jonas</div>", "</div>"),
        ("Proton Mail", "<div class=\"protonmail_quote\">Jonas<br><blockquote>", "</blockquote></div>"),
        ("Hotmail", "<hr id=\"stopSpelling\">Jonas<br>", ""),
        ("Zoho", "<div class=\"zmail_extra\"><div>Jonas</div>", "</div>"),
        ("Tutanota", "Jonas:<br><blockquote class=\"tutanota_quote\">", "</blockquote>"),
        ("Front", "<blockquote class=\"front-blockquote\">Jonas<br>", "</blockquote>"),
    ]

    @Test("what is newly written stands above each client's own structure", arguments: structures.indices)
    func top(_ index: Int) throws {
        let structure = Self.structures[index]
        for signature in [
            "", "<div class=\"gmail_signature\">Bo Lund<br>Lund El ApS</div>", "<p>Sendt fra min iPhone</p>",
        ] {
            let read = try reply(
                "<html><body><p>Ja tak, vi tager 18.</p>\(signature)\(structure.above)<p>Vil I have 18?</p>\(structure.below)</body></html>",
                html: true)
            #expect(read.text.split(separator: "\n").first == "Ja tak, vi tager 18.", "\(structure.client)")
            #expect(!read.text.contains("Vil I") && read.quoted.contains("Vil I have 18?"), "\(structure.client)")
            #expect(read.signature.isEmpty == signature.isEmpty, "\(structure.client)")
        }
    }
}
