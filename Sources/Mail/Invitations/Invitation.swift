/// A meeting that a mail is about: what is asked or answered, who is in it, when and where (RFC 5545, RFC 5546).
package struct Invitation: Hashable, Sendable, Codable {
    /// What the mail does (RFC 5546 section 1.4).
    package enum Method: String, Sendable, Codable, CaseIterable {
        case publish, request, reply, add, cancel, refresh, counter
        case declineCounter = "declinecounter"
    }

    /// What somebody answered (RFC 5545 section 3.2.12).
    package enum Answer: String, Sendable, Codable, CaseIterable {
        case needsAction = "needs-action"
        case accepted, declined, tentative, delegated
    }

    package struct Attendee: Hashable, Sendable, Codable {
        package var mailbox: Mailbox
        package var answer: Answer?

        package init(mailbox: Mailbox, answer: Answer? = nil) {
            self.mailbox = mailbox
            self.answer = answer
        }
    }

    /// `nil` for a file of a calendar that asks nothing.
    package var method: Method?
    /// The name of the meeting among all, by which answers and changes find it.
    package var identifier: String?
    package var summary: String
    package var location: String?
    package var organizer: Mailbox?
    package var attendees: [Attendee]
    /// An instant, a local time whose zone is not known (then without an instant), or a whole day.
    package var start: LetterDate?
    /// As `start`; of whole days the last one.
    package var end: LetterDate?
    /// The rule of a meeting that comes again, as written (RFC 5545 section 3.3.10).
    package var recurrence: String?

    package init(
        method: Method? = nil, identifier: String? = nil, summary: String = "", location: String? = nil,
        organizer: Mailbox? = nil, attendees: [Attendee] = [], start: LetterDate? = nil, end: LetterDate? = nil,
        recurrence: String? = nil
    ) {
        self.method = method
        self.identifier = identifier
        self.summary = summary
        self.location = location
        self.organizer = organizer
        self.attendees = attendees
        self.start = start
        self.end = end
        self.recurrence = recurrence
    }
}
