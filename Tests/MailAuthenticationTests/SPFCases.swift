/// Records, clients and what RFC 7208 makes of them.
struct SPFCase: Codable, Sendable, CustomStringConvertible {
    /// The record of `case.example`.
    var record: String
    var address = "192.0.2.1"
    var sender = "ida@case.example"
    var helo = "client.case.example"
    var result: String

    var description: String { "\(record) from \(address) as <\(sender)>" }

    init(
        _ record: String, _ result: String, address: String = "192.0.2.1", sender: String = "ida@case.example",
        helo: String = "client.case.example"
    ) {
        self.record = record
        self.result = result
        self.address = address
        self.sender = sender
        self.helo = helo
    }

    /// What stands beside `case.example`.
    static let names: [String: [String]] = {
        var names: [String: [String]] = [
            "case.example": ["A 192.0.2.1", "AAAA 2001:db8::1", "MX 10 mail.case.example", "MX 20 spare.case.example"],
            "mail.case.example": ["A 192.0.2.10", "AAAA 2001:db8::10"],
            "spare.case.example": ["A 198.51.100.7"],
            "client.case.example": ["A 192.0.2.1", "TXT v=spf1 a -all"],
            "1.2.0.192.in-addr.arpa": ["PTR client.case.example"],
            "9.2.0.192.in-addr.arpa": ["PTR liar.case.example"],
            "liar.case.example": ["A 203.0.113.1"],
            "pass.example": ["TXT v=spf1 ip4:192.0.2.0/24 -all"],
            "fail.example": ["TXT v=spf1 -all"],
            "soft.example": ["TXT v=spf1 ~all"],
            "broken.example": ["FAIL"],
            "bad.example": ["TXT v=spf1 nonsense -all"],
            "nothing.example": ["TXT something else"],
            "two.example": ["TXT v=spf1 -all", "TXT v=spf1 +all"],
            "loop.example": ["TXT v=spf1 include:loop2.example -all"],
            "loop2.example": ["TXT v=spf1 include:loop.example -all"],
            "loop3.example": ["TXT v=spf1 redirect=loop3.example"],
            "many.example": (0..<11).map { "MX \($0) m\($0).example" },
            "ten.example": (0..<10).map { "MX \($0) t\($0).example" },
            "ida.lists.example": ["A 127.0.0.2"],
            "1.2.0.192.client.case.example": ["A 127.0.0.2"],
            "192.0.2.1.in-addr.lists.example": ["A 127.0.0.2"],
            "example.lists.example": ["A 127.0.0.2"],
            "b.a.lists.example": ["A 127.0.0.2"],
            "client.case.example.lists.example": ["A 127.0.0.2"],
            "1.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.8.b.d.0.1.0.0.2.six.example": ["A 127.0.0.2"],
        ]
        for number in 0..<10 { names["t\(number).example"] = ["A 203.0.113.\(number)"] }
        for number in 0..<11 { names["m\(number).example"] = ["A 203.0.113.\(number)"] }
        for number in 0..<12 { names["i\(number).example"] = ["TXT v=spf1 ?all"] }
        for number in 0..<12 { names["a\(number).example"] = ["A 203.0.113.\(number)"] }
        return names
    }()

    /// Where pyspf takes what the RFC does not allow: section 7.1, "if a DIGIT is specified, it MUST be nonzero".
    static let stricter = [SPFCase("v=spf1 exists:%{d0}.example -all", "permerror")]

    static let all: [SPFCase] = mechanisms + addresses + errors + includes + limits + macros

