import Mail
import Testing

@Suite("One address in all its spellings")
struct MailboxTests {
    @Test(
        "addresses are compared in one form, and what is ASCII stays what it is in lower case",
        arguments: [
            ("Bo@Lund.example", "bo@lund.example"), ("SØREN@BÜCHER.example", "søren@xn--bcher-kva.example"),
            ("bo@xn--BCHER-kva.example", "bo@xn--bcher-kva.example"), ("\"A@B\"@lund.example", "\"a@b\"@lund.example"),
            ("bo@[IPv6:2001:DB8:0::1]", "bo@[ipv6:2001:db8::1]"), ("bo@[192.0.2.1]", "bo@[192.0.2.1]"),
            ("bo@a＠b.example", "bo@a＠b.example"), ("Postmaster", "postmaster"), ("Bo@", "bo@"), ("", ""),
        ])
    func comparable(_ address: String, _ expected: String) {
        let mailbox = Mailbox(address: address)
        #expect(mailbox.comparable == expected)
        #expect(Mailbox(address: mailbox.comparable).comparable == expected)
        #expect(mailbox.envelopeAddress.lowercased() == expected)
        #expect(mailbox.spellings.isSuperset(of: [expected, address.lowercased()]))
    }

    @Test("an envelope has the local part as written", arguments: ["Bo@bücher.example", "Bo@XN--BCHER-KVA.example"])
    func envelope(_ address: String) {
        #expect(Mailbox(address: address).envelopeAddress == "Bo@xn--bcher-kva.example")
        #expect(Mailbox(address: address).spellings == ["bo@bücher.example", "bo@xn--bcher-kva.example"])
    }

    @Test("our own people and domains are ours in every spelling, literals too")
    func own() {
        let own = OwnPeople(
            domains: ["Bücher.example", "[IPv6:2001:db8:0::1]"], addresses: ["Bo@[IPv6:2001:db8:0::1]"])
        #expect(own.includes(Mailbox(address: "bo@[ipv6:2001:DB8::1]")))
        #expect(own.owns(Mailbox(address: "ib@[ipv6:2001:DB8::1]")))
        #expect(own.owns(Mailbox(address: "ib@xn--bcher-kva.example")))
        #expect(!own.includes(Mailbox(address: "ib@xn--bcher-kva.example")))
        #expect(!own.owns(Mailbox(address: "ib@bucher.example")))
    }
}
