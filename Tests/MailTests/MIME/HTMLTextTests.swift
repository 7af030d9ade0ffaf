import Testing

@testable import Mail

private func text(_ html: String) -> String { HTMLText.render(Array(html.utf8)).joinedText }

@Suite("HTML as a reader sees it")
struct HTMLTextTests {
    @Test(
        "paragraphs, lists, tables and links stay readable",
        arguments: [
            ("<p>Hej</p><p>Vi er 18.</p>", "Hej\n\nVi er 18."), ("a<br>b<br><br>c", "a\nb\n\nc"),
            ("<div>a</div><div>b</div>", "a\nb"), ("<ul><li>en<li>to</ul>", "- en\n- to"),
            ("<table><tr><td>Antal</td><td>18</td></tr><tr><td>Pris</td><td>5</td></tr></table>", "Antal  18\nPris  5"),
            ("se <a href='https://lund.example/pris'>vores side</a>", "se vores side <https://lund.example/pris>"),
            ("<a href='https://lund.example/'>lund.example</a>", "lund.example"),
            ("<a href='mailto:bo@lund.example?subject=x'>Bo</a>", "Bo <bo@lund.example>"),
            ("<a href='mailto:bo@lund.example'>bo@lund.example</a>", "bo@lund.example"),
            ("<a href='javascript:x'>klik</a>", "klik"), ("<img alt='Logo'> x", "[Logo] x"), ("<img src=a> x", "x"),
            ("<pre>a\n  b</pre>", "a\n  b"), ("a  \n\t b", "a b"), ("a&nbsp;b &aelig; &#248;", "a b æ ø"),
            ("p\u{AD}ri\u{200B}s", "pris"), ("<hr>a", "________________________________\na"),
            ("<blockquote><p>Vil I?</p></blockquote><p>Ja</p>", "> Vil I?\n\nJa"),
            ("<blockquote style='border:none;margin:0 0 0 40px'>a</blockquote>", "a"), ("", ""), ("   ", ""),
            ("<ol><li>en</li><li>to</li></ol>", "1. en\n2. to"), ("<ol start=3><li>tre</ol>", "3. tre"),
            ("<p>Vi vil:</p><ul><li><p>en</p></li><li><p>to</p></li></ul><p>Tak</p>", "Vi vil:\n\n- en\n- to\n\nTak"),
            ("<ul><li>en<ul><li>under</li></ul></li><li>to</li></ul>", "- en\n  - under\n- to"),
            (
                "<p>a</p><p class=MsoListParagraph><![if !supportLists]><span style='mso-list:Ignore'>·<span>&nbsp;&nbsp;</span></span><![endif]>b</p>",
                "a\n\n- b"
            ),
            (
                "<table><tr><td><p class=MsoNormal>Antal</p></td>\n<td><p class=MsoNormal>18</p></td></tr>\n<tr><td><p>Pris</p></td><td><p><b>5</b></p></td></tr></table>",
                "Antal  18\nPris  5"
            ),
            (
                "<table><tr><td><table><tr><td><p>Hej</p><p>Vi er 18.</p></td></tr></table></td></tr></table>",
                "Hej\n\nVi er 18."
            ),
            ("<table><tr><td>Fra<br>os</td><td>Til</td></tr></table>", "Fra\nos  Til"),
            (
                "<a href='https://eur01.safelinks.protection.outlook.com/?url=https%3A%2F%2Flund.example%2Fpris&amp;data=05'>se</a>",
                "se <https://lund.example/pris>"
            ),
            (
                "<a href='https://falsk.example/www.google.com/url?q=https://lund.example'>se</a>",
                "se <https://falsk.example/www.google.com/url?q=https://lund.example>"
            ),
            (
                "<a href='https://lund.example/a'>Logo</a> <a href='https://lund.example/a'>Læs</a>",
                "Logo <https://lund.example/a> Læs"
            ),
            ("a&#150;b &#8364;5 a&#778;", "a–b €5 å"), ("<div style='white-space:pre-wrap'>a\n  b</div>", "a\n  b"),
            ("<div style='font-size:0'><span style='font-size:14px'>synlig</span></div>", "synlig"),
            ("<table bgcolor='#000000'><tr><td style='color:#ffffff'>hvidt på sort</td></tr></table>", "hvidt på sort"),
            ("<style>td{background:#00f}</style><p style='color:white'>på noget</p>", "på noget"),
            ("<style>@media (max-width:600px){.bred{display:none}}</style><p class=bred>bred</p>", "bred"),
        ])
    func readable(_ html: String, _ shown: String) {
        #expect(text(html) == shown)
    }

