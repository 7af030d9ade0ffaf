import Testing

@testable import SMTPServer

@Suite("Paths of the envelope")
struct PathTests {
    @Test(
        "14: are read to their meaning and written with quotes where they need them",
        arguments: [
            ("<kunde@example.org>", "kunde", "example.org", "kunde@example.org"),
            ("<Kunde@EXAMPLE.org>", "Kunde", "example.org", "Kunde@example.org"),
            (#"<"kunde"@example.org>"#, "kunde", "example.org", "kunde@example.org"),
            (#"<"a b\"c"@example.org>"#, #"a b"c"#, "example.org", #""a b\"c"@example.org"#),
            (#"<"a\\b"@example.org>"#, #"a\b"#, "example.org", #""a\\b"@example.org"#),
            (#"<"a@b"@example.org>"#, "a@b", "example.org", #""a@b"@example.org"#),
            (#"<"a>b"@example.org>"#, "a>b", "example.org", #""a>b"@example.org"#),
            (#"<""@example.org>"#, "", "example.org", #"""@example.org"#),
            (#"<".a"@example.org>"#, ".a", "example.org", #"".a"@example.org"#),
            ("<a..b@example.org>", "a..b", "example.org", #""a..b"@example.org"#),
            ("<@relay.example:kunde@example.org>", "kunde", "example.org", "kunde@example.org"),
            ("<søren@blåbær.example>", "søren", "blåbær.example", "søren@blåbær.example"),
            ("<x@[192.0.2.1]>", "x", "[192.0.2.1]", "x@[192.0.2.1]"),
            ("<x@[IPv6:2001:DB8::1]>", "x", "[ipv6:2001:db8::1]", "x@[ipv6:2001:db8::1]"),
            ("<Postmaster>", "Postmaster", "", "Postmaster"), ("<>", "", "", ""),
        ])
    func reads(_ text: String, _ local: String, _ domain: String, _ address: String) throws {
        var parser = PathParser(Array(text.utf8)[...])
        let path = try parser.path()
        #expect(path == MailPath(localPart: local, domain: domain))
        #expect(path.address == address)
        #expect(parser.rest.isEmpty)
        guard !path.isNull else { return }
        var again = PathParser(Array("<\(path.address)>".utf8)[...])
        #expect(try again.path() == path)
    }

    @Test(
        "refuses what is none",
        arguments: [
            "", "<", ">", "<>x", "kunde@example.org", "<kunde>", "<kunde@>", "<@example.org>", "<kunde@@example.org>",
            "<kunde@example..org>", "<kunde@.example>", "<kunde@-x.example>", "<kunde@x-.example>", "<.a@example.org>",
            "<a.@example.org>", "<a b@example.org>", "<a@example.org", "<a@exa mple.org>", "<a@example.org >",
            "<a@exam_ple.org>", #"<"a@example.org>"#, #"<"a"b@example.org>"#, #"<"a\"#, "<a@[>", "<a@[x]>",
            "<a@[IPv6:1]>", "<a@[::1]>", "<@relay.example kunde@example.org>", "< a@example.org>",
        ])
    func refuses(_ text: String) {
        var parser = PathParser(Array(text.utf8)[...])
        #expect(throws: PathParser.Failure.self) { try parser.path() }
    }

    @Test(
        "hold a detail behind a plus",
        arguments: [
            ("leads", "leads", nil), ("leads+CVR12345678", "leads", "CVR12345678"), ("leads+", "leads", ""),
            ("a+b+c", "a", "b+c"),
        ] as [(String, String, String?)])
    func subaddress(_ local: String, _ base: String, _ detail: String?) {
        let path = MailPath(localPart: local, domain: "fjordtek.example")
        #expect(String(path.subaddress.base) == base)
        #expect(path.subaddress.detail.map(String.init) == detail)
    }

    // Expected values by another implementation of RFC 3492.
    @Test(
        "28: domains are compared by what they stand for",
        arguments: [
            ("EXAMPLE.org", "example.org"), ("xn--blbr-roah.example", "blåbær.example"),
            ("XN--BLBR-ROAH.example", "blåbær.example"), ("BLÅBÆR.example", "blåbær.example"),
            ("mail.xn--bcher-kva.example", "mail.bücher.example"),
            ("xn--rdgrd-med-flde-qqbdi.example", "rødgrød-med-fløde.example"), ("xn--r8jz45g", "例え"),
            ("xn--mnchen-ost-9db", "münchen-ost"), ("xn--", "xn--"), ("xn--a", "xn--a"), ("xn--æ", "xn--æ"),
            ("xn--99999999999", "xn--99999999999"), ("", ""), ("[192.0.2.1]", "[192.0.2.1]"),
            ("[IPv6:2001:0DB8:0:0::0001]", "[ipv6:2001:db8::1]"), ("[ukendt]", "[ukendt]"), ("[", "["),
        ])
    func comparable(_ domain: String, _ expected: String) {
        #expect(DomainName.comparable(domain) == expected)
    }
}
