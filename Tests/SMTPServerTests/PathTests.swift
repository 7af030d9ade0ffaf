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
}
