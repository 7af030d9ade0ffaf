@testable import SMTPServer

extension Dialogue {
    /// How a session opens and which commands are understood.
    static let session: [Dialogue] = [
        Dialogue(
            cases: "1, 3", name: "the greeting names no product; EHLO announces what is there and nothing else",
            script: """
                S: 220 mx.fjordtek.example ESMTP
                C: EHLO client.example
                S: 250-mx.fjordtek.example
                S: 250-PIPELINING
                S: 250-SIZE 52428800
                S: 250-8BITMIME
                S: 250-SMTPUTF8
                S: 250 ENHANCEDSTATUSCODES
                C: quit
                S: 221 2.0.0
                END
                """),
        Dialogue(
            cases: "2", name: "EHLO and HELO need a name, and without one change nothing",
            script: """
                S: 220
                C: HELO client.example
                S: 250 mx.fjordtek.example
                C: MAIL FROM:<kunde@example.org>
                S: 250 2.1.0
                C: EHLO
                S: 501
                C: HELO  \("")
                S: 501
                C: RCPT TO:<leads@fjordtek.example>
                S: 250 2.1.5
                """),
        Dialogue(
            cases: "2", name: "after HELO no parameter is known",
            script: """
                S: 220
                C: HELO client.example
                S: 250 mx
                C: MAIL FROM:<kunde@example.org> SIZE=100
                S: 555 5.5.4
                C: MAIL FROM:<kunde@example.org> BODY=8BITMIME
                S: 555 5.5.4
                C: MAIL FROM:<kunde@example.org>
                S: 250 2.1.0
                C: RCPT TO:<leads@fjordtek.example> NOTIFY=NEVER
                S: 555 5.5.4
                """),
        Dialogue(
            cases: "4", name: "commands before EHLO, unknown ones and known ones that are not supported",
            script: """
                S: 220
                C: MAIL FROM:<kunde@example.org>
                S: 503 5.5.1
                C: AUTH PLAIN AGEAYg==
                S: 503 5.5.1
                C: EHLO client.example
                S*5: 250-
                S: 250 ENHANCEDSTATUSCODES
                C: FROB
                S: 500 5.5.2
                C: ETRN example.org
                S: 502 5.5.1
                C: TURN
                S: 502 5.5.1
                C: EXPN staff
                S: 502 5.5.1
                C: BDAT 3 LAST
                S: 502 5.5.1
                C: STARTTLS
                S: 502 5.5.1
                C: AUTH PLAIN AGEAYg==
                S: 502 5.5.1
                """),
        Dialogue(
            cases: "4, 41", name: "commands in the wrong order",
            script: """
                S: 220
                C: HELO client.example
                S: 250
                C: RCPT TO:<leads@fjordtek.example>
                S: 503 5.5.1
                C: DATA
                S: 503 5.5.1
                C: MAIL FROM:<kunde@example.org>
                S: 250 2.1.0
                C: MAIL FROM:<anden@example.org>
                S: 503 5.5.1
                C: DATA
                S: 503 5.5.1
                C: DATA now
                S: 501 5.5.4
                """),
        Dialogue(
            cases: "5", name: "RSET drops the envelope and keeps the name",
            script: """
                S: 220
                C: RSET
                S: 250 2.0.0
                C: HELO client.example
                S: 250
                C: MAIL FROM:<kunde@example.org>
                S: 250
                C: RSET
                S: 250 2.0.0
                C: RCPT TO:<leads@fjordtek.example>
                S: 503 5.5.1
                C: MAIL FROM:<kunde@example.org>
                S: 250
                C: RSET all
                S: 501
                """),
        Dialogue(
            cases: "6", name: "NOOP, HELP and VRFY, which tells nothing",
            script: """
                S: 220
                C: NOOP
                S: 250 2.0.0
                C: NOOP any text: <even> "this
                S: 250 2.0.0
                C: HELP
                S: 214
                C: HELP MAIL
                S: 214
                C: VRFY leads
                S: 252
                C: VRFY nobody
                S: 252
                C: VRFY
                S: 501
                """),
        Dialogue(
            cases: "7", name: "QUIT in a transaction is answered after all before it, and nothing after it",
            script: """
                S: 220
                C: EHLO client.example
                S*5: 250-
                S: 250 ENHANCEDSTATUSCODES
                C: MAIL FROM:<kunde@example.org>
                S: 250
                C: RCPT TO:<leads@fjordtek.example>
                S: 250
                C: QUIT
                S: 221 2.0.0
                END
                C: NOOP
                """),
        Dialogue(
            cases: "8",
            name: "2,048 octets of a command line are understood, one more is an error and no more than that",
            script: """
                S: 220
                C: NOOP \\$2041
                S: 250 2.0.0
                C: NOOP \\$2042
                S: 500 5.5.2
                C: NOOP \\$60000
                S: 500 5.5.2
                C: NOOP
                S: 250 2.0.0
                """),
        Dialogue(
            cases: "8", name: "a line end is found up to 64 KiB",
            script: """
                S: 220
                C: NOOP \\$65529
                S: 500 5.5.2
                C: NOOP \\$65530
                S: 500 5.5.2
                END
                """),
        Dialogue(
            cases: "9", name: "bare LF, bare CR and NUL make a line void",
            script: """
                S: 220
                C: HELO client.example
                S: 250
                C- MAIL FROM:<kunde@example.org>\\x0A
                S: 500 5.5.2
                C: MAIL FROM:<kunde@example.org>\\x00
                S: 500 5.5.2
                C: MAIL \\x0DFROM:<kunde@example.org>
                S: 500 5.5.2
                C: \\x0D
                S: 500 5.5.2
                C: RCPT TO:<leads@fjordtek.example>
                S: 503 5.5.1
                C: MAIL FROM:<kunde@example.org>
                S: 250
                """),
        Dialogue(
            cases: "10", name: "ten errors end the session",
            script: """
                S: 220
                C*5: FROB
                S*5: 500 5.5.2
                C: MAIL FROM:<>
                S: 503 5.5.1
                C*4: NOOP \\x00
                S*4: 500 5.5.2
                S: 421 4.7.0
                END
                """),
        Dialogue(
            cases: "10", name: "commands without an effect are free of charge 100 times",
            script: """
                S: 220
                C*50: NOOP
                S*50: 250
                C*20: RSET
                S*20: 250
                C*20: VRFY x
                S*20: 252
                C*5: HELP
                S*5: 214
                C*5: HELO x
                S*5: 250
                C*10: NOOP
                S*10: 250
                S: 421 4.7.0
                END
                """),
        Dialogue(
            cases: "10", name: "an accepted message lets the counters start again, a refused one does not",
            script: """
                S: 220
                C: HELO client.example
                S: 250
                C*9: FROB
                S*9: 500
                C: MAIL FROM:<>
                S: 250
                C: RCPT TO:<leads@fjordtek.example>
                S: 250
                C: DATA
                S: 354
                C: .
                S: 250
                C*8: FROB
                S*8: 500
                C: MAIL FROM:<>
                S: 250
                C: RCPT TO:<leads@fjordtek.example>
                S: 250
                C: DATA
                S: 354
                C: bare \\x0A here
                C: .
                S: 550 5.5.2
                C: FROB
                S: 500
                S: 421 4.7.0
                END
                """,
            stored: [""]),
        Dialogue(
            cases: "10", name: "the number of errors is a setting",
            script: """
                S: 220
                C: FROB
                S: 500
                C: FROB
                S: 500
                S: 421 4.7.0
                END
                """,
            limits: { $0.errors = 2 }),
    ]

    /// Case 11: what others than mail servers say first.
    static let foreign: [Dialogue] =
        [
            "GET / HTTP/1.1", "POST / HTTP/1.1", "OPTIONS * HTTP/1.0", "PRI * HTTP/2.0", "Subject: Hej",
            "X-Anything: 1",
            "From: <kunde@example.org>", "Host: fjordtek.example",
            "\\x16\\x03\\x01\\x02\\x00\\x01\\x00\\x01\\xFC\\x03\\x03",
        ].map { line in
            Dialogue(
                cases: "11", name: "the first line is \(line)",
                script: """
                    S: 220
                    C: \(line)
                    S: 554 5.5.0
                    END
                    C: EHLO client.example
                    """)
        } + [
            Dialogue(
                cases: "11", name: "a ClientHello is known by its first octet",
                script: """
                    S: 220
                    C- \\x16
                    S: 554 5.5.0
                    END
                    """),
            Dialogue(
                cases: "11", name: "later such a line is just an unknown command",
                script: """
                    S: 220
                    C: NOOP
                    S: 250
                    C: GET / HTTP/1.1
                    S: 500 5.5.2
                    C: Subject: Hej
                    S: 500 5.5.2
                    """),
        ]
}
