import Foundation
import Mail
import Testing

/// A mail with a calendar.
private func invitation(_ lines: String, type: String = "text/calendar; method=REQUEST") throws -> Invitation? {
    try letter(
        "From: a@b.example\nDate: Tue, 24 Nov 2026 08:52:11 +0100\nSubject: x\nContent-Type: \(type); charset=utf-8\n\n\(lines)"
    ).invitation
}

private func event(_ lines: String, zone: String = "") -> String {
    "BEGIN:VCALENDAR\nVERSION:2.0\n\(zone)BEGIN:VEVENT\nUID:1@b.example\n\(lines)\nEND:VEVENT\nEND:VCALENDAR\n"
}

@Suite("Invitations")
struct InvitationTests {
    /// As Outlook defines it, by a name of Windows.
    private static let romance = """
        BEGIN:VTIMEZONE
        TZID:Romance Standard Time
        BEGIN:STANDARD
        DTSTART:16010101T030000
        TZOFFSETFROM:+0200
        TZOFFSETTO:+0100
        RRULE:FREQ=YEARLY;INTERVAL=1;BYDAY=-1SU;BYMONTH=10
        END:STANDARD
        BEGIN:DAYLIGHT
        DTSTART:16010101T020000
        TZOFFSETFROM:+0100
        TZOFFSETTO:+0200
        RRULE:FREQ=YEARLY;INTERVAL=1;BYDAY=-1SU;BYMONTH=3
        END:DAYLIGHT
        END:VTIMEZONE

        """

    @Test(
        "start where and when they say",
        arguments: [
            ("DTSTART:20261202T090000Z", "2026-12-02T09:00:00Z", 0),
            ("DTSTART;TZID=Europe/Copenhagen:20261202T100000", "2026-12-02T09:00:00Z", 3600),
            ("DTSTART;TZID=Europe/Copenhagen:20260702T100000", "2026-07-02T08:00:00Z", 7200),
            (
                "DTSTART;TZID=\"/mozilla.org/20070129_1/Europe/Copenhagen\":20261202T100000", "2026-12-02T09:00:00Z",
                3600
            ),
            ("DTSTART;TZID=Romance Standard Time:20261202T100000", "2026-12-02T09:00:00Z", 3600),
            ("DTSTART;TZID=\"Romance Standard Time\":20260702T100000", "2026-07-02T08:00:00Z", 7200),
            ("DTSTART;TZID=Romance Standard Time:20260329T010000", "2026-03-29T00:00:00Z", 3600),
            ("DTSTART;TZID=Romance Standard Time:20260329T030000", "2026-03-29T01:00:00Z", 7200),
            ("DTSTART;TZID=Romance Standard Time:20261025T040000", "2026-10-25T03:00:00Z", 3600),
        ])
    func instants(_ line: String, _ instant: String, _ offset: Int) throws {
        let start = try #require(try invitation(event(line, zone: Self.romance))?.start)
        #expect(start.instant == (try Date(instant, strategy: .iso8601)) && start.offset == offset)
        #expect(start.precision == .instant)
    }

    @Test(
        "say no more than is known of the time",
        arguments: [
            ("DTSTART;TZID=Vores egen tid:20261202T100000", "2026-12-02T10:00:00", LetterDate.Precision.local),
            ("DTSTART:20261202T100000", "2026-12-02T10:00:00", .local),
            ("DTSTART;VALUE=DATE:20261202", "2026-12-02", .day),
        ])
    func open(_ line: String, _ text: String, _ precision: LetterDate.Precision) throws {
        let start = try invitation(event(line))?.start
        #expect(start == LetterDate(text: text, precision: precision))
    }

    @Test(
        "end when they say, or last as long as they say; of whole days the last is named",
        arguments: [
            ("DTSTART:20261202T090000Z\nDTEND:20261202T103000Z", "2026-12-02T10:30:00Z"),
            ("DTSTART:20261202T233000Z\nDURATION:PT1H30M", "2026-12-03T01:00:00Z"),
            ("DTSTART;VALUE=DATE:20261202\nDTEND;VALUE=DATE:20261204", "2026-12-03"),
            ("DTSTART;VALUE=DATE:20261202\nDTEND;VALUE=DATE:20261203", "2026-12-02"), ("DTSTART:20261202T090000Z", nil),
            ("DTSTART:20261399T090000Z", nil), ("DTSTART:20261202T250000Z\nDURATION:PTXH", nil),
        ] as [(String, String?)])
    func ends(_ lines: String, _ end: String?) throws {
        #expect(try invitation(event(lines))?.end?.text == end)
    }

