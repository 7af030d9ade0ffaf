package import Postgres
package import Rules

/// The rule sets that quotes and recommendations point to.
package enum RuleSets {
    /// Keeps the files of a rule set under its hash.
    package static func activate(_ rules: RuleSet, in pool: PostgresPool) async throws {
        let files = Dictionary(uniqueKeysWithValues: rules.files.map { ($0.name, $0.text) })
        _ = try await pool.query(
            """
            INSERT INTO brevdue.rule_set (sha256, files) VALUES (\(rules.hash), \(try JSONText.encode(files))::json)
            ON CONFLICT DO NOTHING
            """)
    }
}