    static let mechanisms = [
        SPFCase("v=spf1 +all", "pass"), SPFCase("v=spf1 -all", "fail"), SPFCase("v=spf1 ~all", "softfail"),
        SPFCase("v=spf1 ?all", "neutral"), SPFCase("v=spf1", "neutral"), SPFCase("V=SPF1 -ALL", "fail"),
        SPFCase("v=spf1  ip4:192.0.2.1   -all ", "pass"), SPFCase("v=spf10 -all", "none"),
        SPFCase("v=spf2 -all", "none"),
        SPFCase("v=spf1 a -all", "pass"), SPFCase("v=spf1 a -all", "fail", address: "192.0.2.2"),
        SPFCase("v=spf1 a/24 -all", "pass", address: "192.0.2.77"), SPFCase("v=spf1 a:mail.case.example -all", "fail"),
        SPFCase("v=spf1 a:mail.case.example/28 -all", "pass"), SPFCase("v=spf1 mx -all", "pass", address: "192.0.2.10"),
        SPFCase("v=spf1 mx -all", "pass", address: "198.51.100.7"), SPFCase("v=spf1 mx -all", "fail"),
        SPFCase("v=spf1 mx/24 -all", "pass"), SPFCase("v=spf1 mx:case.example/8//64 -all", "pass"),
        SPFCase("v=spf1 ptr -all", "pass"), SPFCase("v=spf1 ptr -all", "fail", address: "192.0.2.9"),
        SPFCase("v=spf1 ptr:client.case.example -all", "pass"), SPFCase("v=spf1 ptr:other.example -all", "fail"),
        SPFCase("v=spf1 exists:mail.case.example -all", "pass"), SPFCase("v=spf1 exists:no.case.example -all", "fail"),
        SPFCase("v=spf1 foo=bar -all", "fail"), SPFCase("v=spf1 exp=explain.case.example -all", "fail"),
    ]

    static let addresses = [
        SPFCase("v=spf1 ip4:192.0.2.0/24 -all", "pass"), SPFCase("v=spf1 ip4:192.0.2.2 -all", "fail"),
        SPFCase("v=spf1 ip4:192.0.2.0/31 -all", "pass"), SPFCase("v=spf1 ip4:192.0.2.2/31 -all", "fail"),
        SPFCase("v=spf1 ip4:0.0.0.0/0 -all", "pass"), SPFCase("v=spf1 ip6:2001:db8::/32 -all", "fail"),
        SPFCase("v=spf1 ip6:2001:db8::/32 -all", "pass", address: "2001:db8::99"),
        SPFCase("v=spf1 ip6:2001:db8::1 -all", "pass", address: "2001:db8::1"),
        SPFCase("v=spf1 ip6:2001:db8::2/127 -all", "fail", address: "2001:db8::1"),
        SPFCase("v=spf1 a -all", "pass", address: "2001:db8::1"),
        SPFCase("v=spf1 a//64 -all", "pass", address: "2001:db8::77"),
        SPFCase("v=spf1 mx -all", "pass", address: "2001:db8::10"),
        SPFCase("v=spf1 ip4:0.0.0.0/0 -all", "fail", address: "2001:db8::1"),
    ]

    static let errors = [
        SPFCase("v=spf1 ip4:192.0.2.1/33 -all", "permerror"), SPFCase("v=spf1 ip4:192.0.2 -all", "permerror"),
        SPFCase("v=spf1 ip4:192.0.2.1/ -all", "permerror"), SPFCase("v=spf1 ip6:2001:db8::/129 -all", "permerror"),
        SPFCase("v=spf1 a/33 -all", "permerror"), SPFCase("v=spf1 a: -all", "permerror"),
        SPFCase("v=spf1 include -all", "permerror"), SPFCase("v=spf1 exists -all", "permerror"),
        SPFCase("v=spf1 nonsense -all", "permerror"), SPFCase("v=spf1 ip4:192.0.2.1 nonsense", "permerror"),
        SPFCase("v=spf1 all:x -all", "permerror"), SPFCase("v=spf1 redirect=a.example redirect=b.example", "permerror"),
        SPFCase("v=spf1 exp=a.example exp=b.example", "permerror"),
        SPFCase("v=spf1 exists:%{x}.example -all", "permerror"),
        SPFCase("v=spf1 exists:%(i).example -all", "permerror"), SPFCase("v=spf1 a:example.123 -all", "permerror"),
        SPFCase("v=spf1 exists:%{i -all", "permerror"), SPFCase("v=spf1 a:localhost -all", "permerror"),
    ]

