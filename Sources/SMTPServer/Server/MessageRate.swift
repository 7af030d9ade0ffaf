import NIOCore
import Synchronization

/// How many messages each address began in the current minute.
final class MessageRate: Sendable {
    private struct Window {
        var minute: UInt64 = 0
        var counts: [String: Int] = [:]
    }

    private static let minute = UInt64(60_000_000_000)
    /// Addresses that are remembered; with more of them in a minute, counting starts again.
    private static let addresses = 100_000

    private let limit: Int
    private let window = Mutex(Window())

    init(limit: Int) { self.limit = limit }

    /// Counts one more message, unless the address has had its share of this minute.
    func admits(_ address: String, at now: NIODeadline) -> Bool {
        window.withLock { window in
            let minute = now.uptimeNanoseconds / Self.minute
            if minute != window.minute || window.counts.count >= Self.addresses { window = Window(minute: minute) }
            guard window.counts[address, default: 0] < limit else { return false }
            window.counts[address, default: 0] += 1
            return true
        }
    }
}
