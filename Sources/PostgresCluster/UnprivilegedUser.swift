import Foundation

/// The user that PostgreSQL runs as when the daemon is root: the server refuses root.
struct UnprivilegedUser: Hashable, Sendable {
    var name: String
    var id: UInt32
    var group: UInt32

    /// `nil` when this process is not root and the cluster runs under its own user.
    static func find(named name: String) throws(ClusterError) -> UnprivilegedUser? {
        guard geteuid() == 0 else { return nil }
        guard let entry = getpwnam(name) else {
            throw ClusterError(
                .user,
                "PostgreSQL does not run as root and there is no user \(name): run `make setup`, "
                    + "or name a user with --database-user")
        }
        guard entry.pointee.pw_uid != 0 else {
            throw ClusterError(.user, "PostgreSQL does not run as root: --database-user \(name) is root")
        }
        return UnprivilegedUser(name: name, id: entry.pointee.pw_uid, group: entry.pointee.pw_gid)
    }

    /// Whether it may pass through the folder and all above it.
    func canEnter(_ folder: String) async -> Bool {
        await Program(path: "/usr/bin/test", arguments: ["-x", folder], user: self).run()
    }
}
