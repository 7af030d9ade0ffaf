import NIOCore
import Synchronization

/// How often something happened in the current window of time, by who did it.
///
/// Fixed windows: cheap, bounded, and twice the limit at most in any span of that length.
final class RateLimit: Sendable {
    private struct Window {
        var number: UInt64 = 0
        var counts: [String: Int] = [:]
    }

    /// Keys that are remembered; with more of them in a window, counting starts again.
    private static let keys = 100_000

    private let length: UInt64
    private let window = Mutex(Window())

    init(window length: TimeAmount) { self.length = UInt64(length.nanoseconds) }

    /// Counts one more for each, unless one of them has had its share of this window.
    func admits(_ shares: [(key: String, limit: Int)], at now: NIODeadline) -> Bool {
        window.withLock { window in
            roll(&window, now)
            guard shares.allSatisfy({ window.counts[$0.key, default: 0] < $0.limit }) else { return false }
            for share in shares { window.counts[share.key, default: 0] += 1 }
            return true
        }
    }

    /// Takes back what was counted.
    func forgive(_ keys: [String]) {
        window.withLock { window in
            for key in keys where window.counts[key, default: 0] > 0 { window.counts[key, default: 0] -= 1 }
        }
    }

    private func roll(_ window: inout Window, _ now: NIODeadline) {
        let number = now.uptimeNanoseconds / length
        if number != window.number || window.counts.count >= Self.keys { window = Window(number: number) }
    }
}
