import Synchronization

/// Wakes those who wait for work.
///
/// An alarm that rings while nobody waits is heard by the next one who does.
final class Alarms: Sendable {
    /// Name of the alarm of the one who hints other nodes.
    static let hint = " hint"

    private struct Alarm {
        var isRung = false
        var sleepers: [Int: CheckedContinuation<Void, Never>] = [:]
    }

    private struct State {
        var alarms: [String: Alarm] = [:]
        var sleepersEver = 0
    }

    private let state = Mutex(State())

    func ring(_ name: String) {
        let sleepers = state.withLock { state in
            var alarm = state.alarms[name] ?? Alarm()
            alarm.isRung = alarm.sleepers.isEmpty
            defer { state.alarms[name] = alarm }
            defer { alarm.sleepers.removeAll() }
            return alarm.sleepers.values.map { $0 }
        }
        for sleeper in sleepers {
            sleeper.resume()
        }
    }

    func ringAll() {
        for name in state.withLock({ Array($0.alarms.keys) }) where name != Self.hint {
            ring(name)
        }
    }

    /// Until the alarm rings, the time is over, or the task is cancelled.
    func wait(for name: String, atMost limit: Duration) async {
        await withTaskGroup(of: Void.self) { group in
            group.addTask { await self.sleep(until: name) }
            group.addTask { try? await Task.sleep(for: limit) }
            await group.next()
            group.cancelAll()
        }
    }

    private func sleep(until name: String) async {
        let number = state.withLock { state in
            state.sleepersEver += 1
            return state.sleepersEver
        }
        await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let goOn = state.withLock { state in
                    var alarm = state.alarms[name] ?? Alarm()
                    defer { state.alarms[name] = alarm }
                    if alarm.isRung || Task.isCancelled {
                        alarm.isRung = false
                        return true
                    }
                    alarm.sleepers[number] = continuation
                    return false
                }
                if goOn { continuation.resume() }
            }
        } onCancel: {
            state.withLock { $0.alarms[name]?.sleepers.removeValue(forKey: number) }?.resume()
        }
    }
}
