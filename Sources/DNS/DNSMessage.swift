import Hosts

/// Reads an answer (RFC 1035 section 4): c-ares gives its octets, and their times to live only from here.
///
/// Bounded by the message's own 64 KiB; a pointer leads backwards only, so that no name goes in circles.
struct DNSMessage {
    /// What was found and for how many seconds it holds.
    struct Answer: Hashable, Sendable {
        var records: [DNSRecord]
        var seconds: UInt32
    }

    private let octets: [UInt8]
    private var position = 12

    private init(_ octets: [UInt8]) { self.octets = octets }

    /// The records of a type, without those that make no sense; `nil` for a malformed message.
    static func read(_ octets: [UInt8], type: DNSRecordType) -> Answer? {
        guard octets.count >= 12 else { return nil }
        var message = DNSMessage(octets)
        return message.answer(type)
    }

    private mutating func answer(_ type: DNSRecordType) -> Answer? {
        let questions = number(at: 4)
        let answers = number(at: 6)
        let authorities = number(at: 8)
        for _ in 0..<questions {
            guard skipName(), skip(4) else { return nil }
        }
        var found = Answer(records: [], seconds: .max)
        for _ in 0..<answers {
            guard let record = readRecord() else { return nil }
            // An alias on the way (CNAME) bounds the time of what it leads to.
            found.seconds = min(found.seconds, record.seconds)
            guard record.type == type.rawValue, record.isInternet else { continue }
            if let value = value(of: type, record.data) { found.records.append(value) }
        }
        guard found.records.isEmpty else { return found }
        return Answer(records: [], seconds: negativeSeconds(authorities))
    }

    /// How long "not there" holds (RFC 2308 section 5): the lesser of the SOA record's own time and its MINIMUM.
    private mutating func negativeSeconds(_ authorities: Int) -> UInt32 {
        for _ in 0..<authorities {
            guard let record = readRecord() else { return 0 }
            guard record.type == 6, record.data.count >= 20 else { continue }
            let minimum = record.data.suffix(4).reduce(UInt32(0)) { $0 << 8 | UInt32(octets[$1]) }
            return min(record.seconds, minimum)
        }
        return 0
    }

    private struct Record {
        var type: UInt16
        var isInternet: Bool
        var seconds: UInt32
        /// Where its data stands.
        var data: Range<Int>
    }

    private mutating func readRecord() -> Record? {
        guard skipName(), position + 10 <= octets.count else { return nil }
        let start = position
        let length = number(at: start + 8)
        position = start + 10 + length
        guard position <= octets.count else { return nil }
        let seconds = UInt32(number(at: start + 4)) << 16 | UInt32(number(at: start + 6))
        return Record(
            type: UInt16(number(at: start)), isInternet: number(at: start + 2) == 1,
            // RFC 2181 section 8: the highest bit set means zero.
            seconds: seconds > UInt32(Int32.max) ? 0 : seconds, data: start + 10..<position)
    }

    private func value(of type: DNSRecordType, _ data: Range<Int>) -> DNSRecord? {
        switch type {
        case .a, .aaaa:
            guard data.count == (type == .a ? 4 : 16) else { return nil }
            return IPAddress(octets: Array(octets[data])).map { .address($0) }
        case .ptr:
            return name(at: data.lowerBound).map { .name($0) }
        case .mx:
            guard data.count > 2, let host = name(at: data.lowerBound + 2) else { return nil }
            return .exchanger(preference: UInt16(number(at: data.lowerBound)), host: host)
        case .txt:
            return text(data).map { .text($0) }
        }
    }

    private func text(_ data: Range<Int>) -> [UInt8]? {
        var joined: [UInt8] = []
        var start = data.lowerBound
        while start < data.upperBound {
            let end = start + 1 + Int(octets[start])
            guard end <= data.upperBound else { return nil }
            joined += octets[start + 1..<end]
            start = end
        }
        return joined
    }

    /// A name as text without the last dot; `nil` where a label holds what no text of a name can say.
    private func name(at start: Int) -> String? {
        var labels: [String] = []
        var length = 0
        var place = start
        while place < octets.count {
            let count = Int(octets[place])
            if count == 0 { return labels.joined(separator: ".") }
            if count >= 0xC0 {
                guard place + 1 < octets.count else { return nil }
                let target = number(at: place) & 0x3FFF
                guard target < place else { return nil }
                place = target
                length += 1
            } else {
                guard count < 64, place + count < octets.count else { return nil }
                let label = octets[place + 1...place + count]
                guard label.allSatisfy({ $0 > 0x20 && $0 < 0x7F && $0 != UInt8(ascii: ".") }) else { return nil }
                labels.append(String(decoding: label, as: UTF8.self))
                place += count + 1
                length += count + 1
            }
            guard length <= 255 else { return nil }
        }
        return nil
    }

    private mutating func skipName() -> Bool {
        while position < octets.count {
            let count = Int(octets[position])
            if count >= 0xC0 { return skip(2) }
            guard count < 64, skip(count + 1) else { return false }
            if count == 0 { return true }
        }
        return false
    }

    private mutating func skip(_ count: Int) -> Bool {
        position += count
        return position <= octets.count
    }

    private func number(at place: Int) -> Int { Int(octets[place]) << 8 | Int(octets[place + 1]) }
}
