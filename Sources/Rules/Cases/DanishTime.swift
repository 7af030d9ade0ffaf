package import FoundationEssentials

/// A minute on Danish clocks, as people write it: `2026-11-24 08:52`.
package struct DanishTime: Hashable, Sendable {
    package let day: CalendarDay
    /// Minutes since midnight.
    package let minute: Int

    package init?(_ text: String) {
        let parts = text.split(separator: " ")
        guard parts.count == 2, let day = CalendarDay(iso: String(parts[0])) else { return nil }
        let clock = parts[1].split(separator: ":", omittingEmptySubsequences: false)
        guard clock.count == 2, clock.allSatisfy({ $0.count == 2 }), let hour = Int(clock[0]),
            let minute = Int(clock[1]),
            (0...23).contains(hour), (0...59).contains(minute)
        else { return nil }
        self.day = day
        self.minute = hour * 60 + minute
    }

    private var local: Int { day.dayNumber * 86_400 + minute * 60 }

    /// Seconds ahead of UTC at that minute; of the hour that comes twice in autumn the second one is meant.
    package var offset: Int { CalendarDay.danishOffset(at: Date(timeIntervalSince1970: Double(local - 3600))) }

    package var instant: Date { Date(timeIntervalSince1970: Double(local - offset)) }
}
