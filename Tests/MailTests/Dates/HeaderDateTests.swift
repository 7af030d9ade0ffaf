import Foundation
import Mail
import Testing

@Suite("The date of a mail")
struct HeaderDateTests {
    private func date(_ text: String) throws -> LetterDate {
        try letter("From: a@b.example\nDate: \(text)\n\nHej").date
    }

    @Test(
        "is an instant where its zone is known",
        arguments: [
            ("Tue, 24 Nov 2026 08:52:11 +0100", "2026-11-24T07:52:11Z", 3600),
            ("24 Nov 2026 08:52 -0330", "2026-11-24T12:22:00Z", -12_600),
            ("Tue, 24 Nov 2026 08:52:11 +0100 (Romance Standard Time)", "2026-11-24T07:52:11Z", 3600),
            ("Tue,24 Nov 26 08:52:11 +0100", "2026-11-24T07:52:11Z", 3600),
            ("Mon, 24 Nov 2026 08:52:11 +0100", "2026-11-24T07:52:11Z", 3600),
            ("Tue, 24 Nov 2026 08:52:11 +01:00", "2026-11-24T07:52:11Z", 3600),
            ("Tue, 24 Nov 2026 08:52:11 CET", "2026-11-24T07:52:11Z", 3600),
            ("Tue, 24 Nov 2026 08:52:11 (CET)", "2026-11-24T07:52:11Z", 3600),
            ("Tue, 24 Nov 2026 08:52:11 GMT", "2026-11-24T08:52:11Z", 0),
            ("2026-11-24T08:52:11+01:00", "2026-11-24T07:52:11Z", 3600),
            ("2026-11-24T08:52:11Z", "2026-11-24T08:52:11Z", 0),
            ("2026-11-24T08:52:11.250Z", "2026-11-24T08:52:11Z", 0),
            ("tir, 24 nov 2026 08:52:11 +0100", "2026-11-24T07:52:11Z", 3600),
            ("Tue Nov 24 08:52:11 CET 2026", "2026-11-24T07:52:11Z", 3600),
            ("Tue, 24 Nov 2026 08:52:11 -0000", "2026-11-24T08:52:11Z", 0),
        ])
    func instants(_ text: String, _ instant: String, _ offset: Int) throws {
        let read = try date(text)
        #expect(read.instant == (try Date(instant, strategy: .iso8601)) && read.offset == offset && read.text == text)
    }

    @Test(
        "says no more than is known elsewhere",
        arguments: [
            ("Tue, 24 Nov 2026 08:52:11", LetterDate.Precision.local), ("24-11-2026 08:52:11", .local),
            ("tirsdag den 24. november 2026 08:52", .local),
            ("Tue, 24 Nov 2026 08:52:11 Romance Standard Time", .local),
            ("Tue, 24 Nov 2026 08:52:11 +9900", .local), ("Tue, 24 Nov 2026", .day),
            ("Tue, 31 Feb 2026 08:52:11 +0100", nil),
            ("Tue, 24 Nov 2026 25:52:11 +0100", nil), ("Tue, 00 Nov 2026 08:52:11 +0100", nil),
            ("11/12/2026 08:52:11", nil),
            ("i morgen", nil), ("1 2 3", nil), ("12:30", nil), ("2026", nil),
        ] as [(String, LetterDate.Precision?)])
    func open(_ text: String, _ precision: LetterDate.Precision?) throws {
        #expect(try date(text) == LetterDate(text: text, precision: precision))
    }

    @Test(
        "where it is none, when the mail came is told",
        arguments: [
            ("", "no date in the header; received Tue, 24 Nov 2026 09:00:00 +0100"),
            ("Date: i morgen\n", "a date that cannot be read; received Tue, 24 Nov 2026 09:00:00 +0100"),
            (
                "Date: Tue, 24 Nov 2026 08:52:11\n",
                "a date without a zone that is known; received Tue, 24 Nov 2026 09:00:00 +0100"
            ),
        ])
    func received(_ field: String, _ defect: String) throws {
        let read = try letter(
            "Received: from x by y; Tue, 24 Nov 2026 09:00:00 +0100\nReceived: from z; senere\nFrom: a@b.example\n\(field)\nHej"
        )
        #expect(read.defects == [defect] && read.date.instant == nil)
    }

    @Test("two of a field that may stand once are said to be there, and the first counts")
    func several() throws {
        let read = try letter(
            "From: Jonas <jh@fjordtek.example>\nFrom: Bo <bo@lund.example>\nSubject: a\nSubject: b\nDate: Tue, 24 Nov 2026 08:52:11 +0100\nDate: Wed, 25 Nov 2026 08:52:11 +0100\n\nFra: Bo <x@y.example>\nEmne: z\n\nHej",
            own: ["fjordtek.example"])
        #expect(read.subject == "a" && read.date.text == "Tue, 24 Nov 2026 08:52:11 +0100")
        for name in ["From", "Subject", "Date"] { #expect(read.defects.contains("more than one field \(name)")) }
        // Two senders are no sender that could be believed.
        #expect(read.forwarder == nil)
    }
}
