import Foundation
import Subprocess
import SystemPackage

/// A program that is run to its end.
struct Program {
    /// Octets of output that are kept.
    private static let outputLimit = 64 << 10

    var path: String
    var arguments: [String]
    /// The user to run it as; `nil` is the own one.
    var user: UnprivilegedUser?

    /// Runs it and gives back what it wrote; only for programs that leave nothing running, which would keep the pipe.
    func output() async throws(ClusterError) -> String {
        do {
            let result = try await Subprocess.run(
                .path(command.path), arguments: command.arguments, environment: environment, workingDirectory: "/",
                platformOptions: options, output: .string(limit: Self.outputLimit), error: .combinedWithOutput)
            let output = result.standardOutput
            guard result.terminationStatus.isSuccess else {
                let last = output.split(separator: "\n").suffix(5).joined(separator: "; ")
                throw ClusterError(.failed, "\(path): \(result.terminationStatus): \(last)")
            }
            return output
        } catch let error as ClusterError {
            throw error
        } catch {
            throw ClusterError(.failed, "\(path) cannot be started: \(error)")
        }
    }

    /// Runs it, what it writes thrown away, and tells whether it succeeded.
    func run() async -> Bool {
        let result = try? await Subprocess.run(
            .path(command.path), arguments: command.arguments, environment: environment, workingDirectory: "/",
            platformOptions: options, output: .discarded)
        return result?.terminationStatus.isSuccess ?? false
    }

    /// A session of its own, so that the terminal's Ctrl-C does not reach the server.
    private var options: PlatformOptions {
        var options = PlatformOptions()
        options.createSession = true
        return options
    }

    /// The program itself changes its user: between fork and exec of a process with threads that may wait for ever on a
    /// lock that another thread held (setgroups(2) takes it in the C library).
    private var command: (path: FilePath, arguments: Arguments) {
        guard let user else { return (FilePath(path), Arguments(arguments)) }
        let change = ["--reuid=\(user.id)", "--regid=\(user.group)", "--clear-groups", "--", path]
        return ("/usr/bin/setpriv", Arguments(change + arguments))
    }

    private var environment: Environment { .inherit.updating(["LC_ALL": "C.UTF-8"]) }
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
                .user,
                "PostgreSQL does not run as root and there is no user \(name): run `make setup`, "
                    + "or name a user with --database-user")
        }
        guard entry.pointee.pw_uid != 0 else {
            throw ClusterError(.user, "PostgreSQL does not run as root: --database-user \(name) is root")
        }
        return UnprivilegedUser(name: name, id: entry.pointee.pw_uid, group: entry.pointee.pw_gid)
    }
}
