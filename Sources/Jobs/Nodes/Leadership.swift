/// Whether this node leads, by its own monotonic clock between two looks at the leader's row.
struct Leadership {
    private let term: Duration
    private let renewal: Duration
    private var endsAt: ContinuousClock.Instant?
    private var askAt: ContinuousClock.Instant?

    init(_ times: JobQueue.Times) {
        term = times.leaderTerm
        renewal = times.leaderRenewal
    }

    /// Whether the row is to be asked again: each time would be a write each second.
    func isDue(_ now: ContinuousClock.Instant) -> Bool { askAt.map { now >= $0 } ?? true }

    /// Notes the answer of the row to a question begun at `instant`.
    mutating func answered(_ leads: Bool, to instant: ContinuousClock.Instant) {
        // Given up a second early, so that clocks of different speed leave no time with two leaders.
        endsAt = leads ? instant + term - .seconds(1) : nil
        askAt = instant + renewal
    }

    func holds(_ now: ContinuousClock.Instant) -> Bool { endsAt.map { now < $0 } ?? false }
}