    @Test("name who asks, who is asked and what was answered, what it is about and where it is")
    func people() throws {
        let read = try #require(
            try invitation(
                event(
                    """
                    SUMMARY;LANGUAGE=da-DK:Opstart\\, fase 1
                    LOCATION:Mødelokale 2\\; Vejle
                    ORGANIZER;CN="Toft, Hanne":mailto:ht@toftkran.example
                    ATTENDEE;CN=Jonas Holm;PARTSTAT=ACCEPTED;RSVP=TRUE:MAILTO:jh@Fjordtek.example
                    ATTENDEE;PARTSTAT=NEEDS-ACTION;CN=ak@fjordtek.example:mailto:ak@fj
                     ordtek.example
                    ATTENDEE:urn:uuid:1
                    RRULE:FREQ=WEEKLY;COUNT=4
                    BEGIN:VALARM
                    SUMMARY:Påmindelse
                    END:VALARM
                    """), type: "text/calendar; method=REQUEST"))
        #expect(read.method == .request && read.summary == "Opstart, fase 1" && read.location == "Mødelokale 2; Vejle")
        #expect(read.organizer == Mailbox(name: "Toft, Hanne", address: "ht@toftkran.example"))
        #expect(read.attendees.map(\.mailbox.address) == ["jh@fjordtek.example", "ak@fjordtek.example"])
        #expect(read.attendees.map(\.answer) == [.accepted, .needsAction])
        #expect(read.attendees.map(\.mailbox.name) == ["Jonas Holm", nil])
        #expect(read.identifier == "1@b.example" && read.recurrence == "FREQ=WEEKLY;COUNT=4")
    }

    @Test(
        "are told from answers and from those that are called off",
        arguments: [
            ("REPLY", Invitation.Method.reply), ("CANCEL", .cancel), ("COUNTER", .counter), ("PUBLISH", .publish),
        ])
    func methods(_ name: String, _ method: Invitation.Method) throws {
        let read = try invitation("BEGIN:VCALENDAR\nMETHOD:\(name)\nBEGIN:VEVENT\nEND:VEVENT\n", type: "text/calendar")
        #expect(read?.method == method)
    }

    @Test("a file of a calendar in a person's mail is one too, and the person's")
    func attached() throws {
        let read = try letter(
            """
            From: a@b.example
            Content-Type: multipart/mixed; boundary=b

            --b

            Skal vi mødes?
            --b
            Content-Type: application/octet-stream; name=møde.ics

            \(event("SUMMARY:Kaffe"))
            --b--
            """)
        #expect(read.nature == .person && read.invitation?.summary == "Kaffe" && read.invitation?.method == nil)
        #expect(read.attachments.map(\.filename) == ["møde.ics"])
    }

    @Test(
        "hostile ones are read within bounds", .timeLimit(.minutes(1)),
        arguments: [
            String(repeating: "BEGIN:VEVENT\n", count: 50_000), String(repeating: "A\n ", count: 100_000),
            "BEGIN:VEVENT\n" + String(repeating: "ATTENDEE:mailto:a@b.example\n", count: 20_000),
            "BEGIN:VEVENT\nSUMMARY" + String(repeating: ";A=\"b\"", count: 50_000) + ":x", "BEGIN:VEVENT\nDTSTART:Z",
            "BEGIN:VEVENT\nDTSTART:99999999T999999\nDURATION:P" + String(repeating: "9", count: 400) + "W",
            "BEGIN:VEVENT\nDTSTART:20261202T000000Z\nDURATION:P99999999999W",
        ])
    func hostile(_ text: String) throws {
        let read = try invitation(text)
        #expect((read?.attendees.count ?? 0) <= 200)
    }
}

@Suite("Reports of readers' programs")
struct ReadingReceiptTests {
    @Test(
        "say what was done, by whom and with which mail",
        arguments: [
            ("manual-action/MDN-sent-manually; displayed", ReadingReceipt.Action.displayed, false),
            ("automatic-action/MDN-sent-automatically; deleted/error", .deleted, true),
            ("Manual-Action/MDN-sent-manually;Processed", .processed, false),
        ])
    func actions(_ disposition: String, _ action: ReadingReceipt.Action, _ isAutomatic: Bool) throws {
        let read = try letter(
            """
            From: Bo <bo@lund.example>
            Subject: Læst: Tilbud
            Content-Type: multipart/report; report-type=disposition-notification; boundary=b

            --b

            Mailen blev vist.
            --b
            Content-Type: message/disposition-notification

            Reporting-UA: lund.example; Outlook
            Final-Recipient: rfc822; bo@lund.example
            Original-Message-ID: <1@fjordtek.example>
            Disposition: \(disposition)

            --b--
            """)
        #expect(
            read.receipt
                == ReadingReceipt(
                    recipient: "bo@lund.example", action: action, isAutomatic: isAutomatic,
                    messageID: "<1@fjordtek.example>"))
        #expect(read.nature == .other && read.report == nil && !read.autoReply.allowed)
    }
}
