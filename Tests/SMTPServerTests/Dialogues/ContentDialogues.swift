@testable import SMTPServer

extension Dialogue {
    private static let transaction = """
        S: 220
        C: HELO client.example
        S: 250
        C: MAIL FROM:<kunde@example.org>
        S: 250
        C: RCPT TO:<leads@fjordtek.example>
        S: 250
        C: DATA
        S: 354

        """

    /// One message and the answer to it; NOOP shows that the session is still in step.
    private static func message(
        _ cases: String, _ name: String, _ lines: String, answer: String, stored: [String] = [],
        limits: @escaping @Sendable (inout SMTPLimits) -> Void = { _ in }
    ) -> Dialogue {
        Dialogue(
            cases: cases, name: name,
            script: transaction + lines + "\nC: .\nS: \(answer)\nC: NOOP\nS: 250 2.0.0", stored: stored, limits: limits)
    }

    /// What may be sent as a message and how its end is found.
    static let content: [Dialogue] = [
        message(
            "21, 22", "as large as the limit", "C: \\$98", answer: "250 2.0.0",
            stored: [String(repeating: "x", count: 98) + "\r\n"], limits: { $0.messageSize = 100 }),
        message(
            "22", "larger than the limit, up to twice of it", "C: \\$99\nC: \\$97", answer: "552 5.3.4",
            limits: { $0.messageSize = 100 }),
        Dialogue(
            cases: "22", name: "larger than twice the limit",
            script: transaction + "C: \\$99\nC: \\$98\nS: 552 5.3.4\nEND\nC: .\nC: NOOP",
            limits: { $0.messageSize = 100 }),
        Dialogue(
            cases: "21", name: "SIZE is a hint only",
            script: """
                S: 220
                C: EHLO client.example
                S*5: 250-
                S: 250
                C: MAIL FROM:<kunde@example.org> SIZE=1
                S: 250
                C: RCPT TO:<leads@fjordtek.example>
                S: 250
                C: DATA
                S: 354
                C: Hej
                C: .
                S: 250 2.0.0
                """,
            stored: ["Hej\r\n"]),
        message(
            "23", "one leading dot is removed, and nothing else changed",
            "C: ..\nC: ...\nC: .a.\nC: a.\nC:  .\nC: .\\x00\nC: ..b", answer: "250",
            stored: [".\r\n..\r\na.\r\na.\r\n .\r\n\0\r\n.b\r\n"]),
        message("24", "a bare LF", "C: a\\x0Ab", answer: "550 5.5.2"),
        message("24", "a bare CR", "C: a\\x0Db", answer: "550 5.5.2"),
        message("24", "a bare LF after a dot", "C: a\nC- .\\x0A\nC: MAIL FROM:<>", answer: "550 5.5.2"),
        message("24", "LF dot LF", "C- a\\x0A.\\x0A\nC: RSET", answer: "550 5.5.2"),
        message("24", "LF dot CRLF", "C- a\\x0A.\nC: \nC: RSET", answer: "550 5.5.2"),
        message("24", "CR dot CR", "C- a\\x0D.\\x0D\nC: RSET", answer: "550 5.5.2"),
        message("24", "CR dot CRLF", "C- a\\x0D.\nC: \nC: RSET", answer: "550 5.5.2"),
        message("24", "CRLF dot CR", "C: a\nC- .\\x0D\nC: RSET", answer: "550 5.5.2"),
        message("24", "CRLF dot CR CR LF", "C: a\nC- .\\x0D\nC: \nC: RSET", answer: "550 5.5.2"),
        message("24", "CR CR LF dot CR LF", "C- a\\x0D\nC: \nC: RSET", answer: "550 5.5.2"),
        message("24", "a bare CR at the start", "C- \\x0D\nC: a", answer: "550 5.5.2"),
        message("24", "a bare LF at the start", "C- \\x0A\nC: a", answer: "550 5.5.2"),
        message("24", "a dot and a bare LF at the start", "C- .\\x0A\nC: a", answer: "550 5.5.2"),
        message(
            "25", "a line as long as the limit is kept as it is", "C: \\$1200\nC: ..\\$1199", answer: "250",
            stored: [
                String(repeating: "x", count: 1200) + "\r\n." + String(repeating: "x", count: 1199) + "\r\n"
            ], limits: { $0.dataLine = 1200 }),
        message(
            "25", "a longer line", "C: \\$1201\nC: b", answer: "554 5.6.0", limits: { $0.dataLine = 1200 }),
        message(
            "26", "8-bit octets and NUL without BODY=8BITMIME", "C: s\\xC3\\xB8\\x00\\xE6\\xF8", answer: "250",
            stored: ["sø\0\u{FFFD}\u{FFFD}\r\n"]),
        message(
            "29", "as many Received fields as the limit, and more words of the kind",
            "C*2: Received: x\nC: X-Received: x\nC:  received: x\nC: RECEIVE: x\nC: Receivedx: x\nC: \nC*2: Received: x",
            answer: "250",
            stored: [
                "Received: x\r\nReceived: x\r\nX-Received: x\r\n received: x\r\nRECEIVE: x\r\nReceivedx: x\r\n\r\n"
                    + "Received: x\r\nReceived: x\r\n"
            ], limits: { $0.receivedFields = 2 }),
        message(
            "29", "a loop", "C: Received: x\nC: To: y\nC: rEcEiVeD: x\nC: Received: x\nC: ", answer: "554 5.4.6",
            limits: { $0.receivedFields = 2 }),
        message("29", "101 Received fields", "C*101: Received: x", answer: "554 5.4.6"),
        message("31", "an empty message", "C- \("")", answer: "250", stored: [""]),
        message("31", "no header", "C: \nC: Hej", answer: "250", stored: ["\r\nHej\r\n"]),
        message(
            "31", "broken MIME", "C: Content-Type: multipart/mixed; boundary=\nC: \nC: --", answer: "250",
            stored: ["Content-Type: multipart/mixed; boundary=\r\n\r\n--\r\n"]),
    ]

