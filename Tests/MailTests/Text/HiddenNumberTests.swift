import Testing

@testable import Mail

@Suite("CPR numbers in a letter")
struct HiddenNumberTests {
    private static let mail = """
        From: "Jonas 131284-1302" <jh@fjordtek.example>
        Reply-To: "Jonas 131284-1302" <jh@fjordtek.example>
        To: "Leads 131284-1302" <leads@fjordtek.example>
        Cc: "Ane 131284-1302" <ak@fjordtek.example>
        Subject: VS: Adgang =?utf-8?Q?131284=2D1302?=
        Date: Tue, 24 Nov 2026 08:52:11 +0100
        Message-ID: <1@fjordtek.example>
        MIME-Version: 1.0
        Content-Type: multipart/mixed; boundary=del

        --del
        Content-Type: text/html; charset=utf-8

        <p>Se 1312<b>84-13</b>02</p><p>Mvh Jonas<br>CPR 131284-1302</p>
        <p>Fra: Mette 131284-1302 &lt;mly@vestklit.example&gt;<br>Sendt: 23. november 2026 14:37<br>
        Til: Jonas 131284-1302 &lt;jh@fjordtek.example&gt;<br>Cc: Ane 131284-1302 &lt;ak@fjordtek.example&gt;<br>
        Emne: Adgang 131284-1302</p>
        <p>Hej, mit nummer er 131284-&#8203;1302</p><p>Mvh Mette<br>131284-1302</p>
        <p>Den 20. november 2026 skrev Mette &lt;mly@vestklit.example&gt;:</p><blockquote>131284-1302</blockquote>
        --del
        Content-Type: text/plain
        Content-Disposition: attachment; filename="cv 131284-1302.txt"

        CV
        --del
        Content-Type: application/131284-1302
        Content-Disposition: attachment

        CV
        --del--
        """

    /// Every text within a value, with where it stands.
    private func texts(in value: Any, at path: String) -> [(path: String, text: String)] {
        if let text = value as? String { return [(path, text)] }
        return Mirror(reflecting: value).children.flatMap { child in
            texts(in: child.value, at: "\(path).\(child.label ?? "")")
        }
    }

    @Test("no field has one, whatever fields a letter has")
    func everyField() throws {
        let own = OwnPeople(domains: ["fjordtek.example"])
        let octets = Array(Self.mail.replacing("\n", with: "\r\n").utf8)
        let letter = try Letter(octets, reading: ReadingOptions(own: own))
        #expect(letter.form == .forwardInline && !letter.quoted.isEmpty && !letter.signature.isEmpty)
        let texts = texts(in: letter, at: "letter")
        for text in texts { #expect(!text.text.contains("1302"), "\(text.path): \(text.text)") }
        #expect(texts.count { $0.text.contains("131284-xxxx") } >= 12)
        #expect(letter.attachments.first?.filename == "cv 131284-xxxx.txt")
    }

    @Test("a report that repeats one, and a chat")
    func others() throws {
        let report = """
            From: Mailer <postmaster@mx.example>
            Subject: Undelivered: 131284-1302
            Content-Type: multipart/report; report-type=delivery-status; boundary=b

            --b
            Content-Type: text/plain

            Could not deliver 131284-1302
            --b
            Content-Type: message/delivery-status

            Reporting-MTA: dns; mx.example

            Final-Recipient: rfc822; bo@lund.example
            Action: failed
            Status: 5.1.1
            Diagnostic-Code: smtp; 550 no 131284-1302 here
            --b--
            """
        let letter = try Letter(Array(report.replacing("\n", with: "\r\n").utf8), reading: ReadingOptions())
        #expect(letter.report?.recipients.first?.words?.contains("131284-xxxx") == true)
        for text in texts(in: letter, at: "letter") { #expect(!text.text.contains("1302"), "\(text.path)") }
        let chat = Letter(
            saying: "CPR 1312841302", signature: "131284-1302",
            by: Mailbox(name: "Bo 131284-1302", address: "bo@lund.example"),
            at: LetterDate(), language: nil, bodyHash: "", autoReply: Letter.AutoReply(allowed: false, reason: ""))
        for text in texts(in: chat, at: "chat") { #expect(!text.text.contains("1302"), "\(text.path)") }
    }

    @Test("answers between the lines, and mails that came along")
    func exchangesAndEnclosures() throws {
        let attached = { (subject: String) in
            """
            --b
            Content-Type: message/rfc822

            From: "Mette 131284-1302" <mly@vestklit.example>
            Subject: \(subject) 131284-1302

            Mit nummer er 131284-1302.
            """
        }
        let mail = """
            From: Jonas <jh@fjordtek.example>
            Subject: Fwd: to mails
            Content-Type: multipart/mixed; boundary=b

            --b
            Content-Type: text/plain

            Se de to.
            \(attached("Adgang"))
            \(attached("Nøgle"))
            --b--
            """
        let forward = try Letter(
            Array(mail.replacing("\n", with: "\r\n").utf8),
            reading: ReadingOptions(own: OwnPeople(domains: ["fjordtek.example"])))
        #expect(forward.enclosures.count == 1)
        let reply = try Letter(
            Array(
                """
                From: Mette <mly@vestklit.example>
                Subject: Re: Adgang

                Hej Jonas

                > Er nummeret 131284-1302 rigtigt?
                Ja, det er 131284-1302.

                > Hvornår skal I bruge det?
                På mandag.
                """.replacing("\n", with: "\r\n").utf8), reading: ReadingOptions())
        #expect(reply.exchanges.count == 2)
        // The question alone says what the number is.
        let asked = try Letter(
            Array(
                """
                From: Mette <mly@vestklit.example>
                Received: from x by y; Tue, 24 Nov 2026 08:52:11 +0100 (131284-1302)
                Subject: Re: Adgang

                > Hvad er jeres CPR-nummer?
                1312841303

                > Og adressen?
                Vej 1
                """.replacing("\n", with: "\r\n").utf8), reading: ReadingOptions())
        #expect(asked.exchanges.first?.answer == "131284xxxx" && asked.exchanges.last?.answer == "Vej 1")
        for text in texts(in: asked, at: "asked") { #expect(!text.text.contains("130"), "\(text.path): \(text.text)") }
        for text in texts(in: forward, at: "forward") + texts(in: reply, at: "reply") {
            #expect(!text.text.contains("1302"), "\(text.path): \(text.text)")
        }
    }

    @Test("an invitation")
    func invitation() throws {
        let mail = """
            From: Mette <mly@vestklit.example>
            Subject: Invitation
            Content-Type: text/calendar; method=REQUEST; charset=utf-8

            BEGIN:VCALENDAR
            METHOD:REQUEST
            BEGIN:VEVENT
            UID:1@vestklit.example
            SUMMARY:Adgang 131284-1302
            LOCATION:Lokale 131284-1302
            ORGANIZER;CN="Mette 131284-1302":mailto:mly@vestklit.example
            ATTENDEE;CN="Jonas 131284-1302":mailto:jh@fjordtek.example
            DTSTART:20261201T090000Z
            END:VEVENT
            END:VCALENDAR
            """
        let letter = try Letter(Array(mail.replacing("\n", with: "\r\n").utf8), reading: ReadingOptions())
        #expect(letter.invitation?.summary == "Adgang 131284-xxxx" && letter.invitation?.attendees.count == 1)
        for text in texts(in: letter, at: "letter") {
            #expect(!text.text.contains("1302"), "\(text.path): \(text.text)")
        }
    }
}
