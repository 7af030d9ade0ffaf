import Foundation

/// Where the parts of a cluster stand, and that only its own user gets at them.
struct ClusterHome: Sendable {
    /// Where clusters go whose data directory the server's user cannot reach.
    private static let elsewhere = "/var/lib/brevdue"
    /// How the names of drafts begin.
    private static let draftName = "postgres.new"

    /// The cluster itself; the server's `PGDATA`.
    let cluster: String
    /// Where a cluster is made before it is moved into place.
    ///
    /// Another folder in every life: an `initdb` that outlives the daemon that started it must not write into ours.
    let draft: String
    let log: LogFile
    /// Folder of the server's socket.
    let socket: String
    private let user: UnprivilegedUser?

    /// Within the data directory; where the server's user cannot reach that, below `/var/lib/brevdue`, with a link to
    /// it in the data directory.
    init(dataDirectory: String, user: UnprivilegedUser?) async throws(ClusterError) {
        let directory = Self.canonical(dataDirectory)
        let home = try await Self.find(in: directory, user: user)
        guard home.isSafeForShell else {
            throw ClusterError(
                .directory,
                "data.directory \(directory): pg_ctl cannot work in a folder with \", $, `, \\ or a control character in "
                    + "its name: name another directory")
        }
        self.user = user
        cluster = home + "/postgres"
        draft = "\(home)/\(Self.draftName)-\(UUID().uuidString.prefix(8).lowercased())"
        log = LogFile(path: home + "/postgres.log")
        socket = SocketFolder.path(in: home)
    }

    // MARK: Finding

    /// The folder that holds the cluster; a new one only when the data directory knows of none.
    private static func find(in directory: String, user: UnprivilegedUser?) async throws(ClusterError) -> String {
        let entry = directory + "/postgres"
        if let target = try? FileManager.default.destinationOfSymbolicLink(atPath: entry) {
            let home = URL(filePath: target).deletingLastPathComponent().path
            guard FileManager.default.fileExists(atPath: home) else {
                throw ClusterError(
                    .directory,
                    "\(entry) points to \(target), and \(home) is gone: bring it back, or remove the link to begin with "
                        + "an empty database")
            }
            return home
        }
        guard let user, await !user.canEnter(directory) else { return directory }
        guard !FileManager.default.fileExists(atPath: entry) else {
            throw ClusterError(
                .directory,
                "user \(user.name) cannot enter \(directory), where its cluster is: allow it to pass through the folders "
                    + "above (chmod a+x), or name another user with --database-user")
        }
        return try makeElsewhere(for: entry, user: user)
    }

    /// A folder that no other data directory ever had: one that was removed must not come back with its old mails.
    private static func makeElsewhere(for entry: String, user: UnprivilegedUser) throws(ClusterError) -> String {
        let home = elsewhere + "/cluster-" + UUID().uuidString.prefix(8).lowercased()
        do {
            try FileManager.default.createDirectory(
                atPath: home, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o755])
            try FileManager.default.createSymbolicLink(atPath: entry, withDestinationPath: home + "/postgres")
        } catch {
            throw ClusterError(.directory, "\(home) cannot be made: \(error.localizedDescription)")
        }
        return home
    }

    /// Without links, so that every name of one directory leads to the same socket.
    private static func canonical(_ path: String) -> String {
        guard let resolved = realpath(path, nil) else { return URL(filePath: path).standardizedFileURL.path }
        defer { free(resolved) }
        return String(cString: resolved)
    }

    // MARK: Owning

    /// The cluster must be the user's who runs the server; PostgreSQL would say less clearly that it is not.
    func checkOwner() throws(ClusterError) {
        var status = stat()
        guard stat(cluster, &status) == 0, status.st_uid != user?.id ?? geteuid() else { return }
        let owner = getpwuid(status.st_uid).map { String(cString: $0.pointee.pw_name) } ?? "\(status.st_uid)"
        throw ClusterError(
            .user,
            "the cluster in \(cluster) belongs to user \(owner): start the daemon as \(owner), or as root with "
                + "--database-user \(owner)")
    }

    /// Removes what earlier lives left half made; what is being written meanwhile, by the next start at the latest.
    func removeDrafts() {
        let home = URL(filePath: cluster).deletingLastPathComponent().path
        for name in (try? FileManager.default.contentsOfDirectory(atPath: home)) ?? []
        where name.hasPrefix(Self.draftName) {
            try? FileManager.default.removeItem(atPath: "\(home)/\(name)")
        }
    }

    func makeDraft() throws(ClusterError) {
        guard mkdir(draft, 0o700) == 0 else {
            throw ClusterError(.directory, "\(draft) cannot be made: \(String(cString: strerror(errno)))")
        }
        own(draft)
    }

    func makeSocketFolder() throws(ClusterError) {
        try SocketFolder.make(socket, for: user)
    }

    /// Leaves nothing below `/tmp` behind; a folder that still has a socket stays.
    func removeSocketFolder() { rmdir(socket) }

    /// Gives to the server's user what root made for it.
    func own(_ path: String) {
        if let user { lchown(path, user.id, user.group) }
    }
}

extension String {
    /// Whether a shell takes it literally between double quotes, which is how `pg_ctl` passes paths on.
    var isSafeForShell: Bool {
        utf8.allSatisfy { $0 >= 0x20 && $0 != 0x7F && !Array("\"$`\\".utf8).contains($0) }
    }
}
