/// Why the database did not do what was asked.
///
/// Never holds parameters, so it may be logged.
package struct PostgresError: Error, Hashable, Sendable, CustomStringConvertible {
    /// The kind of failure, open for new cases.
    package struct Code: Hashable, Sendable, CustomStringConvertible {
        private enum Base { case unavailable, connectionLost, poolExhausted, statement, decoding, refusedServer }
        private let base: Base

        /// No connection could be made; nothing was sent.
        package static let unavailable = Self(base: .unavailable)
        /// The connection was lost on the way: what was sent may have been committed.
        package static let connectionLost = Self(base: .connectionLost)
        /// No connection became free in time; nothing was sent.
        package static let poolExhausted = Self(base: .poolExhausted)
        /// The server refused the statement; `sqlState` says why.
        package static let statement = Self(base: .statement)
        /// A column does not hold what was asked for.
        package static let decoding = Self(base: .decoding)
        /// The server cannot be used as it is.
        package static let refusedServer = Self(base: .refusedServer)

        package var description: String { "\(base)" }
    }

    package var code: Code
    /// What went wrong, in the words of the server where it spoke.
    package var message: String
    /// SQLSTATE of the server (PostgreSQL, appendix A).
    package var sqlState: String?
    /// Name of the constraint that was violated.
    package var constraint: String?
    /// The beginning of the statement; values are never part of it.
    package var statement: String?

    package init(
        _ code: Code, _ message: String, sqlState: String? = nil, constraint: String? = nil, statement: String? = nil
    ) {
        self.code = code
        self.message = message
        self.sqlState = sqlState
        self.constraint = constraint
        self.statement = statement.map(Self.beginning)
    }

    package var description: String {
        "\(code): \(message)" + (sqlState.map { " (SQLSTATE \($0))" } ?? "")
            + (statement.map { " in: \($0)" } ?? "")
    }

    /// On one line, no longer than is needed to find it.
    private static func beginning(of statement: String) -> String {
        let words = statement.prefix(200).split(whereSeparator: \.isWhitespace).joined(separator: " ")
        return words.count > 80 ? words.prefix(80) + "…" : words
    }

    /// The same failure, told as that of one statement among several.
    func inPipeline(_ number: Int, of count: Int) -> Self {
        var error = self
        error.message = "statement \(number) of \(count): \(message)"
        return error
    }

    /// A conflict with another transaction: the same again may succeed (40001, 40P01, 55P03).
    package var isConflict: Bool { ["40001", "40P01", "55P03"].contains(sqlState) }

    /// The statement may have been planned before the schema changed (0A000 "cached plan must not change result type"),
    /// or its name is gone (26000): planned anew it works.
    var isOutdatedPlan: Bool { ["0A000", "26000"].contains(sqlState) }

    /// A transaction that failed so and was rolled back may succeed when it is done again.
    var isWorthRepeating: Bool { isConflict || isOutdatedPlan }

    /// Disk full (53100).
    package var isOutOfSpace: Bool { sqlState == "53100" }

    /// A unique constraint refused the row.
    package var isUniqueViolation: Bool { sqlState == "23505" }

    /// The server is away, going or coming, read-only or overloaded: later it may work.
    package var isUnavailable: Bool {
        if [.unavailable, .connectionLost, .poolExhausted].contains(code) || isConflict { return true }
        guard let sqlState else { return false }
        // 08 connection exceptions, 53 resources, 57P admin shutdown and start-up, 57014 time-out, 25006 standby,
        // 58030 I/O error, 25P03 idle in transaction.
        return sqlState.hasPrefix("08") || sqlState.hasPrefix("53") || sqlState.hasPrefix("57")
            || ["25006", "58030", "25P03"].contains(sqlState)
    }
}
