import Mail

extension BounceFixture {
    private static func text(
        _ name: String, header: String = "From: MAILER-DAEMON@mx.example", _ text: String,
        _ action: DeliveryReport.Action = .failed, status: String? = "5.1.1", words: String,
        address: String = "kim@vang.example", messageID: String? = "<9.brevdue@fjordtek.example>", mark: String? = nil
    ) -> BounceFixture {
        BounceFixture(
            name: name, header: header, body: "Content-Type: text/plain; charset=utf-8\n\n\(text)",
            recipients: [.init(address: address, action: action, status: status, words: words)], messageID: messageID,
            mark: mark)
    }

    static let withoutFields: [BounceFixture] = [
        text(
            "qmail",
            """
            Hi. This is the qmail-send program at mx.example.
            I wasn't able to deliver your message to these addresses.
            This is a permanent error; I've given up. Sorry.

            <kim@vang.example>:
            192.0.2.1 does not like recipient.
            Remote host said: 550 5.1.1 no mailbox here by that name
            Giving up on 192.0.2.1.

            --- Below this line is a copy of the message.

            Return-Path: <leads+b-1@fjordtek.example>
            From: leads@fjordtek.example
            Message-ID: <9.brevdue@fjordtek.example>
            X-Brevdue-Id: 0123

            Ring to ole@vang.example
            """,
            words: """
                <kim@vang.example>: 192.0.2.1 does not like recipient. Remote host said: 550 5.1.1 no mailbox here by that \
                name Giving up on 192.0.2.1.
                """, mark: "0123"),
        text(
            "Exim's older reports",
            header: "From: Mail Delivery System <Mailer-Daemon@mx.example>\nX-Failed-Recipients: kim@vang.example",
            """
            This message was created automatically by mail delivery software.

            A message that you sent could not be delivered to one or more of its
            recipients. This is a permanent error. The following address(es) failed:

              kim@vang.example
                Unrouteable address

            ------ This is a copy of the message, including all the headers. ------

            From: leads@fjordtek.example
            Message-ID: <9.brevdue@fjordtek.example>
            """, words: "kim@vang.example Unrouteable address"),
        text(
            "Postfix, text alone",
            """
            This is the mail system at host mx.example.

            I'm sorry to have to inform you that your message could not
            be delivered to one or more recipients. It's attached below.

            For further assistance, please send mail to postmaster.

            <kim@vang.example>: host mx.vang.example[192.0.2.1] said: 552 5.2.2
                Mailbox full (in reply to RCPT TO command)
            """, status: "5.2.2",
            words: """
                <kim@vang.example>: host mx.vang.example[192.0.2.1] said: 552 5.2.2 Mailbox full (in reply to RCPT TO command)
                """, messageID: nil),
        text(
            "Postfix, a delay",
            """
            This is the mail system at host mx.example. Your message could not be
            delivered for more than 4 hours. It will be retried until it is 5 days old.

            <kim@vang.example>: connect to mx.vang.example: Connection timed out (4.4.1)
            """, .delayed, status: "4.4.1",
            words: "<kim@vang.example>: connect to mx.vang.example: Connection timed out (4.4.1)", messageID: nil),
        text(
            "Microsoft 365", header: "From: Microsoft Outlook <postmaster@outlook.example>",
            """
            Your message to kim@vang.example couldn't be delivered.

            kim wasn't found at vang.example.

            Diagnostic information for administrators:

            Remote server returned '550 5.1.10 RESOLVER.ADR.RecipientNotFound; not found by lookup'

            Original message headers:

            From: Brevdue <leads@fjordtek.example>
            Subject: Svar
            Message-ID: <9.brevdue@fjordtek.example>
            """, status: "5.1.10",
            words: "Remote server returned '550 5.1.10 RESOLVER.ADR.RecipientNotFound; not found by lookup'"),
        text(
            "Exchange in Danish", header: "From: Microsoft Outlook <postmaster@fjordtek.example>",
            """
            Din meddelelse til kim@vang.example kunne ikke leveres.

            kim blev ikke fundet på vang.example.
            """, words: "Din meddelelse til kim@vang.example kunne ikke leveres.", messageID: nil),
        text(
            "Gmail, text alone",
            header: "From: Mail Delivery Subsystem <mailer-daemon@mail.example>\nX-Failed-Recipients: kim@vang.example",
            """
            ** Address not found **

            Your message wasn't delivered to kim@vang.example because the address couldn't be found.

            The response from the remote server was:

            550 5.1.1 The account that you tried to reach does not exist.

            ----- Original message -----

            From: leads@fjordtek.example
            Message-ID: <9.brevdue@fjordtek.example>
            """, words: "550 5.1.1 The account that you tried to reach does not exist."),
        text(
            "Gmail, a delay", header: "From: mailer-daemon@mail.example\nX-Failed-Recipients: kim@vang.example",
            """
            ** Delivery incomplete **

            There was a temporary problem delivering your message to kim@vang.example. We will retry for 46 more hours.
            """, .delayed, status: nil,
            words: """
                There was a temporary problem delivering your message to kim@vang.example. We will retry for 46 more hours.
                """, messageID: nil),
        text(
            "sendmail",
            """
            The original message was received at Tue, 24 Nov 2026 10:15:00 +0100

               ----- The following addresses had permanent fatal errors -----
            <kim@vang.example>
                (reason: 550 5.1.1 <kim@vang.example>... User unknown)

               ----- Transcript of session follows -----
            ... while talking to mx.vang.example.:
            """,
            words: """
                ----- The following addresses had permanent fatal errors ----- <kim@vang.example> (reason: 550 5.1.1 \
                <kim@vang.example>... User unknown)
                """, messageID: nil),
        text(
            "a forwarder", header: "From: postmaster@forward.example",
            """
            Your message could not be delivered to kim.vang@elsewhere.example, where kim@vang.example sends its mail on.

            554 5.7.1 Message rejected as spam
            """, status: "5.7.1", words: "554 5.7.1 Message rejected as spam",
            address: "kim.vang@elsewhere.example", messageID: nil),
    ]
}
