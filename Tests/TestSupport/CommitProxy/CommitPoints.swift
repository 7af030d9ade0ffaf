/// What a client of PostgreSQL asks for (protocol 3.0, without TLS), taken apart to see where it commits, and what.
///
/// A value without connection, fed with the octets as they come.
struct CommitPoints: Sendable {
    private var octets: [UInt8] = []
    private var hasStarted = false
    /// Texts of prepared statements, by name.
    private var prepared: [String: String] = [:]
    /// What was carried out since the last commit.
    private var statements: [String] = []
    private var isInTransaction = false

    /// Takes octets; gives back the statements of the last commit that ends with them, `nil` when none does.
    ///
    /// Outside a transaction every Sync commits.
    mutating func feed(_ piece: [UInt8]) -> [String]? {
        octets += piece
        var commit: [String]?
        while let (kind, body) = nextMessage() { commit = take(kind, body) ?? commit }
        return commit
    }

    /// The first message of a connection has no kind.
    private mutating func nextMessage() -> (kind: UInt8, body: [UInt8])? {
        let head = hasStarted ? 1 : 0
        guard octets.count >= head + 4 else { return nil }
        let length = octets[head..<head + 4].reduce(0) { $0 << 8 | Int($1) }
        guard octets.count >= head + length else { return nil }
        defer {
            octets.removeFirst(head + length)
            hasStarted = true
        }
        return (hasStarted ? octets[0] : 0, Array(octets[(head + 4)..<(head + length)]))
    }

    private mutating func take(_ kind: UInt8, _ body: [UInt8]) -> [String]? {
        let words = body.split(separator: 0, maxSplits: 2, omittingEmptySubsequences: false)
            .map { String(decoding: $0, as: UTF8.self) }
        switch kind {
        case UInt8(ascii: "P") where words.count > 1: prepared[words[0]] = words[1]
        case UInt8(ascii: "B") where words.count > 1: statements.append(prepared[words[1]] ?? "")
        case UInt8(ascii: "S") where !isInTransaction: return commit()
        case UInt8(ascii: "Q"): return takeSimple(words.first ?? "")
        default: break
        }
        return nil
    }

    private mutating func takeSimple(_ text: String) -> [String]? {
        switch text.prefix(while: \.isLetter) {
        case "BEGIN":
            isInTransaction = true
            statements = []
        case "COMMIT":
            isInTransaction = false
            return commit()
        case "ROLLBACK" where !text.contains("SAVEPOINT"):
            isInTransaction = false
            statements = []
        default: break
        }
        return nil
    }

    private mutating func commit() -> [String]? {
        defer { statements = [] }
        return statements.isEmpty ? nil : statements
    }
}

/// What the server answers: tells when it is ready for the next query, as it is after a commit.
struct ServerReadiness: Sendable {
    private var octets: [UInt8] = []

    /// Takes octets; tells whether the server said with them that it is ready and in no transaction.
    mutating func feed(_ piece: [UInt8]) -> Bool {
        octets += piece
        var isReady = false
        while octets.count >= 5 {
            let length = octets[1..<5].reduce(0) { $0 << 8 | Int($1) }
            guard octets.count > length else { break }
            isReady = isReady || octets[0] == UInt8(ascii: "Z") && octets[5] == UInt8(ascii: "I")
            octets.removeFirst(1 + length)
        }
        return isReady
    }
}