    /// Order of replies.
    static let flow: [Dialogue] = [
        Dialogue(
            cases: "41", name: "one reply to each recipient; one accepted is enough",
            script: """
                S: 220
                C: HELO client.example
                S: 250
                C: MAIL FROM:<kunde@example.org>
                C: RCPT TO:<nobody@fjordtek.example>
                C: RCPT TO:<leads@fjordtek.example>
                C: RCPT TO:<leads@elsewhere.example>
                C: DATA
                S: 250
                S: 550 5.1.1
                S: 250 2.1.5
                S: 550 5.7.1
                S: 354
                C: Hej
                C: .
                C: MAIL FROM:<anden@example.org>
                C: RCPT TO:<leads@fjordtek.example>
                C: DATA
                S: 250 2.0.0
                S: 250
                S: 250
                S: 354
                C: Hej igen
                C: .
                C: QUIT
                S: 250 2.0.0
                S: 221
                END
                """,
            stored: ["Hej\r\n", "Hej igen\r\n"]),
        Dialogue(
            cases: "41", name: "no reply of 354 when all recipients were refused",
            script: """
                S: 220
                C: HELO client.example
                S: 250
                C: MAIL FROM:<kunde@example.org>
                C: RCPT TO:<nobody@fjordtek.example>
                C: RCPT TO:leads
                C: DATA
                S: 250
                S: 550 5.1.1
                S: 501 5.1.3
                S: 554 5.5.1
                C: RSET
                C: MAIL FROM:<kunde@example.org>
                C: RCPT TO:leads
                C: DATA
                S: 250
                S: 250
                S: 501 5.1.3
                S: 554 5.5.1
                """),
        Dialogue(
            cases: "10, 41", name: "recipients beyond the limit are for later, and no error for a while",
            script: """
                S: 220
                C: HELO client.example
                S: 250
                C: MAIL FROM:<kunde@example.org>
                S: 250
                C*3: RCPT TO:<leads@fjordtek.example>
                S*3: 250
                C*20: RCPT TO:<leads@fjordtek.example>
                S*20: 452 4.5.3
                C: DATA
                S: 354
                C: .
                S: 250
                """,
            stored: [""], limits: { $0.recipients = 3 }),
        Dialogue(
            cases: "43", name: "many unknown recipients end the session",
            script: """
                S: 220
                C: HELO client.example
                S: 250
                C: MAIL FROM:<kunde@example.org>
                S: 250
                C*10: RCPT TO:<nobody@fjordtek.example>
                S*10: 550 5.1.1
                S: 421 4.7.0
                END
                """),
    ]
}
