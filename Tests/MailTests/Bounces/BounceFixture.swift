import Mail
import Testing

/// A report as a mail server writes it, in words of our own, and what is to be read in it.
struct BounceFixture: Sendable, CustomTestStringConvertible {
    var name: String
    var header = "From: MAILER-DAEMON@mx.example"
    var body: String
    var recipients: [DeliveryReport.Recipient]
    var messageID: String? = "<9.brevdue@fjordtek.example>"
    var mark: String?
    var envelopeID: String?
    var testDescription: String { name }

    /// The mail, with a null return path unless another one is given.
    func letter(returnPath: String? = "") throws -> Letter {
        try MailTests.letter("\(header)\nTo: leads@fjordtek.example\nSubject: Mail\n\(body)", returnPath: returnPath)
    }

    /// A report with the three parts of RFC 6522.
    static func report(
        _ name: String, text: String = "Sorry.", status: String, returned: String? = nil,
        statusType: String = "message/delivery-status", recipients: [DeliveryReport.Recipient], mark: String? = nil,
        envelopeID: String? = nil
    ) -> BounceFixture {
        let returned =
            returned ?? """
                Content-Type: text/rfc822-headers

                From: leads@fjordtek.example
                Message-ID: <9.brevdue@fjordtek.example>
                """
        return BounceFixture(
            name: name,
            body: """
                Content-Type: multipart/report; report-type=delivery-status; boundary="b"

                --b
                Content-Type: text/plain; charset=utf-8

                \(text)
                --b
                Content-Type: \(statusType)

                \(status)
                --b
                \(returned)
                --b--
                """, recipients: recipients, mark: mark, envelopeID: envelopeID)
    }
}

extension BounceFixture {
    static let withFields: [BounceFixture] = [
        .report(
            "Postfix",
            status: """
                Reporting-MTA: dns; mx.example
                Original-Envelope-Id: env-7
                X-Postfix-Queue-ID: 4F1C22A0B7

                Final-Recipient: rfc822; kim@vang.example
                Original-Recipient: rfc822;kim@vang.example
                Action: failed
                Status: 5.1.1
                Diagnostic-Code: smtp; 550 5.1.1 <kim@vang.example>: Recipient
                    address rejected
                """,
            recipients: [
                .init(
                    address: "kim@vang.example", action: .failed, status: "5.1.1",
                    words: "550 5.1.1 <kim@vang.example>: Recipient    address rejected")
            ], envelopeID: "env-7"),
        .report(
            "Exim, whose status says nothing",
            status: """
                Reporting-MTA: dns; mx.example

                Action: failed
                Final-Recipient: rfc822;kim@vang.example
                Status: 5.0.0
                Remote-MTA: dns; mx.vang.example
                Diagnostic-Code: smtp; 550 no such user here
                """,
            returned: """
                Content-Type: message/rfc822

                From: leads@fjordtek.example
                Message-ID: <9.brevdue@fjordtek.example>
                X-Brevdue-Id: 0123456789abcdef0123456789abcdef

                Hej
                """,
            recipients: [
                .init(address: "kim@vang.example", action: .failed, status: "5.1.1", words: "550 no such user here")
            ], mark: "0123456789abcdef0123456789abcdef"),
        .report(
            "a delay",
            status: """
                Reporting-MTA: dns; mx.example

                Final-Recipient: rfc822; kim@vang.example
                Action: delayed
                Status: 4.4.1
                Will-Retry-Until: Sat, 28 Nov 2026 10:00:00 +0100
                """, recipients: [.init(address: "kim@vang.example", action: .delayed, status: "4.4.1")]),
        .report(
            "delivered, relayed and expanded",
            status: """
                Reporting-MTA: dns; mx.example

                Final-Recipient: rfc822; a@vang.example
                Action: delivered
                Status: 2.1.5

                Final-Recipient: rfc822; b@vang.example
                Action: relayed (to a system that reports nothing)
                Status: 2.0.0

                Final-Recipient: rfc822; c@vang.example
                Action: EXPANDED
                Status: 2.0.0
                """,
            recipients: [
                .init(address: "a@vang.example", action: .delivered, status: "2.1.5"),
                .init(address: "b@vang.example", action: .relayed, status: "2.0.0"),
                .init(address: "c@vang.example", action: .expanded, status: "2.0.0"),
            ]),
        .report(
            "Exchange, where a forwarder's own address fails",
            status: """
                Reporting-MTA: dns;HOST.prod.outlook.example

                Original-Recipient: rfc822;kim@vang.example
                Final-Recipient: rfc822;kim.vang@elsewhere.example
                Action: failed
                Status: 5.1.10
                Diagnostic-Code: smtp;550 5.1.10 RESOLVER.ADR.RecipientNotFound; Recipient not found
                """,
            recipients: [
                .init(
                    address: "kim.vang@elsewhere.example", original: "kim@vang.example", action: .failed,
                    status: "5.1.10", words: "550 5.1.10 RESOLVER.ADR.RecipientNotFound; Recipient not found")
            ]),
        .report(
            "no action, all fields in one group, an address without type",
            status: """
                Reporting-MTA: dns; mx.example
                Final-Recipient: <kim@vang.example>
                Status: 5.2.2 (mailbox full)
                """, recipients: [.init(address: "kim@vang.example", action: .failed, status: "5.2.2")]),
        .report(
            "RFC 6533, with letters beyond ASCII",
            status: """
                Reporting-MTA: dns; mx.example

                Final-Recipient: utf-8; søren@vang.example
                Action: failed
                Status: 5.1.1
                """, statusType: "message/global-delivery-status",
            recipients: [.init(address: "søren@vang.example", action: .failed, status: "5.1.1")]),
        .report(
            "Gmail",
            text: "** Address not found **\n\nYour message wasn't delivered to kim@vang.example.",
            status: """
                Reporting-MTA: dns; mail.gmail.example
                Received-From-MTA: dns; leads@fjordtek.example

                Final-Recipient: rfc822; kim@vang.example
                Action: failed
                Status: 5.1.1
                Remote-MTA: dns; mx.vang.example. (192.0.2.1, the server for the domain.)
                Diagnostic-Code: smtp; 550-5.1.1 The account does not exist.
                 550 5.1.1 Try another one.
                """,
            recipients: [
                .init(
                    address: "kim@vang.example", action: .failed, status: "5.1.1",
                    words: "550-5.1.1 The account does not exist. 550 5.1.1 Try another one.")
            ]),
    ]
}
