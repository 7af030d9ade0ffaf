import FoundationEssentials

extension Invitation {
    /// Attendees that are kept.
    private static let attendeeLimit = 200

    /// The first meeting of a calendar file; `method` is what the header of the part says, which may be left out of it.
    init?(_ octets: [UInt8], method: String?) {
        let file = CalendarFile(octets)
        guard let event = file.components.first(where: { $0.name == "VEVENT" }) else { return nil }
        let said = file.components.first { $0.name == "VCALENDAR" }?.text("METHOD") ?? method
        let start = event.first("DTSTART").flatMap { Moment($0, in: file) }
        self.init(
            method: said.flatMap { Method(rawValue: $0.lowercased()) }, identifier: event.text("UID"),
            summary: event.text("SUMMARY") ?? "", location: event.text("LOCATION"),
            organizer: event.first("ORGANIZER").flatMap(Self.mailbox),
            attendees: event.lines.lazy.filter { $0.name == "ATTENDEE" }.compactMap(Self.attendee)
                .prefix(Self.attendeeLimit).map { $0 },
            start: start?.date, end: Self.end(of: event, from: start, in: file)?.date,
            recurrence: event.text("RRULE"))
    }

    /// What ends, or how long it lasts; whole days end before the day that is written.
    private static func end(of event: CalendarFile.Component, from start: Moment?, in file: CalendarFile) -> Moment? {
        var end = event.first("DTEND").flatMap { Moment($0, in: file) }
        if end == nil, let start, let duration = event.first("DURATION")?.value {
            end = start.time.adding(duration).map { Moment(time: $0, zone: start.zone) }
        }
        guard var moment = end, let start, moment.time.seconds == nil else { return end }
        if moment.time.days > start.time.days { moment.time = moment.time.dayBefore }
        return moment
    }

    private static func attendee(_ line: CalendarFile.Line) -> Attendee? {
        mailbox(line).map {
            Attendee(mailbox: $0, answer: line.parameters["PARTSTAT"].flatMap { Answer(rawValue: $0.lowercased()) })
        }
    }

    /// `CN="Jonas Holm":mailto:jh@fjordtek.example`.
    private static func mailbox(_ line: CalendarFile.Line) -> Mailbox? {
        let value = line.value.lowercased().hasPrefix("mailto:") ? String(line.value.dropFirst(7)) : line.value
        guard value.contains("@"), value.utf8.count <= 320 else { return nil }
        let name = line.parameters["CN"].map(CalendarText.line).flatMap { $0.isEmpty || $0 == value ? nil : $0 }
        return Mailbox(name: name, spec: value)
    }
}

/// A time of an event and the zone it is in.
private struct Moment {
    var time: CalendarTime
    /// `nil` for one that is not known, or that floats.
    var zone: CalendarZone?

    init(time: CalendarTime, zone: CalendarZone?) {
        self.time = time
        self.zone = zone
    }

    init?(_ line: CalendarFile.Line, in file: CalendarFile) {
        guard let time = CalendarTime(line.value) else { return nil }
        self.init(time: time, zone: line.parameters["TZID"].flatMap { CalendarZone($0, in: file) })
    }

    var date: LetterDate {
        guard time.seconds != nil else { return LetterDate(text: time.text, precision: .day) }
        guard let offset = time.isUTC ? 0 : zone?.offset(at: time) else {
            return LetterDate(text: time.text, precision: .local)
        }
        let instant = Date(timeIntervalSince1970: Double(time.local - offset))
        return LetterDate(instant: instant, offset: offset, text: time.text, precision: .instant)
    }
}

extension MIMEPart {
    private static let calendarTypes: Set = ["text/calendar", "application/ics", "text/x-vcalendar", "text/vcalendar"]

    /// Whether it is a file of a calendar.
    var isCalendar: Bool {
        Self.calendarTypes.contains(contentType) || filename?.lowercased().hasSuffix(".ics") ?? false
    }

    /// The first meeting in it or in what is attached to it; one that asks or answers before one that is only kept.
    var invitation: Invitation? {
        var found: [Invitation] = []
        collect(into: &found)
        return found.first { $0.method != nil } ?? found.first
    }

    private func collect(into found: inout [Invitation]) {
        switch content {
        // An invitation comes as a part of the text and as a file, hardly ever oftener.
        case .calendar(let octets) where found.count < 4:
            if let invitation = Invitation(octets, method: parameters["method"]) { found.append(invitation) }
        case .multipart(let children): for child in children { child.collect(into: &found) }
        case .message(let message): message.root.collect(into: &found)
        case .text, .fields, .calendar, .octets: break
        }
    }
}
