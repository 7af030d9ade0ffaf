import MailAuthentication
import Testing

/// Authentication-Results as others write them (RFC 8601).
struct AuthenticationResultsTests {
    private func findings(_ value: String, from id: String = "mx.nord.example") -> [AuthenticationResults.Finding] {
        AuthenticationResults.read(Array("Authentication-Results: \(value)\r\n\r\n".utf8), from: id)
            .flatMap(\.findings)
    }

    @Test func `methods, results, reasons and properties are read`() {
        let found = findings(
            "mx.nord.example 1; spf=pass (sender is ok; really) smtp.mailfrom=a=b@syd.example;\r\n"
                + "\tdkim/1=fail reason=\"bad \\\"body\\\"\" header.d=syd.example header.b=\"ab/c=\";"
                + " DMARC = Pass (p=none (x)) policy.dmarc=none header.from=syd.example")
        #expect(found.map(\.method) == ["spf", "dkim", "dmarc"])
        #expect(found.map(\.result) == ["pass", "fail", "pass"])
        #expect(found.map(\.reason) == [nil, "bad \"body\"", nil])
        #expect(found[0].properties == ["smtp.mailfrom": "a=b@syd.example"])
        #expect(found[1].properties == ["header.d": "syd.example", "header.b": "ab/c="])
        #expect(found[2].properties["header.from"] == "syd.example")
    }

    @Test(arguments: [
        ("mx.nord.example; none", 0), ("mx.nord.example", 0), ("MX.nord.example; spf=pass", 1),
        ("mx.syd.example; dmarc=pass", 0), ("mx.nord.example.evil.example; dmarc=pass", 0), ("; dmarc=pass", 0),
        ("(mx.nord.example) evil.example; dmarc=pass", 0), ("evil.example (; mx.nord.example); dmarc=pass", 0),
        ("mx.nord.example; dmarc=pass (never ends", 0), ("mx.nord.example; dmarc=\"pass", 0),
        ("mx.nord.example; dmarc", 0),
        ("mx.nord.example; =pass; spf=pass", 1), ("\"mx.nord.example\"; spf=pass", 1), ("a b c; spf=pass", 0),
    ])
    func `only what one host says counts`(value: String, count: Int) {
        #expect(findings(value).count == count)
    }

    @Test func `a copy that an outsider wrote in is another field below`() {
        let mail =
            "Authentication-Results: mx.nord.example; dmarc=fail\r\nAuthentication-Results: mx.nord.example; dmarc=pass\r\n"
            + "Authentication-Results: other.example; dmarc=pass\r\n\r\n"
        let fields = AuthenticationResults.read(Array(mail.utf8), from: "mx.nord.example")
        #expect(fields.flatMap(\.findings).map(\.result) == ["fail", "pass"])
    }

    @Test func `many fields and endless ones are bounded`() {
        let many = String(repeating: "Authentication-Results: mx.nord.example; spf=pass\r\n", count: 5_000)
        #expect(AuthenticationResults.read(Array((many + "\r\n").utf8), from: "mx.nord.example").count == 20)
        #expect(findings("mx.nord.example" + String(repeating: "; spf=pass", count: 5_000)).count == 100)
        #expect(findings("mx.nord.example; spf=pass " + String(repeating: "(", count: 100_000)).isEmpty)
        #expect(findings("mx.nord.example; spf=" + String(repeating: "x", count: 60_000)).count == 1)
    }
}
