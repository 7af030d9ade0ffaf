/// Finds the end of a message and takes the dots off (RFC 5321 section 4.5.2), in whatever pieces it arrives.
///
/// Only CRLF.CRLF ends a message. A bare CR or LF makes it one that is read to its end and refused, so that nobody can
/// hide a second message behind it (CVE-2023-51764).
struct DataScanner {
    /// What was found wrong with the message; the first fault counts.
    enum Fault: Equatable { case bareLineEnd, lineTooLong, tooLarge, mailLoop }

    private enum State { case lineStart, dotAtStart, dotCR, inLine, cr }

    private let limits: SMTPLimits
    private var state = State.lineStart
    private(set) var fault: Fault?
    /// Octets so far, dots taken off.
    private(set) var size = 0
    private var lineLength = 0
    private var received = ReceivedCounter()

    init(limits: SMTPLimits) { self.limits = limits }

    /// Whether so much was sent beyond the limit that reading on makes no sense.
    var isHopeless: Bool { size > limits.messageSize * 2 }

    /// Takes a piece; content goes to `emit` in runs.
    ///
    /// Gives back how many octets were used, and whether the end is among them: what stands behind it is the next
    /// command.
    mutating func scan(
        _ bytes: UnsafeRawBufferPointer, emit: (UnsafeRawBufferPointer) -> Void
    ) -> (used: Int, isEnd: Bool) {
        var runStart = 0
        var index = 0
        let count = bytes.count
        while index < count {
            let octet = bytes[index]
            switch state {
            case .lineStart:
                lineLength = 0
                guard octet == UInt8(ascii: ".") else {
                    state = .inLine
                    continue
                }
                pass(bytes[runStart..<index], emit)
                state = .dotAtStart
            case .dotAtStart:
                guard octet == 0x0D else {
                    // The dot was a stuffed one: what follows is content.
                    runStart = index
                    state = .inLine
                    continue
                }
                state = .dotCR
            case .dotCR:
                if octet == 0x0A { return (index + 1, true) }
                // `.` CR and something else: the CR is bare.
                note(.bareLineEnd)
                runStart = index
                state = .inLine
                continue
            case .inLine:
                index = endOfRun(bytes, from: index)
                guard index < count else { break }
                if bytes[index] == 0x0D { state = .cr } else { note(.bareLineEnd) }
            case .cr:
                guard octet == 0x0A else {
                    note(.bareLineEnd)
                    state = .inLine
                    continue
                }
                state = .lineStart
            }
            index += 1
        }
        if state != .dotAtStart, state != .dotCR {
            pass(bytes[runStart...], emit)
        }
        return (count, false)
    }

    /// Hands a run of content on.
    private mutating func pass(_ run: Slice<UnsafeRawBufferPointer>, _ emit: (UnsafeRawBufferPointer) -> Void) {
        guard !run.isEmpty else { return }
        let run = UnsafeRawBufferPointer(rebasing: run)
        size += run.count
        if size > limits.messageSize { note(.tooLarge) }
        received.scan(run)
        if received.count > limits.receivedFields { note(.mailLoop) }
        // What is refused anyway needs no room.
        if fault == nil { emit(run) }
    }

    /// The next CR or LF, counting the length of the line.
    private mutating func endOfRun(_ bytes: UnsafeRawBufferPointer, from start: Int) -> Int {
        var index = start
        while index < bytes.count, bytes[index] != 0x0D, bytes[index] != 0x0A { index += 1 }
        lineLength += index - start
        if lineLength > limits.dataLine { note(.lineTooLong) }
        return index
    }

    private mutating func note(_ fault: Fault) {
        if self.fault == nil { self.fault = fault }
    }
}

/// Counts Received fields in the header, to stop mail that goes round in circles.
struct ReceivedCounter {
    private static let name = Array("received:".utf8)
    private(set) var count = 0
    private var isHeader = true
    private var column = 0
    private var matched = 0

    /// Takes a piece of the message, dots already taken off.
    mutating func scan(_ bytes: UnsafeRawBufferPointer) {
        guard isHeader else { return }
        for octet in bytes {
            if octet == 0x0A {
                if column == 0 {
                    isHeader = false
                    return
                }
                column = 0
                matched = 0
            } else if octet != 0x0D {
                if column == matched, matched < Self.name.count, octet | 0x20 == Self.name[matched] | 0x20 {
                    matched += 1
                    if matched == Self.name.count { count += 1 }
                }
                column += 1
            }
        }
    }
}
