import Cryptography
import NIOCore
import Testing

@testable import SMTPServer

@Suite("Log-ins", .timeLimit(.minutes(1)))
struct LogInTests {
    private let peer = Peer(address: "192.0.2.7", trusted: [])

    @Test("40: any app password is right, under whatever salt")
    func passwords() async {
        let desk = LogInDesk(Keeper(passwords: ["en", "to"]), limits: SMTPLimits())
        for (password, isRight) in [("en", true), ("to", true), ("tre", false)] {
            guard case .accepted(let user) = await desk.answer(.password(user: "salg", password), from: peer) else {
                #expect(!isRight)
                continue
            }
            #expect(isRight && user == "salg")
        }
    }

    @Test("40: a user who does not exist has a salt too, the same one each time and no other's")
    func unknownUsers() async throws {
        let desk = LogInDesk(Keeper(), limits: SMTPLimits())
        var salts: [[UInt8]] = []
        for name in ["ukendt", "ukendt", "anden"] {
            guard case .credentials(let credentials) = await desk.answer(.credentials(user: name), from: peer) else {
                Issue.record("no salt")
                continue
            }
            #expect(credentials.keys.isEmpty && credentials.salt.count == 16)
            #expect(credentials.iterations == SCRAMKeys.recommendedIterations)
            salts.append(credentials.salt)
        }
        #expect(salts[0] == salts[1] && salts[0] != salts[2])
    }

    @Test("40: many failures close an address; what could not be looked at is none")
    func brakeOnAddress() async {
        var limits = SMTPLimits()
        limits.logInFailuresPerAddress = 3
        let desk = LogInDesk(Keeper(), limits: limits)
        for _ in 0..<10 { #expect(await outcome(desk, "nede", "x", peer) == "unavailable") }
        for _ in 0..<10 { #expect(await outcome(desk, "salg", "hemmelig", peer) == "accepted") }
        for number in 0..<3 { #expect(await outcome(desk, "bruger\(number)", "x", peer) == "refused") }
        #expect(await outcome(desk, "salg", "hemmelig", peer) == "braked")
        let neighbour = Peer(address: "192.0.2.8", trusted: [])
        #expect(await outcome(desk, "salg", "hemmelig", neighbour) == "accepted")
    }

    @Test("40: many failures close a user to new places, not to known ones")
    func brakeOnUser() async {
        var limits = SMTPLimits()
        limits.logInFailuresPerUser = 3
        let desk = LogInDesk(Keeper(), limits: limits)
        #expect(await outcome(desk, "salg", "hemmelig", peer) == "accepted")
        for number in 0..<3 {
            let guesser = Peer(address: "198.51.\(number).1", trusted: [])
            #expect(await outcome(desk, "SALG", "x", guesser) == "refused")
        }
        #expect(await outcome(desk, "salg", "hemmelig", Peer(address: "198.51.9.1", trusted: [])) == "braked")
        #expect(await outcome(desk, "salg", "hemmelig", peer) == "accepted")
    }

    @Test("40: a look-up that hangs is given up in time, and is no guess")
    func hanging() async {
        var limits = SMTPLimits()
        limits.logInLookUp = .milliseconds(50)
        limits.logInFailuresPerAddress = 1
        let desk = LogInDesk(HangingKeeper(), limits: limits)
        for _ in 0..<3 { #expect(await outcome(desk, "salg", "hemmelig", peer) == "unavailable") }
    }

    private func outcome(_ desk: LogInDesk, _ user: String, _ password: String, _ peer: Peer) async -> String {
        let answer = await desk.answer(.password(user: user, password), from: peer)
        if case .accepted(let user) = answer { desk.welcome(user, from: peer) }
        return switch answer {
        case .accepted: "accepted"
        case .refused: "refused"
        case .credentials: "credentials"
        case .unavailable: "unavailable"
        case .braked: "braked"
        }
    }
}

/// Is asked and never answers, not even when nobody waits any more.
private struct HangingKeeper: SMTPAuthenticator {
    func credentials(of user: String) async throws -> [SCRAMKeys] {
        await withUnsafeContinuation { (_: UnsafeContinuation<[SCRAMKeys], Never>) in }
    }
}
