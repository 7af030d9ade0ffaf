import Foundation
import MailAuthentication
import Testing

/// Whose name a message bears, and when that is nobody's for certain.
struct AuthorDomainTests {
    private func domain(_ header: String) async -> String? {
        let octets = Array((header + "\r\n\r\nHej\r\n").utf8)
        return await MailAuthenticator(dns: RecordTable([:])).verify(octets, client: nil, at: Date()).fromDomain
    }

    @Test(arguments: [
        "From: ida@syd.example", "From: <ida@syd.example>", "From: Ida Holm <ida@SYD.example>", "from:ida@syd.example",
        "From: \"Holm, Ida\" <ida@syd.example>", "From: \"a@b.example\" <ida@syd.example>",
        "From: Ida (hjemme) <ida@syd.example>", "From: ida@syd.example (Ida (Holm))",
        "From: (x@y.example) ida@syd.example",
        "From: =?utf-8?q?Ida?= <ida@syd.example>", "From: Søren Ærø <ida@syd.example>",
        "From: Ida\r\n <ida@syd.example>",
        "From: \"Ida \\\" Holm\" <ida@syd.example>", "From: \"ida holm\"@syd.example", "From: <\"a@b\"@syd.example>",
        "From : ida@syd.example", "From: A. B. Holm <ida@syd.example>", "From: ida@syd.example,",
        "To: bo@nord.example\r\nFrom: ida@syd.example",
    ])
    func `one address in one field has a domain`(header: String) async {
        #expect(await domain(header) == "syd.example")
    }

    @Test(arguments: [
        "From: ida@s\u{F8}d.example", "From: Ida <ida@S\u{D8}D.example>", "From: ida@xn--sd-lka.example",
        "From: s\u{F8}ren@s\u{F8}d.example", "From: \"ida holm\"@s\u{F8}d.example",
    ])
    func `a domain beyond ASCII is looked up by its A-labels`(header: String) async {
        #expect(await domain(header) == "xn--sd-lka.example")
    }

    @Test(arguments: [
        "To: ida@syd.example", "From:", "From: Ida", "From: ida@syd.example\r\nFrom: bo@nord.example",
        "From: ida@syd.example\r\nfrom : ida@syd.example", "From: ida@syd.example\nFrom: bo@nord.example",
        "From: ida@syd.example, bo@nord.example", "From: <ida@syd.example>, <bo@nord.example>",
        "From: ida@syd.example <bo@nord.example>", "From: <ida@syd.example> bo@nord.example",
        "From: <ida@syd.example> <bo@nord.example>", "From: gruppe: ida@syd.example;", "From: ida@bo@syd.example",
        "From: <@nord.example:ida@syd.example>", "From: ida@[192.0.2.1]", "From: ida@syd.example bo",
        "From: \"ida@syd.example",
        "From: (ida@syd.example", "From: @syd.example", "From: ida@syd..example",
        "From: ida@syd.example\u{0}", "From: ida@s\u{FFFD}.example", "From: ida@syd\u{FF20}nord.example",
        "no field\r\nFrom: ida@syd.example",
        "From: <ida@syd.example\r\n >, x", "From: ida\\@nord.example@syd.example",
    ])
    func `anything that could be read in two ways has none`(header: String) async {
        #expect(await domain(header) == nil)
    }
}
