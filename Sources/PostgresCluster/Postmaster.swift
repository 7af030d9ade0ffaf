import Foundation

/// The server's process, as `postmaster.pid` tells of it: process id, data directory, …, socket folder, …, status.
enum Postmaster {
    static func isRunning(in folder: String) -> Bool {
        guard let pid = lines(in: folder)?.first.flatMap({ Int32($0) }), pid > 1, kill(pid, 0) == 0 || errno == EPERM
        else {
            return false
        }
        // The file may be older than the process that now has its number.
        guard let command = FileManager.default.contents(atPath: "/proc/\(pid)/cmdline") else { return false }
        let words = String(decoding: command, as: UTF8.self).split(separator: "\0")
        return words.first.map { $0.hasSuffix("postgres") } ?? false && words.contains { samePath(String($0), folder) }
    }

    /// Whether it takes connections on the socket that we use.
    static func accepts(in folder: String, socket: String) -> Bool {
        guard let lines = lines(in: folder), lines.count >= 8 else { return false }
        return lines[4] == socket && lines[7].hasPrefix("ready")
    }

    private static func lines(in folder: String) -> [String]? {
        FileManager.default.contents(atPath: folder + "/postmaster.pid").map {
            String(decoding: $0, as: UTF8.self).split(separator: "\n", omittingEmptySubsequences: false).map(
                String.init)
        }
    }

    private static func samePath(_ left: String, _ right: String) -> Bool {
        URL(filePath: left).resolvingSymlinksInPath().path == URL(filePath: right).resolvingSymlinksInPath().path
    }
}

/// Settings of a cluster on a small machine that must not lose anything.
enum ServerSettings {
    static let text = """
        # Written when the cluster was made.
        listen_addresses = ''
        fsync = on
        synchronous_commit = on
        full_page_writes = on
        max_connections = 60
        shared_buffers = 128MB
        wal_compression = on
        max_wal_size = 2GB
        min_wal_size = 256MB
        checkpoint_timeout = 10min
        wal_buffers = 16MB
        log_min_duration_statement = 5s
        log_line_prefix = '%m [%p] '
        timezone = 'UTC'
        log_timezone = 'UTC'
        idle_in_transaction_session_timeout = 60s
        """ + "\n"
}
