/// What is asked.
struct DNSQuestion: Hashable, Sendable {
    var type: DNSRecordType
    /// In lower case.
    var name: String
}

/// Answers for as long as they hold.
///
/// In two generations: when the young one is full it becomes the old one, and what was the old one goes. So it has a
/// bound without any order to keep.
struct DNSCache {
    private struct Entry {
        var records: [DNSRecord]
        var end: ContinuousClock.Instant
    }

    /// Octets of a generation, about.
    private static let bound = 8 * 1_048_576
    /// Nobody has to wait longer than this for a record that he repaired, whatever time to live it had.
    private static let longest = Duration.seconds(3_600)
    private static let longestNegative = Duration.seconds(300)

    private var young: [DNSQuestion: Entry] = [:]
    private var old: [DNSQuestion: Entry] = [:]
    private var cost = 0

    func records(_ question: DNSQuestion, at now: ContinuousClock.Instant) -> [DNSRecord]? {
        guard let entry = young[question] ?? old[question], entry.end > now else { return nil }
        return entry.records
    }

    mutating func keep(_ answer: DNSMessage.Answer, to question: DNSQuestion, at now: ContinuousClock.Instant) {
        guard answer.seconds > 0 else { return }
        let longest = answer.records.isEmpty ? Self.longestNegative : Self.longest
        let time = min(.seconds(Int64(answer.seconds)), longest)
        young[question] = Entry(records: answer.records, end: now + time)
        cost += 256 + question.name.utf8.count + answer.records.reduce(0) { $0 + Self.cost($1) }
        guard cost > Self.bound else { return }
        old = young
        young = [:]
        cost = 0
    }

    private static func cost(_ record: DNSRecord) -> Int {
        switch record {
        case .address: 64
        case .exchanger(_, let name), .name(let name): 64 + name.utf8.count
        case .text(let octets): 64 + octets.count
        }
    }
}
