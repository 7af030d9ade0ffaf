import FoundationEssentials
import Testing

@testable import Doors

@Suite("The pause after failures of a mailbox")
struct BackoffTests {
    @Test("7: it doubles up to a cap, scattered by a quarter")
    func doubles() {
        let backoff = Backoff(first: .seconds(2), cap: .seconds(900))
        let middle = (1...12).map { backoff.pause(after: $0, jitter: 0.5) }
        #expect(middle.prefix(4) == [.seconds(2), .seconds(4), .seconds(8), .seconds(16)])
        #expect(middle.suffix(3) == [.seconds(900), .seconds(900), .seconds(900)])
        #expect(backoff.pause(after: 1, jitter: 0) == .milliseconds(1500))
        #expect(backoff.pause(after: 1, jitter: 1) == .milliseconds(2500))
    }

    @Test("No count of failures is too large or too small", arguments: [Int.min, -1, 0, Int.max])
    func extremes(failures: Int) {
        let pause = Backoff().pause(after: failures, jitter: 1)
        #expect(pause > .zero && pause <= .seconds(1125))
    }
}

@Suite("INTERNALDATE")
struct InternalDateTests {
    @Test(
        "is read with its zone",
        arguments: [
            ("17-Jul-1996 02:44:25 -0700", 837_596_665.0), (" 1-Jan-1970 00:00:00 +0000", 0),
            ("01-jan-1970 01:30:00 +0130", 0), ("29-Feb-2024 23:59:60 +0000", 1_709_251_200),
        ])
    func reads(text: String, seconds: Double) {
        #expect(InternalDate.instant(text) == Date(timeIntervalSince1970: seconds))
    }

    @Test(
        "that is none is refused",
        arguments: [
            "", "17-Jul-1996", "17-Foo-1996 02:44:25 -0700", "0-Jul-1996 02:44:25 -0700", "32-Jul-1996 02:44:25 -0700",
            "17-Jul-1996 02:44 -0700", "17-Jul-1996 02:44:25 GMT", "17-Jul-1996 02:44:25 0700x",
            "17-Jul-99999 02:44:25 -0700", "17-Jul-1996 aa:44:25 -0700", "17-Jul-1996 02:44:25 -07000",
        ])
    func refuses(text: String) { #expect(InternalDate.instant(text) == nil) }
}

@Suite("The Return-Path that a delivering server wrote")
struct ReturnPathFieldTests {
    @Test(
        "is read from the header's fields",
        arguments: [
            ("Return-Path: <a@b.example>\r\nFrom: x\r\n\r\nHej", "a@b.example"),
            ("Received: y\nreturn-path:<a@b.example>\n\n", "a@b.example"), ("RETURN-PATH: <>\r\n\r\n", ""),
            ("Return-Path: \"a>b\"@c.example <a@b.example> \r\n\r\n", "a@b.example"),
        ])
    func reads(mail: String, address: String) { #expect(ReturnPathField.address(in: Array(mail.utf8)[...]) == address) }

    @Test(
        "is not there",
        arguments: [
            "", "From: x\r\n\r\nReturn-Path: <a@b.example>\r\n", "Return-Path: a@b.example\r\n\r\n",
            "X-Return-Path: <a@b.example>\r\n\r\n", "Return-Path: >a<\r\n\r\n",
        ])
    func absent(mail: String) { #expect(ReturnPathField.address(in: Array(mail.utf8)[...]) == nil) }
}

@Suite("What a token is asked for with")
struct OAuthGrantTests {
    private func grant(refresh: String?) -> OAuthGrant {
        OAuthGrant(
            tokenURL: "https://login.example/token", clientID: "brevdue", clientSecret: "a&b=c ø",
            refreshToken: refresh,
            scope: nil, caFile: nil)
    }

    @Test("Secrets are never printed")
    func secrets() {
        let words = "\(grant(refresh: "hemmelig")) \(String(reflecting: grant(refresh: "hemmelig")))"
        #expect(!words.contains("hemmelig") && !words.contains("a&b"))
    }

    @Test(
        "An endpoint's answer is read, its time also as text",
        arguments: [
            (#"{"access_token":"t","expires_in":3600}"#, 3600.0), (#"{"access_token":"t","expires_in":"60"}"#, 60),
            (#"{"access_token":"t"}"#, nil), (#"{"access_token":"t","expires_in":{}}"#, nil),
        ] as [(String, Double?)])
    func answers(text: String, seconds: Double?) throws {
        let answer = try JSONDecoder().decode(TokenAnswer.self, from: Data(text.utf8))
        #expect(answer.accessToken == "t" && answer.expiresIn == seconds)
    }
}
