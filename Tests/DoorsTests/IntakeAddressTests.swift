import SMTPServer
import Testing

@testable import Doors

/// Which recipients are taken (RFC 5321 section 3.6.2, RFC 6532 section 3.1, RFC 5891).
@Suite("Intake addresses")
struct IntakeAddressTests {
    private let intake = IntakeAddresses(
        [
            "Leads@Fjordtek.example", "salg@blåbær.example", "tilbud@xn--bkgrd-orae.example", "søren@fjordtek.example",
            "ny+kunde@fjordtek.example", "p\u{E5}l@fjordtek.example", "leads@[192.0.2.1]", "leads@[IPv6:2001:db8:0::1]",
        ], ownDomains: ["fjordtek.dk", "xn--fjrd-hra.example"])

    struct Case: Sendable, CustomTestStringConvertible {
        var localPart: String
        var domain: String
        var refusal: Int?
        var testDescription: String { "\(localPart)@\(domain): \(refusal.map(String.init) ?? "taken")" }
    }

    @Test(
        "one mailbox is the same in all its spellings, and nothing else is",
        arguments: [
            Case(localPart: "leads", domain: "fjordtek.example"),
            Case(localPart: "LEADS+CVR12345678", domain: "FJORDTEK.example"),
            Case(localPart: "salg", domain: "blåbær.example"),
            Case(localPart: "salg", domain: "BLÅBÆR.example"),
            Case(localPart: "salg", domain: "bla\u{30A}bær.example"),
            Case(localPart: "salg", domain: "xn--blbr-roah.example"),
            Case(localPart: "salg+tak", domain: "XN--BLBR-ROAH.example"),
            Case(localPart: "tilbud", domain: "bækgård.example"),
            Case(localPart: "tilbud", domain: "xn--bkgrd-orae.example"),
            Case(localPart: "søren", domain: "fjordtek.example"),
            Case(localPart: "ny+kunde", domain: "fjordtek.example"),
            Case(localPart: "p\u{E5}l", domain: "fjordtek.example"),
            Case(localPart: "pa\u{30A}l", domain: "fjordtek.example"),
            Case(localPart: "PA\u{30A}L+x", domain: "fjordtek.example"),
            Case(localPart: "leads", domain: "[192.0.2.1]"),
            Case(localPart: "leads", domain: "[ipv6:2001:db8::1]"),
            Case(localPart: "leads", domain: "[IPv6:2001:0DB8:0:0:0:0:0:1]"),
            Case(localPart: "postmaster", domain: "[192.0.2.1]"),
            Case(localPart: "leads", domain: "[192.0.2.2]", refusal: 550),
            Case(localPart: "leads", domain: "[ipv6:2001:db8::2]", refusal: 550),
            Case(localPart: "postmaster", domain: "fjordtek.dk"),
            Case(localPart: "PostMaster", domain: "fjørd.example"),
            Case(localPart: "leads", domain: "fjordtek.dk", refusal: 550),
            Case(localPart: "postmaster", domain: ""),
            Case(localPart: "Postmaster", domain: "xn--blbr-roah.example"),
            Case(localPart: "postmaster", domain: "bækgård.example"),
            Case(localPart: "ny", domain: "fjordtek.example", refusal: 550),
            Case(localPart: "leads", domain: "blåbær.example", refusal: 550),
            Case(localPart: "salg", domain: "xn--blbr-roa.example", refusal: 550),
            Case(localPart: "salg", domain: "blaabaer.example", refusal: 550),
            Case(localPart: "postmaster", domain: "andre.example", refusal: 550),
            Case(localPart: "leads", domain: "", refusal: 550),
        ])
    func spelling(_ fixture: Case) {
        let recipient = MailPath(localPart: fixture.localPart, domain: fixture.domain)
        #expect(intake.refusal(of: recipient)?.code == fixture.refusal)
    }

    @Test("a mailbox unknown at a domain of ours is told apart from one elsewhere, however the domain is written")
    func unknown() {
        for domain in ["blåbær.example", "xn--blbr-roah.example"] {
            #expect(intake.refusal(of: MailPath(localPart: "ingen", domain: domain)) == .unknownMailbox)
        }
        #expect(intake.refusal(of: MailPath(localPart: "ingen", domain: "fjordtek.dk")) == .unknownMailbox)
        for domain in ["andre.example", "[192.0.2.2]", "[ipv6:::1]"] {
            #expect(intake.refusal(of: MailPath(localPart: "salg", domain: domain)) == .relayDenied)
        }
    }
}
