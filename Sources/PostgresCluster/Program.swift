import Foundation

/// A program that is run to its end, or started to go on by itself.
struct Program {
    var path: String
    var arguments: [String]
    /// The user to run it as; `nil` is the own one.
    var user: UnprivilegedUser?

    /// Runs it and gives back what it wrote. Blocks; use it on a thread that may.
    func output() throws(ClusterError) -> String {
        let process = process()
        let pipe = Pipe()
        process.standardOutput = pipe
        process.standardError = pipe
        process.standardInput = FileHandle.nullDevice
        do {
            try process.run()
        } catch {
            throw ClusterError(.failed, "\(path) cannot be started: \(error.localizedDescription)")
        }
        let output = String(decoding: pipe.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        process.waitUntilExit()
        guard process.terminationStatus == 0 else {
            let last = output.split(separator: "\n").suffix(5).joined(separator: "; ")
            throw ClusterError(.failed, "\(path) ended with \(process.terminationStatus): \(last)")
        }
        return output
    }

    /// Runs it without reading what it writes: what it starts may live on and keep the pipe open.
    func run() throws(ClusterError) -> Int32 {
        let process = process()
        process.standardInput = FileHandle.nullDevice
        process.standardOutput = FileHandle.nullDevice
        process.standardError = FileHandle.nullDevice
        do {
            try process.run()
        } catch {
            throw ClusterError(.failed, "\(path) cannot be started: \(error.localizedDescription)")
        }
        process.waitUntilExit()
        return process.terminationStatus
    }

    private func process() -> Process {
        let process = Process()
        process.currentDirectoryURL = URL(filePath: "/")
        if let user {
            process.executableURL = URL(filePath: "/usr/bin/setpriv")
            process.arguments =
                ["--reuid=\(user.id)", "--regid=\(user.group)", "--clear-groups", "--", path] + arguments
        } else {
            process.executableURL = URL(filePath: path)
            process.arguments = arguments
        }
        var environment = ProcessInfo.processInfo.environment.filter { !$0.key.hasPrefix("PG") }
        environment["LC_ALL"] = "C.UTF-8"
        process.environment = environment
        return process
    }
}

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
                .user, "PostgreSQL does not run as root and there is no user \(name): run `make setup`, "
                    + "or name a user with --database-user")
        }
        guard entry.pointee.pw_uid != 0 else {
            throw ClusterError(.user, "PostgreSQL does not run as root: --database-user \(name) is root")
        }
        return UnprivilegedUser(name: name, id: entry.pointee.pw_uid, group: entry.pointee.pw_gid)
    }
}
