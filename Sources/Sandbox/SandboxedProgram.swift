import Glibc
import Subprocess
import SystemPackage

/// A program that confines itself before it reads (``Confinement``), run once: octets in, octets out.
///
/// Input and output are files in memory, so that neither side waits for the other, and the system itself bounds what is
/// written. What the program wrote is as little to be trusted as what it read.
package struct SandboxedProgram: Sendable {
    package var path: String
    package var arguments: [String]
    /// How long it may take in all; then it is killed.
    package var time: Duration

    package init(path: String, arguments: [String], time: Duration) {
        self.path = path
        self.arguments = arguments
        self.time = time
    }

    /// Runs it to its end, which is at the latest when the time is up or the task is cancelled.
    package func run(_ input: [UInt8]) async -> SandboxResult {
        do {
            let files = (input: try MemoryFile(input), output: try MemoryFile(), words: try MemoryFile())
            let end = await withTaskGroup(of: SandboxResult.End?.self) { group in
                group.addTask { await start(files.input, files.output, files.words) }
                group.addTask {
                    try? await Task.sleep(for: time)
                    return nil
                }
                let first = await group.next() ?? nil
                // Whoever is left is ended: the clock, or the program.
                group.cancelAll()
                return first
            }
            return SandboxResult(
                end: end ?? .timeUp, output: try files.output.octets(last: .max),
                words: String(decoding: try files.words.octets(last: 4096), as: UTF8.self))
        } catch {
            return SandboxResult(end: .notStarted("no file in memory: \(error)"), output: [], words: "")
        }
    }

    /// Nothing of the caller's environment, which may hold secrets; a session of its own, away from the terminal.
    private func start(_ input: MemoryFile, _ output: MemoryFile, _ words: MemoryFile) async -> SandboxResult.End {
        var options = PlatformOptions()
        options.createSession = true
        do {
            let result = try await Subprocess.run(
                .path(FilePath(path)), arguments: Arguments(arguments),
                environment: .custom(["PATH": "/usr/bin:/bin", "LC_ALL": "C.UTF-8", "OMP_THREAD_LIMIT": "1"]),
                workingDirectory: "/", platformOptions: options,
                input: .fileDescriptor(input.descriptor, closeAfterSpawningProcess: false),
                output: .fileDescriptor(output.descriptor, closeAfterSpawningProcess: false),
                error: .fileDescriptor(words.descriptor, closeAfterSpawningProcess: false))
            return Task.isCancelled ? .timeUp : SandboxResult.End(result.terminationStatus)
        } catch {
            return Task.isCancelled ? .timeUp : .notStarted("\(path): \(error)")
        }
    }
}

/// What came of a program that ran confined.
package struct SandboxResult: Hashable, Sendable {
    /// How it ended.
    package enum End: Hashable, Sendable {
        /// By itself, with this exit status.
        case exited(Int32)
        /// It took longer than it may, by the clock or of the processor; or the task was cancelled.
        case timeUp
        /// It asked for more memory than it may have.
        case outOfMemory
        /// It wrote more than it may; what came before is there.
        case outputFull
        /// It could not be confined, and so read nothing.
        case notConfined
        /// It failed by this signal.
        case crashed(signal: Int32)
        /// It is not there, or the machine could not start it.
        case notStarted(String)
    }

    package var end: End
    /// What it wrote to standard output, whatever its end.
    package var output: [UInt8]
    /// The end of what it wrote to standard error.
    package var words: String

    package init(end: End, output: [UInt8], words: String) {
        self.end = end
        self.output = output
        self.words = words
    }
}

extension SandboxResult.End {
    init(_ status: TerminationStatus) {
        self =
            switch status {
            case .exited(Confinement.outOfMemoryStatus): .outOfMemory
            case .exited(Confinement.refusedStatus): .notConfined
            case .exited(let code): .exited(code)
            case .signaled(SIGXCPU): .timeUp
            case .signaled(SIGXFSZ): .outputFull
            case .signaled(let signal): .crashed(signal: signal)
            }
    }
}
