import Testing

@testable import Postgres

@Suite("Who gets a connection")
struct PoolStateTests {
    private typealias State = PoolState<Int, String>
    private let now = ContinuousClock.now

    @Test("places are given up to the limit, the reserved one to reserved work only")
    func limit() throws {
        var state = State(limit: 3, reserved: 1)
        #expect(try state.take(reserved: false, now: now).isMayConnect)
        #expect(try state.take(reserved: false, now: now).isMayConnect)
        #expect(try state.take(reserved: false, now: now).isNone)
        #expect(try state.take(reserved: true, now: now).isMayConnect)
        #expect(try state.take(reserved: true, now: now).isNone)
    }

    @Test("who waits gets what comes back, first come first served; a reserved place is not given to others")
    func order() throws {
        var state = State(limit: 2, reserved: 1)
        _ = try state.take(reserved: false, now: now)
        _ = try state.take(reserved: true, now: now)
        state.wait(reserved: false, "shared")
        state.wait(reserved: true, "heartbeat")
        let first = state.giveBack(7)
        #expect(first?.0 == "heartbeat" && first?.1.connection == 7)
        #expect(state.giveBack(8)?.0 == nil)
        let second = state.giveBack(7)
        #expect(second?.0 == "shared" && second?.1.connection == 7)
    }

    @Test("the place of a lost connection goes to the next one, who opens another")
    func lost() throws {
        var state = State(limit: 1, reserved: 0)
        _ = try state.take(reserved: false, now: now)
        state.connected()
        state.wait(reserved: false, "next")
        let next = state.giveBack(nil)
        #expect(next?.0 == "next" && next?.1.isMayConnect == true)
    }

    @Test("a waiter that gave up is passed over")
    func givenUp() throws {
        var state = State(limit: 1, reserved: 0)
        _ = try state.take(reserved: false, now: now)
        let number = state.nextWaiter
        state.wait(reserved: false, "gone")
        state.wait(reserved: false, "there")
        #expect(state.removeWaiter(number) == "gone" && state.removeWaiter(number) == nil)
        #expect(state.giveBack(1)?.0 == "there")
    }

    @Test("after a failure nobody connects for a while, longer each time, at most two seconds")
    func backOff() throws {
        var state = State(limit: 2, reserved: 0)
        var pauses: [Duration] = []
        var now = now
        for _ in 0..<10 {
            #expect(try state.take(reserved: false, now: now).isMayConnect)
            state.failedToConnect(now: now, jitter: 0.5)
            _ = state.giveBack(nil)
            let failedAt = now
            while (try? state.take(reserved: false, now: now)) == nil { now += .milliseconds(10) }
            state.failedToConnect(now: failedAt, jitter: 0.5)
            _ = state.giveBack(nil)
            pauses.append(now - failedAt)
            now += .seconds(3)
        }
        #expect(pauses[0] == .milliseconds(50) && pauses == pauses.sorted() && pauses.last == .seconds(2))
    }

    @Test("a server that takes no more connections still serves those it has: others wait for them")
    func refusedButServing() throws {
        var state = State(limit: 3, reserved: 0)
        _ = try state.take(reserved: false, now: now)
        state.connected()
        _ = try state.take(reserved: false, now: now)
        state.failedToConnect(now: now, jitter: 0)
        _ = state.giveBack(nil)
        #expect(try state.take(reserved: false, now: now).isNone)
        state.wait(reserved: false, "patient")
        #expect(state.giveBack(1)?.1.connection == 1)
        _ = state.giveBack(nil)
        #expect(throws: PostgresError.self) { try state.take(reserved: false, now: now) }
    }

    @Test("one that is closed gives back everything and grants nothing")
    func closed() throws {
        var state = State(limit: 2, reserved: 0)
        _ = try state.take(reserved: false, now: now)
        _ = try state.take(reserved: false, now: now)
        _ = state.giveBack(1)
        state.wait(reserved: false, "in vain")
        let rest = state.close()
        #expect(rest.waiters == ["in vain"] && rest.connections == [1])
        #expect(throws: PostgresError.self) { try state.take(reserved: false, now: now) }
        #expect(state.giveBack(2)?.0 == nil)
    }
}

extension Optional where Wrapped == PoolState<Int, String>.Grant {
    fileprivate var isMayConnect: Bool { self?.isMayConnect ?? false }
    fileprivate var isNone: Bool { if case .none = self { true } else { false } }
}

extension PoolState<Int, String>.Grant {
    fileprivate var isMayConnect: Bool { if case .mayConnect = self { true } else { false } }
    fileprivate var connection: Int? { if case .open(let connection) = self { connection } else { nil } }
}
