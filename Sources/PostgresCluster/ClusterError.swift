/// Why the embedded cluster cannot be used: what was found, where, and what to do.
package struct ClusterError: Error, Hashable, Sendable, CustomStringConvertible {
    /// The kind of failure, open for new cases.
    package struct Code: Hashable, Sendable {
        private enum Base { case binaries, inUse, otherVersion, user, directory, failed }
        private let base: Base

        /// The programs of PostgreSQL were not found.
        package static let binaries = Self(base: .binaries)
        /// Another daemon has the data directory.
        package static let inUse = Self(base: .inUse)
        /// The cluster was made by another major version.
        package static let otherVersion = Self(base: .otherVersion)
        /// There is no unprivileged user to run it as.
        package static let user = Self(base: .user)
        /// The data directory cannot be made or used.
        package static let directory = Self(base: .directory)
        /// A program of PostgreSQL failed.
        package static let failed = Self(base: .failed)
    }

    package var code: Code
    package var description: String

    init(_ code: Code, _ description: String) {
        self.code = code
        self.description = description
    }
}