    @Test(
        "what the sender hides or the machine needs is left out",
        arguments: [
            "<span style='display: none'>skjult</span>a", "<div style=\"FONT-SIZE: 0px\">skjult</div>a",
            "<p style='visibility:hidden'>skjult</p>a", "<style>skjult</style>a", "<script>skjult</script>a",
            "<head><title>skjult</title></head><body>a</body>", "<!-- skjult -->a",
            "<i style='font-size:0'>skjult</i>a", "<p hidden>skjult</p>a", "<div style='mso-hide:all'>skjult</div>a",
            "<div style='max-height:0;overflow:hidden'>skjult</div>a", "<span style='opacity:0'>skjult</span>a",
            "<span style='color:#FFF'>skjult</span>a", "<font color=white>skjult</font>a",
            "<div style='background-color:#eeeeee'><b style='color:rgb(238, 238, 238)'>skjult</b></div>a",
            "<div style='position:absolute;left:-9999px'>skjult</div>a", "<div style='color:transparent'>skjult</div>a",
            "<style>.preheader, #top { display: none !important; }</style><p class='x preheader'>skjult</p>a",
            "<head><style>span.forord{font-size:1px;max-height:0;overflow:hidden}</style></head><body><span class=Forord>skjult</span>a",
            "<img src='https://spor.example/p.gif' width=1 height=1 alt='skjult'>a",
            "<img src='https://spor.example/p.gif' style='width:1px' alt='skjult'>a", "&#8203;&zwnj;&#847;a",
            "<div style='font-size:0'><span style='font-size:100%'>skjult</span></div>a",
        ])
    func hidden(_ html: String) {
        #expect(text(html) == "a")
    }

    @Test("nesting beyond the bound has no structure, and what stands in it stays")
    func deep() {
        let inner = String(repeating: "<div>", count: 100_000) + "dybt"
        #expect(text("<p>Hej</p>" + inner) == "Hej\n\ndybt")
    }

    @Test("quotation marks are bounded, however deep the quotations", arguments: [5, 50, 150])
    func quotations(_ depth: Int) {
        let html = String(repeating: "<blockquote>", count: depth) + "a"
        #expect(text(html) == String(repeating: "> ", count: min(depth, 20)) + "a")
    }

    @Test("a long text within a link is no name of it")
    func longLink() {
        let long = String(repeating: "a", count: 5000)
        #expect(text("<a href='https://x.example/ab'>\(long)</a>") == long + " <https://x.example/ab>")
    }
}

@Suite("What clients mark in HTML")
struct ClientStructureTests {
    @Test(
        "the line below is marked as a quotation",
        arguments: [
            "id='divRplyFwdMsg'", "id='appendonsend'", "id='OLK_SRC_BODY_SECTION'",
            "class='gmail_quote gmail_quote_container'",
            "class='moz-cite-prefix'", "class='yahoo_quoted'", "class='protonmail_quote'",
            "style='border:none;border-top:solid #E1E1E1 1.0pt'",
        ])
    func quotation(_ attributes: String) {
        let lines = HTMLText.render(Array("<p>Ja tak</p><div \(attributes)><p>Vil I?</p></div>".utf8))
        #expect(lines.first { $0.mark == .quotation }?.octets.string == "Vil I?")
    }

    @Test(
        "or as the signature",
        arguments: ["class='gmail_signature'", "id='Signature'", "id='AppleMailSignature'", "class='moz-signature'"])
    func signature(_ attributes: String) {
        let lines = HTMLText.render(Array("<p>Ja tak</p><div \(attributes)>Bo Lund</div>".utf8))
        #expect(lines.first { $0.mark == .signature }?.octets.string == "Bo Lund")
    }

    @Test(
        "other names mark nothing", arguments: ["class='quote'", "id='main'", "class='gmail'", "style='border-top:0'"])
    func others(_ attributes: String) {
        let lines = HTMLText.render(Array("<div \(attributes)>Bo Lund</div>".utf8))
        #expect(lines.allSatisfy { $0.mark == .none })
    }
}
