import Foundation

/// Where the parts of the cluster stand.
struct ClusterHome: Sendable {
    /// Longest folder whose socket still has a name (sun_path holds 107 octets; the file's name takes 15).
    private static let longestSocketFolder = 90

    let cluster: String
    let draft: String
    let log: String
    let socket: String
    private let user: UnprivilegedUser?

    /// Within the data directory; where the server's user cannot reach that, below `/var/lib/brevdue`, with a link to it
    /// in the data directory.
    init(dataDirectory: String, user: UnprivilegedUser?) async throws(ClusterError) {
        let directory = URL(filePath: dataDirectory).standardizedFileURL.path
        self.user = user
        var isReachable = true
        if let user {
            isReachable = await Program(path: "/usr/bin/test", arguments: ["-x", directory], user: user).run()
        }
        let home = isReachable ? directory : "/var/lib/brevdue/" + Self.shortName(of: directory)
        cluster = home + "/postgres"
        draft = home + "/postgres.new"
        log = home + "/postgres.log"
        let near = home + "/socket"
        socket = near.utf8.count <= Self.longestSocketFolder ? near : "/tmp/brevdue-" + Self.shortName(of: home)
        if !isReachable { try link(directory + "/postgres", to: home) }
    }

    private func link(_ path: String, to home: String) throws(ClusterError) {
        do {
            try FileManager.default.createDirectory(atPath: home, withIntermediateDirectories: true)
            if (try? FileManager.default.destinationOfSymbolicLink(atPath: path)) == nil {
                try FileManager.default.createSymbolicLink(atPath: path, withDestinationPath: cluster)
            }
        } catch {
            throw ClusterError(.directory, "\(home) cannot be made: \(error.localizedDescription)")
        }
        own(home)
    }

    func makeFolder(_ path: String) throws(ClusterError) {
        do {
            try FileManager.default.createDirectory(
                atPath: path, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
        } catch {
            throw ClusterError(.directory, "\(path) cannot be made: \(error.localizedDescription)")
        }
        own(path)
    }

    /// A folder of the server's user alone; one that somebody else made there is not used.
    func makeSocketFolder() throws(ClusterError) {
        try makeFolder(socket)
        var status = stat()
        let owner = user?.id ?? geteuid()
        guard lstat(socket, &status) == 0, status.st_mode & S_IFMT == S_IFDIR, status.st_uid == owner,
            status.st_mode & 0o077 == 0
        else {
            throw ClusterError(.directory, "\(socket) is not a private folder of the database's user: remove it")
        }
    }

    func own(_ path: String) {
        if let user { lchown(path, user.id, user.group) }
    }

    /// 64 bits of FNV-1a: a name for a path, not a secret.
    private static func shortName(of path: String) -> String {
        let hash = path.utf8.reduce(0xcbf2_9ce4_8422_2325 as UInt64) { ($0 ^ UInt64($1)) &* 0x100_0000_01b3 }
        return String(hash, radix: 16)
    }
}
