import Foundation
package import Logging

/// The embedded PostgreSQL: a private cluster in the data directory that nobody reaches but over its unix socket.
///
/// Whoever makes one holds the directory's lock; a server that an earlier life of the daemon left running is taken over.
package actor PostgresCluster {
    private static let superuser = "brevdue"

    private let home: ClusterHome
    private let binaries: Binaries
    private let user: UnprivilegedUser?
    private let logger: Logger
    private var isStopping = false

    /// A cluster below the daemon's data directory.
    ///
    /// As root the server runs as `user`, since PostgreSQL refuses root.
    package init(dataDirectory: String, binaries: Binaries, user: String, logger: Logger) async throws(ClusterError) {
        self.user = try UnprivilegedUser.find(named: user)
        home = try await ClusterHome(dataDirectory: dataDirectory, user: self.user)
        self.binaries = binaries
        self.logger = logger
    }

    private nonisolated var folder: String { home.cluster }

    /// How to connect, whether the server runs or not.
    package nonisolated var conninfo: String {
        "host='\(home.socket)' port=5432 dbname=postgres user=\(Self.superuser)"
    }

    /// Makes the cluster when there is none, and starts the server when none runs.
    package func start() async throws(ClusterError) {
        try checkVersion()
        if !FileManager.default.fileExists(atPath: folder + "/PG_VERSION") { try await makeCluster() }
        try await startServer()
    }

    /// Starts the server again whenever it dies, until the task is cancelled.
    package func supervise() async {
        var failures = 0
        while !Task.isCancelled, !isStopping {
            try? await Task.sleep(for: .milliseconds(failures == 0 ? 200 : min(5000, 200 << failures)))
            guard !Task.isCancelled, !isStopping, !isRunning else {
                failures = 0
                continue
            }
            logger.error("the database server is gone; it is started again")
            do {
                try await startServer()
                failures = 0
            } catch {
                failures = min(failures + 1, 6)
                logger.error("the database server does not start", metadata: ["error": "\(error)"])
            }
        }
    }

    /// Stops the server: at once for its clients, after a checkpoint for its data.
    package func stop() async {
        isStopping = true
        guard isRunning else { return }
        if await !control(["stop", "-m", "fast", "-t", "8"]) {
            _ = await control(["stop", "-m", "immediate", "-t", "2"])
        }
    }

    /// Whether the server's process lives.
    package var isRunning: Bool { Postmaster.isRunning(in: folder) }

    // MARK: Making

    private func checkVersion() throws(ClusterError) {
        guard let data = FileManager.default.contents(atPath: folder + "/PG_VERSION") else { return }
        let version = String(decoding: data, as: UTF8.self).trimmingCharacters(in: .whitespacesAndNewlines)
        guard version == String(binaries.majorVersion) else {
            throw ClusterError(
                .otherVersion,
                "the cluster in \(folder) was made by PostgreSQL \(version), and \(binaries.folder) holds "
                    + "\(binaries.majorVersion): set database.binaries to a PostgreSQL \(version), or move the data over "
                    + "with `brevdue backup` under \(version) and `brevdue restore` into a new data.directory")
        }
    }

    /// Made under another name and moved into place, so that a kill in the middle leaves nothing half made.
    private func makeCluster() async throws(ClusterError) {
        logger.notice("making the database cluster", metadata: ["folder": "\(folder)"])
        let draft = home.draft
        try? FileManager.default.removeItem(atPath: draft)
        try home.makeFolder(draft)
        var arguments = [
            "-D", draft, "-U", Self.superuser, "-A", "trust", "-E", "UTF8", "--data-checksums", "--no-sync",
            "--no-instructions",
        ]
        // The builtin provider folds case right for all of Unicode and does not change with the system.
        arguments +=
            binaries.majorVersion >= 17
            ? ["--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--locale=C.UTF-8"] : ["--locale=C.UTF-8"]
        _ = try await Program(path: binaries.folder + "/initdb", arguments: arguments, user: user).output()
        do {
            try ServerSettings.text.write(toFile: draft + "/postgresql.auto.conf", atomically: false, encoding: .utf8)
            try FileManager.default.moveItem(atPath: draft, toPath: folder)
        } catch {
            throw ClusterError(.directory, "\(folder) cannot be made: \(error.localizedDescription)")
        }
        home.own(folder + "/postgresql.auto.conf")
    }

    // MARK: Running

    private func startServer() async throws(ClusterError) {
        try home.makeSocketFolder()
        let log = home.log
        bound(log)
        if isRunning {
            // Left by an earlier life of the daemon: one that serves is taken over, any other is stopped.
            if Postmaster.accepts(in: folder, socket: home.socket) { return }
            _ = await control(["stop", "-m", "immediate", "-t", "5"])
        }
        // The port only names the socket; the environment may hold another one.
        let options = "-p 5432 -k '\(home.socket)' -c listen_addresses='' -c unix_socket_permissions=0700"
        guard await control(["start", "-w", "-t", "60", "-l", log, "-o", options]) else {
            throw ClusterError(.failed, "PostgreSQL does not start: \(lastLogLines()) (all of it in \(log))")
        }
    }

    private func control(_ arguments: [String]) async -> Bool {
        await Program(path: binaries.folder + "/pg_ctl", arguments: arguments + ["-D", folder, "-s"], user: user).run()
    }

    private func lastLogLines() -> String {
        guard let data = FileManager.default.contents(atPath: home.log) else { return "it wrote no log" }
        return String(decoding: data.suffix(600), as: UTF8.self).split(separator: "\n").suffix(3).joined(
            separator: "; ")
    }

    /// A log that has grown large is begun anew; the one before is kept.
    private func bound(_ path: String) {
        let size = (try? FileManager.default.attributesOfItem(atPath: path))?[.size] as? Int ?? 0
        if size > 16 << 20 {
            try? FileManager.default.removeItem(atPath: path + ".1")
            try? FileManager.default.moveItem(atPath: path, toPath: path + ".1")
        }
        if !FileManager.default.fileExists(atPath: path) {
            _ = FileManager.default.createFile(atPath: path, contents: nil, attributes: [.posixPermissions: 0o640])
            home.own(path)
        }
    }
}
