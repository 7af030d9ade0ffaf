import Foundation

extension TestDaemon {
    /// Process of the embedded server.
    package var postmaster: Int32? {
        FileManager.default.contents(atPath: data + "/postgres/postmaster.pid").flatMap {
            String(decoding: $0, as: UTF8.self).split(separator: "\n").first.flatMap { Int32($0) }
        }
    }

    /// Stops the embedded server's processes while the body runs: connections stay open and nothing answers.
    package func withFrozenDatabase<Value>(_ body: () async throws -> Value) async throws -> Value {
        guard let postmaster else { throw TestFailure("no server runs in \(data)") }
        let path = "/proc/\(postmaster)/task/\(postmaster)/children"
        let children = try String(contentsOfFile: path, encoding: .utf8)
        let all = [postmaster] + children.split(separator: " ").compactMap { pid_t($0) }
        all.forEach { kill($0, SIGSTOP) }
        defer { all.forEach { kill($0, SIGCONT) } }
        return try await body()
    }
}
