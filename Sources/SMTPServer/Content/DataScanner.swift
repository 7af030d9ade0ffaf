import SwiftGlibc

/// Finds the end of a message and takes the dots off (RFC 5321 section 4.5.2), in whatever pieces it arrives.
///
/// Only CRLF.CRLF ends a message. A bare CR or LF makes it one that is read to its end and refused, so that nobody can
/// hide a second message behind it (CVE-2023-51764).
struct DataScanner {
    /// What was found wrong with the message; of several the gravest counts, which stands first here: which is found first
    /// depends on the pieces.
    enum Fault: Int { case bareLineEnd, lineTooLong, tooLarge, mailLoop }

    private enum State { case lineStart, dotAtStart, dotCR, inLine, cr }

    private let limits: SMTPLimits
    private var state = State.lineStart
    private(set) var fault: Fault?
    /// Octets so far, dots taken off.
    private(set) var size = 0
    private var lineLength = 0
    private var received = ReceivedCounter()

    init(limits: SMTPLimits) { self.limits = limits }

    var isTooLarge: Bool { size > limits.messageSize }

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
        var nextLF = -1
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
                if nextLF < index { nextLF = bytes.firstIndex(of: 0x0A, in: index..<count) ?? count }
                let end = bytes.firstIndex(of: 0x0D, in: index..<nextLF) ?? nextLF
                noteLength(end - index)
                index = end
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
        if isTooLarge { note(.tooLarge) }
        received.scan(run)
        if received.count > limits.receivedFields { note(.mailLoop) }
        // What is refused anyway needs no room.
        if fault == nil { emit(run) }
    }

    private mutating func noteLength(_ octets: Int) {
        lineLength += octets
        if lineLength > limits.dataLine { note(.lineTooLong) }
    }

    private mutating func note(_ fault: Fault) {
        if fault.rawValue < self.fault?.rawValue ?? .max { self.fault = fault }
    }
}

extension DataScanner.Fault {
    var reply: SMTPReply {
        switch self {
        case .bareLineEnd: .bareLineEnd
        case .lineTooLong: .dataLineTooLong
        case .tooLarge: .tooLarge
        case .mailLoop: .mailLoop
        }
    }
}

extension UnsafeRawBufferPointer {
    /// Many times as fast as a loop over the octets.
    fileprivate func firstIndex(of octet: UInt8, in range: Range<Int>) -> Int? {
        guard let baseAddress, let found = memchr(baseAddress + range.lowerBound, Int32(octet), range.count) else {
            return nil
        }
        return baseAddress.distance(to: found)
    }
}
