import Mail
import WireFormat

/// What machines say in a mail: of a meeting, of a delivery, of a reader.
extension LetterReport {
    struct Moment: Encodable {
        @ExplicitNull var date: Timestamp?
        @ExplicitNull var dateText: String?
        @ExplicitNull var datePrecision: String?

        enum CodingKeys: String, CodingKey {
            case date
            case dateText = "date_text"
            case datePrecision = "date_precision"
        }

        init(_ date: LetterDate) {
            _date = ExplicitNull(wrappedValue: date.instant.map { Timestamp($0, offset: date.offset ?? 0) })
            _dateText = ExplicitNull(wrappedValue: date.text)
            _datePrecision = ExplicitNull(wrappedValue: date.precision?.rawValue)
        }
    }

    struct Meeting: Encodable {
        struct Attendee: Encodable {
            @ExplicitNull var name: String?
            var address: String
            @ExplicitNull var answer: String?
        }

        @ExplicitNull var method: String?
        @ExplicitNull var identifier: String?
        var summary: String
        @ExplicitNull var location: String?
        @ExplicitNull var organizer: Address?
        var attendees: [Attendee]
        @ExplicitNull var start: Moment?
        @ExplicitNull var end: Moment?
        @ExplicitNull var recurrence: String?

        init(_ meeting: Invitation) {
            _method = ExplicitNull(wrappedValue: meeting.method?.rawValue)
            _identifier = ExplicitNull(wrappedValue: meeting.identifier)
            summary = meeting.summary
            _location = ExplicitNull(wrappedValue: meeting.location)
            _organizer = ExplicitNull(wrappedValue: meeting.organizer.map(Address.init))
            attendees = meeting.attendees.map {
                Attendee(name: $0.mailbox.name, address: $0.mailbox.address, answer: $0.answer?.rawValue)
            }
            _start = ExplicitNull(wrappedValue: meeting.start.map(Moment.init))
            _end = ExplicitNull(wrappedValue: meeting.end.map(Moment.init))
            _recurrence = ExplicitNull(wrappedValue: meeting.recurrence)
        }
    }

    struct Delivery: Encodable {
        struct Recipient: Encodable {
            var address: String
            var action: String
            @ExplicitNull var status: String?
            @ExplicitNull var words: String?
        }

        @ExplicitNull var messageId: String?
        var recipients: [Recipient]

        enum CodingKeys: String, CodingKey {
            case recipients
            case messageId = "message_id"
        }

        init(_ report: DeliveryReport) {
            _messageId = ExplicitNull(wrappedValue: report.returned.messageID)
            recipients = report.recipients.map {
                Recipient(address: $0.address, action: $0.action.rawValue, status: $0.status, words: $0.words)
            }
        }
    }

    struct Receipt: Encodable {
        @ExplicitNull var messageId: String?
        @ExplicitNull var recipient: String?
        var action: String
        var automatic: Bool

        enum CodingKeys: String, CodingKey {
            case recipient, action, automatic
            case messageId = "message_id"
        }

        init(_ receipt: ReadingReceipt) {
            _messageId = ExplicitNull(wrappedValue: receipt.messageID)
            _recipient = ExplicitNull(wrappedValue: receipt.recipient)
            action = receipt.action.rawValue
            automatic = receipt.isAutomatic
        }
    }
}

extension LetterReport.Meeting {
    /// Name, time and place in a line, who is in it in another.
    var words: String {
        let title = [method, summary].compactMap { $0 }.joined(separator: ": ")
        let times = [start, end].compactMap { $0?.date?.description ?? $0?.dateText }.joined(separator: " to ")
        let people = attendees.map { attendee in
            attendee.answer.map { "\(attendee.address) (\($0))" } ?? attendee.address
        }
        let lines = [
            [title, times, location ?? ""].filter { !$0.isEmpty }.joined(separator: ", "),
            organizer.map { "from \($0.address)" } ?? "", people.isEmpty ? "" : "to \(people.joined(separator: ", "))",
        ]
        return lines.filter { !$0.isEmpty }.joined(separator: "\n")
    }
}
