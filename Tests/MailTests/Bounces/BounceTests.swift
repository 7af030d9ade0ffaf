import Testing

@testable import Mail

@Suite("Delivery reports")
struct BounceTests {
    @Test("a report is read by its fields", arguments: BounceFixture.withFields)
    func fields(_ fixture: BounceFixture) throws {
        let letter = try fixture.letter()
        let report = try #require(letter.report)
        #expect(report.recipients == fixture.recipients)
        #expect(report.returned == .init(messageID: fixture.messageID, mark: fixture.mark))
        #expect(report.envelopeID == fixture.envelopeID)
        #expect(letter.nature == .bounce && !letter.autoReply.allowed)
    }

    @Test("a report without fields is read by its words", arguments: BounceFixture.withoutFields)
    func words(_ fixture: BounceFixture) throws {
        let letter = try fixture.letter()
        let report = try #require(letter.report)
        #expect(report.recipients.first == fixture.recipients.first)
        #expect(report.returned == .init(messageID: fixture.messageID, mark: fixture.mark))
        #expect(letter.nature == .bounce && !letter.autoReply.allowed)
    }

    @Test("what a person writes about a mail that failed is no report", arguments: BounceFixture.withoutFields)
    func people(_ fixture: BounceFixture) throws {
        var fixture = fixture
        fixture.header = "From: Bo Lund <bo@lund.example>"
        let letter = try fixture.letter(returnPath: "bo@lund.example")
        #expect(letter.report == nil && letter.nature == .person)
    }

    @Test("an absence note by the null path is no report, whatever it says", arguments: BounceFixture.withoutFields)
    func absences(_ fixture: BounceFixture) throws {
        var fixture = fixture
        fixture.header = "From: Bo Lund <bo@lund.example>\nAuto-Submitted: auto-replied"
        let letter = try fixture.letter()
        #expect(letter.report == nil && letter.nature == .autoReply)
    }

    @Test(
        "only an address that is none is unreachable",
        arguments: [
            ("5.1.1", true), ("5.1.10", true), ("5.1.2", true), ("5.2.1", true), ("5.2.2", false), ("5.7.1", false),
            ("5.1.8", false), ("4.1.1", false), ("5.0.0", false), (nil, false),
        ] as [(String?, Bool)])
    func unreachable(_ status: String?, _ isUnreachable: Bool) {
        let recipient = DeliveryReport.Recipient(address: "a@b.example", action: .failed, status: status)
        #expect(recipient.isUnreachable == isUnreachable)
    }

    @Test("a temporary failure never makes an address unreachable")
    func delayed() {
        #expect(!DeliveryReport.Recipient(address: "a@b.example", action: .delayed, status: "5.1.1").isUnreachable)
    }

    @Test("of ten thousand recipients a hundred are kept", .timeLimit(.minutes(1)))
    func many() throws {
        let groups = (1...10_000).map { "Final-Recipient: rfc822; k\($0)@vang.example\nAction: failed\nStatus: 5.1.1" }
        let fixture = BounceFixture.report(
            "many", status: "Reporting-MTA: dns; mx.example\n\n" + groups.joined(separator: "\n\n"), recipients: [])
        let report = try #require(try fixture.letter().report)
        #expect(report.recipients.count == 100)
        let text = (1...10_000).map { "<k\($0)@vang.example>: 550 5.1.1 unknown" }.joined(separator: "\n\n")
        let words = BounceFixture(
            name: "many", body: "Content-Type: text/plain\n\nYour message could not be delivered.\n\n" + text,
            recipients: [])
        #expect(try words.letter().report?.recipients.count == 20)
    }

    @Test("a report within a report is not followed")
    func nested() throws {
        let inner = BounceFixture.withFields[0]
        let fixture = BounceFixture.report(
            "nested",
            status: """
                Reporting-MTA: dns; mx.example

                Final-Recipient: rfc822; outer@vang.example
                Action: failed
                Status: 5.4.6
                """,
            returned: "Content-Type: message/rfc822\n\nFrom: a@b.example\nMessage-ID: <outer@x.example>\n"
                + inner.body.replacing("\"b\"", with: "\"c\"").replacing("--b", with: "--c"), recipients: [])
        let report = try #require(try fixture.letter().report)
        #expect(report.recipients.map(\.address) == ["outer@vang.example"])
        #expect(report.returned.messageID == "<outer@x.example>")
    }

    @Test("what one of us sends on with a report in it is no report")
    func forwarded() throws {
        let inner = BounceFixture.withFields[0]
        let read = try letter(
            """
            From: Jonas Holm <jh@fjordtek.example>
            Subject: VS: Mail
            Content-Type: multipart/mixed; boundary="m"

            --m
            Content-Type: text/plain

            Se her.
            --m
            Content-Type: message/rfc822

            \(inner.header)
            \(inner.body)
            --m--
            """, own: ["fjordtek.example"], returnPath: "jh@fjordtek.example")
        #expect(read.report == nil)
    }

    @Test(
        "status codes in words",
        arguments: [
            ("550 5.1.1 no", "5.1.1"), ("said: 5.7.26.", "5.7.26"), ("host 192.0.2.1", nil), ("version 5.1.1.2", nil),
            ("(#5.1.10)", "5.1.10"), ("5.1", nil), ("5..1", nil),
        ] as [(String, String?)])
    func codes(_ text: String, _ code: String?) { #expect(StatusCode.first(in: text) == code) }
}
