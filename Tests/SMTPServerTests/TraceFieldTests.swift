import Foundation
import Testing

@testable import SMTPServer

@Suite("Trace fields")
struct TraceFieldTests {
    @Test(
        "30: what the peer calls itself cannot break out of its place",
        arguments: [
            ("client.example", "client.example"), ("[192.0.2.7]", "[192.0.2.7]"),
            ("[IPv6:2001:db8::1]", "[IPv6:2001:db8::1]"),
            ("a\r\nBcc: b", "aBcc:b"), ("x(y", "xy"), ("x)y", "xy"), ("x;y", "xy"), ("x\"y\\", "xy"), ("<a@b>", "ab"),
            ("søren", "sren"), ("", "unknown"), ("((", "unknown"),
            (String(repeating: "a", count: 300), String(repeating: "a", count: 255)),
        ])
    func sanitised(_ name: String, _ expected: String) {
        #expect(
            field(SessionInfo(remoteAddress: "192.0.2.7", heloName: name, with: "ESMTP"))
                == "Received: from \(expected) ([192.0.2.7]) by mx.fjordtek.example with ESMTP id 42;"
                + " Thu, 26 Nov 2026 08:05:09 +0000")
    }

    @Test("30: an address of IPv6 is written as a literal")
    func literal() {
        let field = field(SessionInfo(remoteAddress: "2001:db8::1", heloName: "x", with: "UTF8SMTP"))
        #expect(field.hasPrefix("Received: from x ([IPv6:2001:db8::1]) by mx.fjordtek.example with UTF8SMTP id 42; "))
    }

    private func field(_ session: SessionInfo) -> String {
        TraceField.make(
            session: session, hostname: Play.hostname, id: "42", at: Date(timeIntervalSince1970: 1_795_680_309))
    }
}
