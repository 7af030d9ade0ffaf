@testable import SMTPServer

extension Dialogue {
    private static let opening = """
        S: 220
        C: EHLO client.example
        S*5: 250-
        S: 250 ENHANCEDSTATUSCODES

        """

    /// Commands of a session that said EHLO, each with the answer to it; RSET stands between them.
    private static func commands(
        _ cases: String, _ name: String, after transaction: String = "", _ table: [(String, String)]
    ) -> Dialogue {
        let prelude = transaction.isEmpty ? "" : "C: \(transaction)\nS: 250\n"
        return Dialogue(
            cases: cases, name: name,
            script: opening
                + table.map { "\(prelude)C: \($0.0)\nS: \($0.1)\nC: RSET\nS: 250 2.0.0\n" }.joined(),
            limits: { $0.errors = 100 })
    }

    /// Sender and recipient addresses and their parameters.
    static let envelope: [Dialogue] = [
        Dialogue(
            cases: "12", name: "the empty return path",
            script: opening + """
                C: MAIL FROM:<>
                S: 250 2.1.0
                C: RCPT TO:<leads@fjordtek.example>
                S: 250 2.1.5
                C: DATA
                S: 354
                C: .
                S: 250 2.0.0
                """,
            stored: [""]),
        commands(
            "13", "a space behind the colon is taken, a path without brackets is not",
            [
                ("MAIL FROM: <kunde@example.org>", "250"),
                ("mail from:<kunde@example.org>", "250"),
                ("MAIL FROM:  <kunde@example.org>", "501 5.1.7"),
                ("MAIL FROM:kunde@example.org", "501 5.1.7"),
                ("MAIL FROM:<kunde@example.org", "501 5.1.7"),
                ("MAIL FROM:<kunde@example.org>SIZE=1", "501 5.1.7"),
                ("MAIL kunde@example.org", "501 5.1.7"),
                ("MAIL", "501 5.1.7"),
                ("MAIL FROM:<kunde>", "501 5.1.7"),
                ("MAIL FROM:<@example.org>", "501 5.1.7"),
                ("MAIL FROM:<kunde@>", "501 5.1.7"),
                ("MAIL FROM:<postmaster>", "501 5.1.7"),
                ("MAIL FROM:<@a.example,@b.example:kunde@example.org>", "250"),
            ]),
        commands(
            "13", "the same for recipients", after: "MAIL FROM:<>",
            [
                ("RCPT TO: <leads@fjordtek.example>", "250"),
                ("RCPT TO:leads@fjordtek.example", "501 5.1.3"),
                ("RCPT TO:<>", "501 5.1.3"),
                ("RCPT", "501 5.1.3"),
                ("RCPT TO:<leads>", "501 5.1.3"),
                ("RCPT TO:<leads@fjordtek.example> trailing", "555 5.5.4"),
            ]),
        commands(
            "14", "quoted local parts are read to their meaning", after: "MAIL FROM:<>",
            [
                (#"RCPT TO:<"a \"quoted\" name"@fjordtek.example>"#, "250"),
                (#"RCPT TO:<"leads"@fjordtek.example>"#, "250"),
                (#"RCPT TO:<"leads@elsewhere.example"@fjordtek.example>"#, "550 5.1.1"),
                (#"RCPT TO:<"leads@fjordtek.example"@elsewhere.example>"#, "550 5.7.1"),
                (#"RCPT TO:<"leads@fjordtek.example>"#, "501 5.1.3"),
                (#"RCPT TO:<"leads"x@fjordtek.example>"#, "501 5.1.3"),
                (#"RCPT TO:<"leads\"@fjordtek.example>"#, "501 5.1.3"),
            ]),
        commands(
            "15", "long local parts, up to 256 octets of the path with its brackets",
            [
                ("MAIL FROM:<\\$65@example.org>", "250"),
                ("MAIL FROM:<\\$242@example.org>", "250"),
                ("MAIL FROM:<\\$243@example.org>", "501 5.1.7"),
            ]),
        commands(
            "15", "the same for recipients", after: "MAIL FROM:<>",
            [
                ("RCPT TO:<leads+\\$231@fjordtek.example>", "250"),
                ("RCPT TO:<leads+\\$232@fjordtek.example>", "501 5.1.3"),
            ]),
        commands(
            "16", "address literals", after: "MAIL FROM:<kunde@[IPv6:2001:db8::1]>",
            [
                ("RCPT TO:<leads@[192.0.2.1]>", "250"),
                ("RCPT TO:<leads@[192.0.2.2]>", "550 5.7.1"),
                ("RCPT TO:<leads@[IPv6:2001:db8::1]>", "550 5.7.1"),
                ("RCPT TO:<leads@[192.0.2.256]>", "501"),
                ("RCPT TO:<leads@[192.0.2.1>", "501"),
                ("RCPT TO:<leads@[2001:db8::1]>", "501"),
                ("RCPT TO:<leads@[IPv6:192.0.2.1]>", "501"),
                ("RCPT TO:<leads@[IPv6:2001:db8::g]>", "501"),
                ("RCPT TO:<leads@[]>", "501"),
            ]),
        commands(
            "17", "who is not ours and who is not here", after: "MAIL FROM:<kunde@example.org>",
            [
                ("RCPT TO:<leads@elsewhere.example>", "550 5.7.1"),
                ("RCPT TO:<nobody@fjordtek.example>", "550 5.1.1"),
                ("RCPT TO:<leads+CVR12345678@fjordtek.example>", "250"),
                ("RCPT TO:<leads@FJORDTEK.Example>", "250"),
                ("RCPT TO:<leads%elsewhere.example@fjordtek.example>", "550 5.1.1"),
            ]),
        commands(
            "18", "postmaster", after: "MAIL FROM:<>",
            [
                ("RCPT TO:<Postmaster>", "250"), ("RCPT TO:<POSTMASTER>", "250"),
                ("RCPT TO:<postmaster@fjordtek.example>", "250"),
                ("RCPT TO:<postmaster@elsewhere.example>", "550 5.7.1"),
            ]),
        commands(
            "19, 21, 26", "parameters of MAIL",
            [
                ("MAIL FROM:<> SIZE=52428800", "250"),
                ("MAIL FROM:<> SIZE=52428801", "552 5.3.4"),
                ("MAIL FROM:<> SIZE=99999999999999999999", "552 5.3.4"),
                ("MAIL FROM:<> SIZE=x", "501 5.5.4"),
                ("MAIL FROM:<> SIZE=-1", "501 5.5.4"),
                ("MAIL FROM:<> SIZE=+1", "501 5.5.4"),
                ("MAIL FROM:<> SIZE=", "501 5.5.4"),
                ("MAIL FROM:<> SIZE", "501 5.5.4"),
                ("MAIL FROM:<> SIZE=999999999999999999999", "501 5.5.4"),
                ("MAIL FROM:<> size=5 SIZE=5", "250"),
                ("MAIL FROM:<> SIZE=5 SIZE=6", "501 5.5.4"),
                ("MAIL FROM:<> BODY=8BITMIME", "250"),
                ("MAIL FROM:<> BODY=7bit  SMTPUTF8", "250"),
                ("MAIL FROM:<> BODY=9BIT", "501 5.5.4"),
                ("MAIL FROM:<> BODY", "501 5.5.4"),
                ("MAIL FROM:<> BODY=7BIT BODY=8BITMIME", "501 5.5.4"),
                ("MAIL FROM:<> BODY=BINARYMIME", "555 5.5.4"),
                ("MAIL FROM:<> SMTPUTF8=yes", "501 5.5.4"),
                ("MAIL FROM:<> RET=FULL", "555 5.5.4"),
                ("MAIL FROM:<> =", "555 5.5.4"),
                ("MAIL FROM:<> AUTH=<>", "555 5.5.4"),
            ]),
        commands(
            "20", "control characters, hidden ones too",
            [
                ("MAIL FROM:<> AUTH=x+0D+0A", "501 5.5.4"),
                ("MAIL FROM:<> AUTH=x+00", "501 5.5.4"),
                ("MAIL FROM:<> AUTH=x+7F", "501 5.5.4"),
                ("MAIL FROM:<> AUTH=x+4", "501 5.5.4"),
                ("MAIL FROM:<> AUTH=x+2By", "555 5.5.4"),
                ("MAIL FROM:<> SIZE=1\\x09", "501 5.5.4"),
                ("MAIL FROM:<> \\x01", "501 5.5.4"),
                ("MAIL FROM:<kun\\x1Bde@example.org>", "501 5.5.4"),
                ("MAIL FROM:<\"kun\\x08de\"@example.org>", "501 5.5.4"),
                ("MAIL FROM:<kun\\xC2\\x85de@example.org> SMTPUTF8", "501 5.5.4"),
                ("EHLO client\\x7F.example", "501"),
                ("EHLO client.example \\x01", "501"),
                ("EHLO \\xC2\\x9Bclient.example", "501"),
                ("EHLO \\xFF", "501"),
                ("EHLO \\$256", "501"),
            ]),
        commands(
            "27", "addresses beyond ASCII need SMTPUTF8",
            [
                ("MAIL FROM:<søren@example.org>", "550 5.6.7"),
                ("MAIL FROM:<søren@example.org> SMTPUTF8", "250"),
                ("MAIL FROM:<kunde@blåbær.example>", "550 5.6.7"),
                ("MAIL FROM:<s\\xF8ren@example.org> SMTPUTF8", "501 5.5.4"),
                ("MAIL FROM:<s\\xF8ren@example.org>", "501 5.5.4"),
            ]),
        commands(
            "27", "the same for recipients, without", after: "MAIL FROM:<>",
            [
                ("RCPT TO:<søren@fjordtek.example>", "553 5.6.7"),
                ("RCPT TO:<s\\xF8ren@fjordtek.example>", "501 5.5.4"),
            ]),
        commands(
            "27, 28", "and with, however the name is written", after: "MAIL FROM:<> SMTPUTF8",
            [
                ("RCPT TO:<søren@fjordtek.example>", "250"),
                ("RCPT TO:<leads@blåbær.example>", "250"),
                ("RCPT TO:<leads@BLÅBÆR.example>", "250"),
                ("RCPT TO:<leads@xn--blbr-roah.example>", "250"),
                ("RCPT TO:<leads@blA\\xCC\\x8AbÆr.example>", "250"),
            ]),
    ]
}
