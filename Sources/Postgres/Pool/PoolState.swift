/// Which connections are free and who waits for one.
///
/// Decides only; connecting and closing are done outside.
struct PoolState<Connection: Sendable, Waiter: Sendable> {
    /// What a caller gets: a connection that stands open, or leave to open one.
    enum Grant: Sendable {
        case open(Connection)
        case mayConnect
    }

    private let limit: Int
    private let reserved: Int
    private var idle: [Connection] = []
    /// Connections lent or being opened.
    private var lent = 0
    /// Connections among them that are being opened.
    private var opening = 0
    private var waiters: [(id: Int, reserved: Bool, waiter: Waiter)] = []
    private var waitersEver = 0
    private var isClosed = false
    /// Failures to connect in a row, and the instant before which nobody tries again.
    private var failures = 0
    private var retryAt: ContinuousClock.Instant?

    init(limit: Int, reserved: Int) {
        self.limit = max(1, limit)
        self.reserved = max(0, min(reserved, self.limit - 1))
    }

    /// A grant at once, or `nil` when the caller has to wait.
    mutating func take(reserved isReserved: Bool, now: ContinuousClock.Instant) throws(PostgresError) -> Grant? {
        guard !isClosed else { throw PostgresError(.unavailable, "the pool is closed") }
        guard lent < limit - (isReserved ? 0 : reserved) else { return nil }
        if let connection = idle.popLast() {
            lent += 1
            return .open(connection)
        }
        if let retryAt, now < retryAt {
            // A server that takes no more connections may still serve those it has.
            if lent > opening { return nil }
            throw PostgresError(.unavailable, "the database was away a moment ago")
        }
        lent += 1
        opening += 1
        return .mayConnect
    }

    /// Number of the next one who waits.
    var nextWaiter: Int { waitersEver + 1 }

    mutating func wait(reserved: Bool, _ waiter: Waiter) {
        waitersEver += 1
        waiters.append((waitersEver, reserved, waiter))
    }

    /// Takes a waiter out, when it still waits.
    mutating func removeWaiter(_ id: Int) -> Waiter? {
        guard let index = waiters.firstIndex(where: { $0.id == id }) else { return nil }
        return waiters.remove(at: index).waiter
    }

    /// Takes a connection back, or learns that a lent one is gone; gives back who gets the place, and with what.
    mutating func giveBack(_ connection: Connection?) -> (Waiter, Grant)? {
        lent -= 1
        if let connection, !isClosed { idle.append(connection) }
        guard let index = waiters.firstIndex(where: { lent < limit - ($0.reserved ? 0 : reserved) }) else { return nil }
        lent += 1
        let waiter = waiters.remove(at: index).waiter
        if let connection = idle.popLast() { return (waiter, .open(connection)) }
        opening += 1
        return (waiter, .mayConnect)
    }

    /// A connection was opened, in the place given for it.
    mutating func connected() {
        opening -= 1
        failures = 0
        retryAt = nil
    }

    /// No connection could be opened: back-off from 50 ms to 2 s, with jitter so that nodes do not come back in step.
    ///
    /// The place is still to be given back.
    mutating func failedToConnect(now: ContinuousClock.Instant, jitter: Double) {
        opening -= 1
        failures += 1
        let delay = min(2.0, 0.05 * Double(1 << min(failures - 1, 6))) * (0.8 + 0.4 * jitter)
        retryAt = now.advanced(by: .seconds(delay))
    }

    /// Forgets what is idle; gives it back to be closed, and who waits in vain.
    mutating func close() -> (waiters: [Waiter], connections: [Connection]) {
        isClosed = true
        defer {
            idle.removeAll()
            waiters.removeAll()
        }
        return (waiters.map(\.waiter), idle)
    }
}
