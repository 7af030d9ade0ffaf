import Foundation
import Hosts
import Mail
import MailAuthentication
import Records
import Testing
import Workflow

@Suite("Whose word on a sender is believed")
struct TrustPolicyTests {
    /// A mail, what was found out about it, and how far that goes.
    struct Case: Sendable, CustomTestStringConvertible {
        var testDescription: String
        var from = "jh@fjordtek.example"
        var dmarc = "fail"
        var signatures: [String] = []
        var domain: String? = "fjordtek.example"
        /// Of the last who sealed it: their domain and what they say of DMARC.
        var seal: (domain: String, dmarc: String)?
        var results: [String] = []
        var trust: SenderTrust
    }

    static let vouched = "mx.fjordtek.example; dmarc=pass header.from=fjordtek.example"

    static let cases = [
        Case(
            testDescription: "a signature of ours", dmarc: "pass", signatures: ["fjordtek.example"], trust: .commands),
        Case(testDescription: "SPF alone", dmarc: "pass", trust: .people),
        Case(testDescription: "nothing", trust: .none),
        Case(testDescription: "no record", dmarc: "none", signatures: ["fjordtek.example"], trust: .none),
        Case(testDescription: "DNS away", dmarc: "temperror", trust: .none),
        Case(
            testDescription: "somebody outside, well proved", from: "m@vestklit.example", dmarc: "pass",
            signatures: ["vestklit.example"], domain: "vestklit.example", trust: .none),
        Case(
            testDescription: "two readers see two domains", dmarc: "pass", signatures: ["evil.example"],
            domain: "evil.example", trust: .none),
        Case(testDescription: "no domain that is certain", dmarc: "permerror", domain: nil, trust: .none),
        Case(testDescription: "a relay says so", results: [vouched], trust: .people),
        Case(
            testDescription: "a relay names the signature too",
            results: [vouched + "; dkim=pass header.d=fjordtek.example"], trust: .commands),
        Case(
            testDescription: "the signature is somebody else's",
            results: [vouched + "; dkim=pass header.d=list.example"], trust: .people),
        Case(
            testDescription: "a relay says so of another domain",
            results: ["mx.fjordtek.example; dmarc=pass header.from=evil.example"], trust: .none),
        Case(
            testDescription: "only what is on top counts",
            results: ["mx.fjordtek.example; dmarc=fail header.from=fjordtek.example", vouched], trust: .none),
        Case(
            testDescription: "a forwarder that we know", seal: ("lists.fjordtek.example", "pass"), trust: .people),
        Case(
            testDescription: "a forwarder that we know, of a failure", seal: ("lists.fjordtek.example", "fail"),
            trust: .none),
        Case(testDescription: "a forwarder that we do not know", seal: ("evil.example", "pass"), trust: .none),
    ]

    @Test("a mail is believed as far as somebody answers for it who may", arguments: cases)
    func believed(_ example: Case) throws {
        let policy = TrustPolicy(
            own: OwnPeople(domains: ["fjordtek.example"]), upstream: nil, forwarders: ["Lists.fjordtek.example"])
        let fields = example.results.map { "Authentication-Results: \($0)\r\n" }.joined()
        let mail = Array("\(fields)From: \(example.from)\r\nSubject: Hej\r\n\r\nHej\r\n".utf8)
        let results = AuthenticationResults.read(mail, from: "mx.fjordtek.example")
        let letter = try Letter(mail, reading: ReadingOptions())
        let (trust, reason) = policy.trust(letter, try Self.verdict(example), results)
        #expect(trust == example.trust && !reason.isEmpty)
    }

    @Test("a relay without its certificate is not believed, and SPF judges no relay all the same")
    func relayWithoutCertificate() throws {
        let network = try #require(Network("10.0.0.5"))
        let policy = TrustPolicy(
            own: OwnPeople(domains: ["fjordtek.example"]),
            upstream: .init(networks: [network], authservID: "mx.fjordtek.example", needsCertificate: true),
            forwarders: [])
        var envelope = ArrivalEnvelope(from: "", recipients: [], remoteAddress: "10.0.0.5")
        #expect(policy.isBehindRelay(envelope) && !policy.isFromUpstream(envelope))
        #expect(policy.believedID(of: envelope) == nil)
        envelope.clientCertificate = "mx.fjordtek.example"
        #expect(policy.isFromUpstream(envelope) && policy.believedID(of: envelope) == "mx.fjordtek.example")
        envelope.remoteAddress = "192.0.2.1"
        #expect(!policy.isBehindRelay(envelope) && !policy.isFromUpstream(envelope))
    }

    @Test(
        "a domain beyond ASCII is one domain, however it is spelled",
        arguments: ["blåbær.example", "xn--blbr-roah.example"])
    func spellings(_ configured: String) throws {
        let policy = TrustPolicy(own: OwnPeople(domains: [configured]), upstream: nil, forwarders: [])
        for written in ["jh@BLÅBÆR.example", "jh@xn--blbr-roah.example"] {
            let letter = try Letter(Array("From: \(written)\r\n\r\nHej\r\n".utf8), reading: ReadingOptions())
            let proved = Case(
                testDescription: "", dmarc: "pass", signatures: ["xn--blbr-roah.example"],
                domain: "xn--blbr-roah.example", trust: .commands)
            #expect(policy.trust(letter, try Self.verdict(proved), []).trust == .commands)
        }
    }

    @Test("two From addresses are nobody's, whatever is proved")
    func twoAuthors() throws {
        let policy = TrustPolicy(own: OwnPeople(domains: ["fjordtek.example"]), upstream: nil, forwarders: [])
        let mail = Array("From: jh@fjordtek.example, x@evil.example\r\n\r\nHej\r\n".utf8)
        let letter = try Letter(mail, reading: ReadingOptions())
        let proved = Case(
            testDescription: "", dmarc: "pass", signatures: ["fjordtek.example"], trust: .commands)
        #expect(policy.trust(letter, try Self.verdict(proved), []).trust == .none)
    }

    private static func verdict(_ example: Case) throws -> AuthenticationVerdict {
        var dmarc: [String: Any] = [
            "result": example.dmarc, "alignedDKIM": example.signatures, "isOpen": example.dmarc == "temperror",
        ]
        dmarc["domain"] = example.domain
        let sealers: [[String: Any]] =
            example.seal.map {
                [["instance": 1, "domain": $0.domain, "dmarc": $0.dmarc, "fromDomain": "fjordtek.example"]]
            } ?? []
        let verdict: [String: Any] = [
            "spf": ["result": "none", "domain": "", "identity": "mailfrom"], "dkim": [[String: Any]](), "dmarc": dmarc,
            "arc": ["result": sealers.isEmpty ? "none" : "pass", "sealers": sealers],
        ]
        return try JSONDecoder().decode(
            AuthenticationVerdict.self, from: JSONSerialization.data(withJSONObject: verdict))
    }
}
