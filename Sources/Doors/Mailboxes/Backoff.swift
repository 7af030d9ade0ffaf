/// How long a mailbox is left alone after failures: twice as long each time, scattered, up to a cap.
package struct Backoff: Hashable, Sendable {
    package var first: Duration
    package var cap: Duration

    package init(first: Duration = .seconds(2), cap: Duration = .seconds(15 * 60)) {
        self.first = first
        self.cap = cap
    }

    /// `failure` counts from 1; `jitter` is from 0 to 1.
    func pause(after failure: Int, jitter: Double) -> Duration {
        let doubled = first * (1 << (min(max(failure, 1), 21) - 1))
        return min(doubled, cap) * (0.75 + jitter / 2)
    }
}
