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

    /// Nothing of the daemon's: its environment may hold secrets, and variables that change what PostgreSQL does.
    private var environment: Environment { .custom(["PATH": "/usr/bin:/bin", "LC_ALL": "C.UTF-8"]) }
}
