import Foundation
import Subprocess
import Synchronization
import SystemPackage

/// A cluster as the daemon makes it at its first start, made once for the tests of a process: a daemon on a copy of it
/// is ready in a fraction of the time.
actor MadeCluster {
    static let shared = MadeCluster()

    private static let folder = Mutex<String?>(nil)
    private var making: Task<String, any Error>?

    /// Puts a copy into a data directory that is not there yet; what a test made itself stays as it is.
    func place(in data: String) async throws {
        guard !FileManager.default.fileExists(atPath: data) else { return }
        let task = making ?? Task { try await Self.make() }
        making = task
        let original = try await task.value
        try FileManager.default.createDirectory(atPath: data, withIntermediateDirectories: true)
        // With its owner, who is not whoever runs the tests.
        let copied = try await Subprocess.run(
            .name("cp"), arguments: ["--archive", original, data + "/postgres"], output: .discarded,
            error: .string(limit: 10_000))
        guard copied.terminationStatus.isSuccess else { throw TestFailure("cp: \(copied.standardError)") }
    }

    private static func make() async throws -> String {
        let folder = try Repository.temporaryFolder("made")
        Self.folder.withLock { $0 = folder }
        atexit { MadeCluster.remove() }
        let daemon = try TestDaemon(directory: folder, isFirstStart: true)
        try await daemon.run { _ in }
        return daemon.data + "/postgres"
    }

    private static func remove() {
        if let folder = folder.withLock({ $0 }) { try? FileManager.default.removeItem(atPath: folder) }
    }
}
