import IMAPClient
import Records
import Testing

@testable import Doors

@Suite("Which messages of a folder are listed next")
struct FolderScanTests {
    private func entries(_ uids: some Sequence<UInt32>) -> [MessageEntry] {
        uids.map { MessageEntry(uid: $0, size: 1, internalDate: nil) }
    }

    /// The ranges that are listed until the end when a folder holds these UIDs.
    private func ranges(after uid: UInt32, uidNext: UInt32?, holding uids: [UInt32]) -> [String] {
        var scan = FolderScan(after: uid, uidNext: uidNext)
        var ranges: [String] = []
        while let range = scan.range, ranges.count < 100 {
            ranges.append("\(range.first):\(range.last.map(String.init) ?? "*")")
            let found = uids.filter { $0 >= range.first && $0 <= range.last ?? .max }
            if scan.took(entries(found.prefix(FolderScan.entryLimit))) == nil { break }
        }
        return ranges
    }

    @Test("A known folder is listed in windows and from its end once more")
    func windows() {
        #expect(ranges(after: 10, uidNext: 13, holding: [11, 12]) == ["11:12", "13:*"])
        #expect(ranges(after: 0, uidNext: 1_000, holding: Array(1...999)) == ["1:512", "513:999", "1000:*"])
    }

    @Test("Where the server does not tell its next UID, all is listed at once")
    func unknown() { #expect(ranges(after: 10, uidNext: nil, holding: [11]) == ["11:*"]) }

    @Test("Windows without mail grow, so that gaps of millions cost few commands")
    func gaps() {
        let ranges = ranges(after: 0, uidNext: 4_000_000_000, holding: [1, 3_999_999_999])
        #expect(ranges.count < 30)
        #expect(ranges.first == "1:512" && ranges.contains { $0.hasSuffix(":3999999999") })
    }

    @Test("What goes beyond one listing is listed from its last message on")
    func cut() {
        var scan = FolderScan(after: 0, uidNext: nil)
        let first = entries((1...UInt32(FolderScan.entryLimit)).map { $0 * 2 })
        #expect(scan.took(first) == 4_096)
        #expect(scan.range?.first == 4_097 && scan.range?.last == nil)
        #expect(scan.took([]) == nil && scan.range == nil)
    }

    @Test("The last UID there can be is the end")
    func end() {
        #expect(FolderScan(after: .max, uidNext: nil).range == nil)
        var scan = FolderScan(after: .max - 1, uidNext: nil)
        #expect(scan.range?.first == .max)
        #expect(scan.took(entries([.max])) == .max && scan.range == nil)
        #expect(
            ranges(after: .max - 3, uidNext: .max, holding: [.max - 1]) == ["4294967293:4294967294", "4294967295:*"])
    }
}

@Suite("Portions of messages")
struct FetchPlanTests {
    private func plan(
        _ sizes: [UInt64?], upTo last: UInt32 = 0, limit: Int = 50 << 20, skipping skipped: Set<UInt32> = []
    ) -> [FetchPlan.Portion] {
        let entries = sizes.enumerated().map { MessageEntry(uid: UInt32($0.offset) + 1, size: $0.element) }
        return FetchPlan(entries, upTo: last, sizeLimit: limit) { !skipped.contains($0.uid) }.portions
    }

    @Test("No portion holds more than so many messages or octets, and a large one stands alone")
    func bounds() {
        let many = plan(Array(repeating: 10, count: FetchPlan.messageLimit + 1), upTo: 99)
        #expect(many.map(\.uids.count) == [FetchPlan.messageLimit, 1])
        #expect(many.map(\.lastUID) == [UInt32(FetchPlan.messageLimit), 99])
        #expect(plan([3 << 20, 1 << 20, 1, 9 << 20, 1]).map(\.uids) == [[1, 2], [3], [4], [5]])
    }

    @Test("A message of unknown size is fetched, one of absurd size is set aside unfetched")
    func sizes() {
        let portions = plan([nil, .max, 5], limit: 100)
        #expect(portions.flatMap(\.uids) == [1, 3])
        #expect(portions.flatMap(\.faults).map(\.uid) == [2])
        #expect(portions.flatMap(\.faults).allSatisfy { $0.reason.contains("too large") })
    }

    @Test("The cursor goes to the end of what was listed, also where nothing is wanted")
    func cursor() {
        #expect(plan([], upTo: 500) == [FetchPlan.Portion(lastUID: 500)])
        #expect(plan([1, 1], upTo: 500, skipping: [1, 2]) == [FetchPlan.Portion(lastUID: 500)])
        #expect(plan([1, 1, 1], upTo: 2, skipping: [2]).map(\.lastUID) == [3])
    }
}
