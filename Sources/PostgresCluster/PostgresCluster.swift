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
    private let postmaster: Postmaster
    private let logger: Logger
    private var starting: Task<Result<Void, ClusterError>, Never>?
    private var isStopping = false

    /// A cluster below the daemon's data directory.
    ///
    /// As root the server runs as `user`, since PostgreSQL refuses root.
    package init(dataDirectory: String, binaries: Binaries, user: String, logger: Logger) async throws(ClusterError) {
        self.user = try UnprivilegedUser.find(named: user)
        home = try await ClusterHome(dataDirectory: dataDirectory, user: self.user)
        postmaster = Postmaster(folder: home.cluster)
        self.binaries = binaries
        self.logger = logger
    }

    /// How to connect, whether the server runs or not.
    package nonisolated var conninfo: String {
        "host='\(home.socket)' port=5432 dbname=postgres user=\(Self.superuser)"
    }

    /// Makes the cluster when there is none, and starts the server when none runs.
    package func start() async throws(ClusterError) {
        try checkVersion()
        try home.checkOwner()
        try await checkBinaries()
        home.removeDrafts()
        if !FileManager.default.fileExists(atPath: home.cluster + "/PG_VERSION") { try await makeCluster() }
        try await startServer()
    }

    /// Starts the server again whenever it dies, and bounds its log, until the task is cancelled.
    package func supervise() async {
        var failures = 0
        while !Task.isCancelled, !isStopping {
            try? await Task.sleep(for: .milliseconds(failures == 0 ? 200 : min(5000, 200 << failures)))
            guard !Task.isCancelled, !isStopping, !isRunning else {
                failures = 0
                home.log.bound()
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

    /// Stops the server for good: at once for its clients, after a checkpoint for its data; within ten seconds.
    package func stop() async {
        isStopping = true
        // In a task of its own, so that a caller who is cancelled does not leave the server behind.
        await Task {
            // A start under way cannot be stopped before its process is known.
            while starting != nil, !isRunning { try? await Task.sleep(for: .milliseconds(20)) }
            if isRunning { await shutDown() }
            home.removeSocketFolder()
        }.value
    }

    /// Whether the server's process lives.
    package var isRunning: Bool { postmaster.isRunning }

    // MARK: Making

    private func checkVersion() throws(ClusterError) {
        guard let data = FileManager.default.contents(atPath: home.cluster + "/PG_VERSION") else { return }
        let version = String(decoding: data, as: UTF8.self).trimmingCharacters(in: .whitespacesAndNewlines)
        guard version == String(binaries.majorVersion) else {
            throw ClusterError(
                .otherVersion,
                "the cluster in \(home.cluster) was made by PostgreSQL \(version), and \(binaries.folder) holds "
                    + "\(binaries.majorVersion): set database.binaries to a PostgreSQL \(version), or move the data over "
                    + "by pg_dump of PostgreSQL \(version) into a new data.directory; README, Operation, has the steps")
        }
    }

    private func checkBinaries() async throws(ClusterError) {
        guard let user, await !user.canEnter(binaries.folder) else { return }
        throw ClusterError(
            .binaries,
            "user \(user.name), which PostgreSQL runs as, cannot enter \(binaries.folder): install it where everybody may "
                + "read it (`make setup` does), or name another user with --database-user")
    }

    /// Made under another name and moved into place, so that a kill in the middle leaves nothing half made.
    private func makeCluster() async throws(ClusterError) {
        logger.notice("making the database cluster", metadata: ["folder": "\(home.cluster)"])
        try home.makeDraft()
        var arguments = [
            "-D", home.draft, "-U", Self.superuser, "-A", "trust", "-E", "UTF8", "--data-checksums", "--no-sync",
            "--no-instructions",
        ]
        // The builtin provider folds case right for all of Unicode and does not change with the system.
        arguments +=
            binaries.majorVersion >= 17
            ? ["--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--locale=C.UTF-8"] : ["--locale=C.UTF-8"]
        _ = try await Program(path: binaries.folder + "/initdb", arguments: arguments, user: user).output()
        do { try ServerSettings.include(in: home.draft) } catch { throw cannotMake(error) }
        // One call for the file system takes a hundredth of the time of initdb's own for each file.
        try await sync(["-f", home.draft])
        do {
            try FileManager.default.moveItem(atPath: home.draft, toPath: home.cluster)
        } catch {
            throw cannotMake(error)
        }
        try await sync([URL(filePath: home.cluster).deletingLastPathComponent().path])
    }

    /// Mail is acknowledged as soon as the cluster runs: a power cut must not take the cluster itself.
    private func sync(_ arguments: [String]) async throws(ClusterError) {
        _ = try await Program(path: "/usr/bin/sync", arguments: arguments).output()
    }

    private func cannotMake(_ error: any Error) -> ClusterError {
        ClusterError(.directory, "\(home.cluster) cannot be made: \(error.localizedDescription)")
    }

    // MARK: Running

    /// One start at a time, which goes on to its end even when whoever asked for it is cancelled: half a start would
    /// leave a server that nobody knows of.
    private func startServer() async throws(ClusterError) {
        let task =
            starting
            ?? Task {
                let result: Result<Void, ClusterError>
                do throws(ClusterError) {
                    result = .success(try await launch())
                } catch {
                    result = .failure(error)
                }
                starting = nil
                return result
            }
        starting = task
        try await task.value.get()
    }

    private func launch() async throws(ClusterError) {
        guard !isStopping else { throw ClusterError(.failed, "the database server is being stopped") }
        try prepare()
        if isRunning {
            // Left by an earlier life of the daemon: one that serves is taken over, any other is stopped.
            if postmaster.serves(home.socket) { return }
            await shutDown()
        }
        if !isRunning { postmaster.clearStaleNumber(socket: home.socket, own: home.own) }
        // The port only names the socket; PostgreSQL's own default may have been built otherwise.
        let options = "-p 5432 -k \(home.socket) -c listen_addresses='' -c unix_socket_permissions=0700"
        guard await control(["start", "-w", "-t", "300", "-l", home.log.path, "-o", options]) else {
            throw ClusterError(
                .failed, "PostgreSQL does not start: \(home.log.lastLines) (all of it in \(home.log.path))")
        }
    }

    private func prepare() throws(ClusterError) {
        try home.makeSocketFolder()
        home.log.bound()
        home.log.make()
        home.own(home.log.path)
        do {
            try ServerSettings.write(to: home.cluster)
        } catch {
            throw ClusterError(.directory, "\(home.cluster) cannot be written: \(error.localizedDescription)")
        }
        home.own(home.cluster + "/" + ServerSettings.file)
    }

    private func shutDown() async {
        if await !control(["stop", "-m", "fast", "-t", "8"]) {
            _ = await control(["stop", "-m", "immediate", "-t", "2"])
        }
    }

    private func control(_ arguments: [String]) async -> Bool {
        await Program(
            path: binaries.folder + "/pg_ctl", arguments: arguments + ["-D", home.cluster, "-s"], user: user
        ).run()
    }
}
