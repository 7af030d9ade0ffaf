import Foundation

/// The programs of one PostgreSQL version.
package struct Binaries: Hashable, Sendable {
    /// Folder with `initdb`, `postgres` and `pg_ctl`.
    package var folder: String
    package var majorVersion: Int

    /// Where the set-up puts PostgreSQL 18, for all users and for one.
    package static let installed = [
        "/usr/local/lib/brevdue/postgresql/18/bin",
        (ProcessInfo.processInfo.environment["HOME"] ?? "") + "/.local/lib/brevdue/postgresql/18/bin",
    ]

    /// The configured folder, or what the set-up installed.
    ///
    /// A PostgreSQL of the distribution is never taken unless it is configured: a cluster must not change its version
    /// because a package was installed.
    package static func locate(configured: String?) async throws(ClusterError) -> Binaries {
        if let configured { return try await Binaries(folder: configured) }
        for folder in installed where FileManager.default.isExecutableFile(atPath: folder + "/postgres") {
            return try await Binaries(folder: folder)
        }
        throw ClusterError(
            .binaries,
            "no embedded PostgreSQL in \(installed.joined(separator: " or ")): run `make setup`, "
                + "or set database.binaries or database.url")
    }

    package init(folder: String) async throws(ClusterError) {
        for program in ["initdb", "postgres", "pg_ctl"] {
            guard FileManager.default.isExecutableFile(atPath: "\(folder)/\(program)") else {
                throw ClusterError(.binaries, "database.binaries: there is no program \(folder)/\(program)")
            }
        }
        self.folder = folder
        // "postgres (PostgreSQL) 18.4"
        let output = try await Program(path: "\(folder)/postgres", arguments: ["--version"]).output()
        guard let version = output.split(separator: " ").compactMap({ Int($0.split(separator: ".").first ?? "") }).first
        else {
            throw ClusterError(.binaries, "\(folder)/postgres does not tell its version: \(output)")
        }
        majorVersion = version
        guard version >= 15 else {
            throw ClusterError(.binaries, "\(folder) holds PostgreSQL \(version): version 15 or later is needed")
        }
    }
}
