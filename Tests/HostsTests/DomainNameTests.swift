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
            ("[IPv6:2001:0DB8:0:0::0001]", "[2001:db8::1]"), ("[ukendt]", "[ukendt]"), ("[", "["),
        ])
    func comparable(_ domain: String, _ expected: String) {
        #expect(DomainName.comparable(domain) == expected)
    }
}
