/// One step of the schema: plain SQL, applied once, never changed afterwards.
package struct Migration: Sendable {
    /// Unique; the order of the list counts, not the name.
    package var name: String
    package var sql: String

    package init(name: String, sql: String) {
        self.name = name
        self.sql = sql
    }

    /// A first line `-- breaking` keeps older daemons, which do not know the step, from starting.
    var isBreaking: Bool { sql.hasPrefix("-- breaking") }
}

/// Why the schema cannot be brought up to date.
package enum MigrationError: Error, Hashable, Sendable, CustomStringConvertible {
    case changed(name: String)
    case newerSchema(name: String)
    case locked(by: String)

    package var description: String {
        switch self {
        case .changed(let name):
            "migration \(name) differs from the one that was applied: a migration is never changed, add a new one"
        case .newerSchema(let name):
            "the database was migrated by a newer brevdue (\(name)) that this one cannot work with: install that version"
        case .locked(let holder):
            "node \(holder) is migrating and has not finished: try again, or see its log"
        }
    }
}
