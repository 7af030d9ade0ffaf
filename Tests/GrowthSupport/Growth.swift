import Foundation

/// How the work of something grows with what it is done to.
///
/// Asked for as a ratio of processor time and never as a time, which differs from machine to machine: eight times as much takes
/// eight times the work, and sixty-four times where every place looks back to the beginning.
package enum Growth {
    private static let factor = 8
    /// Between the two, with room for what else the machine does.
    package static let limit = 28.0

    /// The ratio of the work for eight times a count to that for the count; the least of a few, where the first is too much.
    package static func ratio(of count: Int, _ work: (Int) throws -> Void) rethrows -> Double {
        var least = Double.infinity
        for _ in 0..<4 where least >= limit {
            let small = try time { try work(count) }
            least = min(least, try time { try work(count * factor) } / max(small, 1e-9))
        }
        return least
    }

    /// Processor time of this thread, in seconds.
    private static func time(of work: () throws -> Void) rethrows -> Double {
        let start = processorTime()
        try work()
        return processorTime() - start
    }

    private static func processorTime() -> Double {
        var time = timespec()
        clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
        return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
    }
}
