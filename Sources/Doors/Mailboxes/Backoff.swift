/// How long a mailbox is left alone after failures: twice as long each time, scattered, up to a cap.
struct Backoff: Hashable, Sendable {
    var first = Duration.seconds(2)
    var cap = Duration.seconds(15 * 60)

    /// After a refused log-in: asking often would only lock the account.
    static let afterRefusedLogin = Backoff(first: .seconds(30))

    /// `failure` counts from 1; `jitter` is from 0 to 1.
    func pause(after failure: Int, jitter: Double) -> Duration {
        let doubled = first * (1 << min(max(failure - 1, 0), 20))
        return min(doubled, cap) * (0.75 + jitter / 2)
    }
}
