import Hosts
import Testing

@Suite("Names of hosts")
struct DomainNameTests {
    // Expected values by another implementation of RFC 3492.
    @Test(
        "28: domains are compared by what they stand for",
        arguments: [
            ("EXAMPLE.org", "example.org"), ("xn--blbr-roah.example", "xn--blbr-roah.example"),
            ("XN--BLBR-ROAH.example", "xn--blbr-roah.example"), ("BLÅBÆR.example", "xn--blbr-roah.example"),
            ("mail.bücher.example", "mail.xn--bcher-kva.example"),
            ("rødgrød-med-fløde.example", "xn--rdgrd-med-flde-qqbdi.example"), ("例え", "xn--r8jz45g"),
            ("münchen-ost", "xn--mnchen-ost-9db"), ("xn--", "xn--"), ("xn--a", "xn--a"), ("xn--æ", "xn--æ"),
            ("xn--99999999999", "xn--99999999999"), ("", ""), ("[192.0.2.1]", "[192.0.2.1]"),
            ("[IPv6:2001:0DB8:0:0::0001]", "[ipv6:2001:db8::1]"),
            ("[IPv6:::ffff:192.0.2.1]", "[192.0.2.1]"), ("[ukendt]", "[ukendt]"), ("[", "["),
        ])
    func comparable(_ domain: String, _ expected: String) {
        #expect(DomainName.comparable(domain) == expected)
    }

    @Test(
        "what stands for other characters than a name has is none, and stays as it is for comparison",
        arguments: [
            "a＠b.example", "b／c.example", "℀.example", "⑴.example", "a b.bücher.example", "a\\b.bücher.example",
        ])
    func mappedElsewhere(_ domain: String) {
        #expect(DomainName.ascii(domain) == nil)
        #expect(DomainName.comparable(domain) == domain)
    }

    @Test("the dots of other scripts divide a name, and an underscore may stand in it")
    func otherDots() {
        #expect(DomainName.ascii("bücher。example") == "xn--bcher-kva.example")
        #expect(DomainName.ascii("_x.bücher．example") == "_x.xn--bcher-kva.example")
    }

    @Test("what is longer than any name is none, and is not read", arguments: ["x", "ø", "ø."])
    func bounded(_ piece: String) {
        let long = String(repeating: piece, count: 1025)
        #expect(DomainName.ascii(long) == nil && DomainName.comparable(long) == long)
        #expect(DomainName.ascii(String(repeating: "ø.", count: 20) + "dk")?.utf8.count == 20 * 8 + 2)
    }

    @Test(
        "the spellings of a domain are the one for comparison, that of people, and the one it has",
        arguments: ["BÜCHER.example", "xn--bcher-kva.example", "bücher.example", "XN--BCHER-KVA.example"])
    func spellings(_ domain: String) {
        let both: Set = ["bücher.example", "xn--bcher-kva.example"]
        #expect(DomainName.spellings(domain) == both)
        #expect(DomainName.spellings("Lund.example") == ["lund.example"])
    }
}
