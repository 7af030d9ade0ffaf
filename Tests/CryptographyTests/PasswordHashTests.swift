import Cryptography
import Testing

@Suite("Passwords as argon2id")
struct PasswordHashTests {
    /// As little as the algorithm allows: these tests are about form, not about strength.
    static let cheap = PasswordHash.Cost(kibibytes: 8, passes: 1, lanes: 1)

    @Test("a password is known again, any other is not", arguments: ["correct horse", "rødgrød med fløde", "🕊"])
    func verifies(_ password: String) throws {
        let hash = try PasswordHash.make(password, cost: Self.cheap)
        #expect(PasswordHash.verify(password, against: hash))
        #expect(!PasswordHash.verify(password + " ", against: hash))
        #expect(!PasswordHash.verify("", against: hash))
        #expect(try PasswordHash.make(password, cost: Self.cheap) != hash)
    }

    @Test("the form says algorithm, version and the recommended cost")
    func form() throws {
        let hash = try PasswordHash.make("correct horse")
        #expect(hash.hasPrefix("$argon2id$v=19$m=19456,t=2,p=1$"))
        #expect(!PasswordHash.needsRehash(hash))
        #expect(PasswordHash.needsRehash(hash, cost: Self.cheap))
        #expect(PasswordHash.needsRehash(try PasswordHash.make("correct horse", cost: Self.cheap)))
    }

    /// Made by the argon2 command of Debian: `printf 'correct horse' | argon2 0123456789abcdef -id -m 8 -t 2 -p 1 -e`.
    @Test("a hash of the reference program is known")
    func reference() {
        let hash = "$argon2id$v=19$m=256,t=2,p=1$MDEyMzQ1Njc4OWFiY2RlZg$BaW4fpaHKjCZWAGDYdvtrxLvSh/SRTUPoEiB6ytkbCs"
        #expect(PasswordHash.verify("correct horse", against: hash))
        #expect(!PasswordHash.verify("wrong horse", against: hash))
    }

    @Test(
        "what is no argon2id hash matches nothing",
        arguments: [
            "", "correct horse", "$argon2id$", "$argon2i$v=19$m=8,t=1,p=1$MDEyMzQ1Njc4OWFiY2RlZg$AAAA",
            "$argon2id$v=19$m=8,t=1,p=1$x$y",
        ])
    func foreign(_ hash: String) { #expect(!PasswordHash.verify("correct horse", against: hash)) }

    @Test("a password has a length", arguments: [0, PasswordHash.longestPassword + 1])
    func length(_ count: Int) {
        let password = String(repeating: "a", count: count)
        #expect(throws: PasswordHash.Failure.self) { try PasswordHash.make(password, cost: Self.cheap) }
    }

    @Test("many log-ins at once are all answered", .timeLimit(.minutes(1)))
    func hashesInTurn() async throws {
        let hasher = PasswordHasher(cost: Self.cheap)
        let hash = try await hasher.make("correct horse")
        let verdicts = try await withThrowingTaskGroup(of: Bool.self) { group in
            for number in 0..<50 {
                group.addTask { try await hasher.verify(number == 7 ? "wrong" : "correct horse", against: hash) }
            }
            return try await group.reduce(into: [Bool]()) { $0.append($1) }
        }
        #expect(verdicts.count { $0 } == 49)
    }

    @Test("more log-ins than will be served in time are turned away at once", .timeLimit(.minutes(1)))
    func refusesTooMany() async throws {
        let hasher = PasswordHasher(limit: 0, cost: Self.cheap)
        await #expect(throws: PasswordHasher.Busy.self) { try await hasher.make("correct horse") }
    }
}