    static let includes = [
        SPFCase("v=spf1 include:pass.example -all", "pass"), SPFCase("v=spf1 include:fail.example ~all", "softfail"),
        SPFCase("v=spf1 include:soft.example ?all", "neutral"),
        SPFCase("v=spf1 include:nothing.example -all", "permerror"),
        SPFCase("v=spf1 include:bad.example -all", "permerror"),
        SPFCase("v=spf1 include:broken.example -all", "temperror"),
        SPFCase("v=spf1 include:two.example -all", "permerror"), SPFCase("v=spf1 redirect=pass.example", "pass"),
        SPFCase("v=spf1 redirect=fail.example", "fail"), SPFCase("v=spf1 redirect=nothing.example", "permerror"),
        SPFCase("v=spf1 redirect=broken.example", "temperror"),
        SPFCase("v=spf1 ~all redirect=pass.example", "softfail"),
        SPFCase("v=spf1 -include:pass.example +all", "fail"), SPFCase("v=spf1 a:broken.example -all", "temperror"),
        SPFCase("v=spf1 ip4:192.0.2.1 a:broken.example -all", "pass"),
        SPFCase("v=spf1 -all", "none", sender: "ida@nothing.example"),
        SPFCase("v=spf1 -all", "permerror", sender: "ida@two.example"),
        SPFCase("v=spf1 -all", "temperror", sender: "ida@broken.example"),
        SPFCase("v=spf1 -all", "pass", sender: ""), SPFCase("v=spf1 +all", "fail", sender: "", helo: "fail.example"),
        SPFCase("v=spf1 -all", "none", sender: "", helo: "unknown.example"),
    ]

    static let limits = [
        SPFCase("v=spf1 include:loop.example -all", "permerror"), SPFCase("v=spf1 redirect=loop3.example", "permerror"),
        SPFCase("v=spf1 " + (0..<10).map { "include:i\($0).example " }.joined() + "-all", "fail"),
        SPFCase("v=spf1 " + (0..<11).map { "include:i\($0).example " }.joined() + "-all", "permerror"),
        SPFCase("v=spf1 " + (0..<10).map { "a:a\($0).example " }.joined() + "-all", "fail"),
        SPFCase("v=spf1 " + (0..<11).map { "a:a\($0).example " }.joined() + "-all", "permerror"),
        SPFCase("v=spf1 mx:ten.example -all", "fail"), SPFCase("v=spf1 mx:many.example -all", "permerror"),
        SPFCase("v=spf1 a:n1.example a:n2.example -all", "fail"),
        SPFCase("v=spf1 a:n1.example a:n2.example a:n3.example -all", "permerror"),
        SPFCase("v=spf1 exists:n1.example a:n2.example mx:n3.example -all", "permerror"),
    ]

    static let macros = [
        SPFCase("v=spf1 exists:%{l}.lists.example -all", "pass"), SPFCase("v=spf1 exists:%{ir}.%{h} -all", "pass"),
        SPFCase("v=spf1 exists:%{i}.%{v}.lists.example -all", "pass"),
        SPFCase("v=spf1 exists:%{d1}.lists.example -all", "pass"),
        SPFCase("v=spf1 exists:%{l1r-}.lists.example -all", "fail", sender: "a-b@case.example"),
        SPFCase("v=spf1 exists:%{lr-}.lists.example -all", "pass", sender: "a-b@case.example"),
        SPFCase("v=spf1 exists:%{h}.lists.example -all", "pass"),
        SPFCase("v=spf1 exists:%{p}.lists.example -all", "pass"),
        SPFCase("v=spf1 exists:%{ir}.six.example -all", "pass", address: "2001:db8::1"),

        SPFCase("v=spf1 include:%{o1r}%{d2}.example -all", "permerror"),
        SPFCase("v=spf1 redirect=%{o1}.nothing.example", "permerror"),
    ]
}
