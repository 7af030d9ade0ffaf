import Foundation

/// The folder of the server's socket: whoever may enter it may do everything with the database.
enum SocketFolder {
    /// Longest folder whose socket still has a name (`sun_path` holds 107 octets, `/.s.PGSQL.5432` takes 14).
    private static let longest = 93

    /// In the cluster's home; a short folder below `/tmp` when the home's name is too long, or means something to those
    /// whom it is handed to (libpq's connection string, the list in `unix_socket_directories`, a shell).
    static func path(in home: String) -> String {
        let near = home + "/socket"
        return near.utf8.count <= longest && near.utf8.allSatisfy(isPlain) ? near : "/tmp/brevdue-" + name(for: home)
    }

    /// Makes it for the server's user alone; one that somebody else made there is not used.
    static func make(_ path: String, for user: UnprivilegedUser?) throws(ClusterError) {
        guard mkdir(path, 0o700) == 0 || errno == EEXIST else {
            throw ClusterError(.directory, "\(path) cannot be made: \(String(cString: strerror(errno)))")
        }
        var status = stat()
        guard lstat(path, &status) == 0, status.st_mode & S_IFMT == S_IFDIR, status.st_mode & 0o077 == 0,
            status.st_uid == user?.id ?? geteuid() || status.st_uid == geteuid()
        else {
            throw ClusterError(.directory, "\(path) is not a private folder of the database's user: remove it")
        }
        if let user { lchown(path, user.id, user.group) }
    }

    private static func isPlain(_ octet: UInt8) -> Bool {
        switch octet {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "/"), UInt8(ascii: "."), UInt8(ascii: "_"),
            UInt8(ascii: "-"):
            true
        default: false
        }
    }

    /// 64 bits of FNV-1a: a name for a path, not a secret.
    private static func name(for path: String) -> String {
        let hash = path.utf8.reduce(0xcbf2_9ce4_8422_2325 as UInt64) { ($0 ^ UInt64($1)) &* 0x100_0000_01b3 }
        return String(hash, radix: 16)
    }
}
