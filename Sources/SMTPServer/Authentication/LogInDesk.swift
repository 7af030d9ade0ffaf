import Cryptography
import Dispatch
import NIOCore
import Synchronization

/// Answers what log-ins ask, in the same time whether a user exists or not.
final class LogInDesk: Sendable {
    private let authenticator: any SMTPAuthenticator
    private let brake: GuessBrake
    private let limit: Duration
    private let hashing = HashingQueue(limit: 100)
    /// Makes salts for users who do not exist: always the same one for a name, and nobody else can tell.
    private let secret: [UInt8]?

    init(_ authenticator: any SMTPAuthenticator, limits: SMTPLimits) {
        self.authenticator = authenticator
        brake = GuessBrake(limits: limits)
        limit = limits.logInLookUp
        secret = try? SecureRandom.bytes(32)
    }

    func answer(_ question: SASLQuestion, from peer: Peer) async -> SASLAnswer {
        guard brake.admits(question.user, from: peer, at: .now()) else { return .braked }
        guard let secret, let known = await keys(of: question.user) else {
            brake.forgive(question.user, from: peer)
            return .unavailable
        }
        let credentials = Self.credentials(known, of: question.user, secret: secret)
        switch question {
        case .credentials: return .credentials(credentials[0])
        case .password(let user, let password):
            guard let isRight = await hashing.run({ Self.isRight(password, credentials) }) else {
                brake.forgive(user, from: peer)
                return .unavailable
            }
            return isRight ? .accepted(user: user) : .refused
        }
    }

    /// `nil` when they cannot be had, or not in time: what hangs behind the authenticator must not hang the session.
    private func keys(of user: String) async -> [SCRAMKeys]? {
        let (answers, answer) = AsyncStream.makeStream(of: [SCRAMKeys]?.self, bufferingPolicy: .bufferingOldest(1))
        let lookUp = Task { [authenticator] in answer.yield(try? await authenticator.credentials(of: user)) }
        let clock = Task { [limit] in
            try? await Task.sleep(for: limit)
            answer.yield(nil)
        }
        defer {
            lookUp.cancel()
            clock.cancel()
        }
        for await first in answers { return first }
        return nil
    }

    /// The user is in; what came before was no guessing.
    func welcome(_ user: String, from peer: Peer) { brake.welcome(user, from: peer) }

    /// Blocks.
    private static func isRight(_ password: String, _ credentials: [SCRAMCredentials]) -> Bool {
        // All of them, so that the time does not tell which one it was.
        credentials.count { group in
            let given = SCRAMKeys(password: password, salt: group.salt, iterations: group.iterations)
            return group.keys.count { equalInConstantTime($0.storedKey, given.storedKey) } > 0
        } > 0
    }

    /// The keys by their salts, that of the newest first; never empty.
    private static func credentials(_ keys: [SCRAMKeys], of user: String, secret: [UInt8]) -> [SCRAMCredentials] {
        var groups: [SCRAMCredentials] = []
        for key in keys.prefix(100) {
            if let index = groups.firstIndex(where: { $0.salt == key.salt && $0.iterations == key.iterations }) {
                groups[index].keys.append(key)
            } else if groups.count < 8 {
                groups.append(SCRAMCredentials(salt: key.salt, iterations: key.iterations, keys: [key]))
            }
        }
        guard groups.isEmpty else { return groups }
        let salt = HMACSHA256.authenticate(Array(user.utf8), key: secret).prefix(16)
        return [SCRAMCredentials(salt: Array(salt), iterations: SCRAMKeys.recommendedIterations, keys: [])]
    }
}

extension SASLQuestion {
    var user: String {
        switch self {
        case .password(let user, _), .credentials(let user): user
        }
    }
}

/// Derives keys one after the other, away from the event loops: a storm of log-ins takes one core.
private final class HashingQueue: Sendable {
    private let queue = DispatchQueue(label: "log-ins by mail")
    private let waiting = Mutex(0)
    private let limit: Int

    init(limit: Int) { self.limit = limit }

    /// `nil` when too many wait already.
    func run(_ work: @escaping @Sendable () -> Bool) async -> Bool? {
        let isAdmitted = waiting.withLock { waiting in
            guard waiting < limit else { return false }
            waiting += 1
            return true
        }
        guard isAdmitted else { return nil }
        defer { waiting.withLock { $0 -= 1 } }
        return await withCheckedContinuation { continuation in
            queue.async { continuation.resume(returning: work()) }
        }
    }
}
