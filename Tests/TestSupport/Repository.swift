import Foundation

/// Places that tests read from.
package enum Repository {
    /// The folder of Package.swift.
    package static let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().path

    package static var rules: String { root + "/rules" }
    package static var fixtures: String { root + "/fixtures/mails" }

    /// The program under test: what the build of the tests made.
    package static var executable: String {
        ProcessInfo.processInfo.environment["BREVDUE_TEST_EXECUTABLE"] ?? root + "/.build/debug/brevdue"
    }

    /// A new folder with a short name that everybody may pass through, as the database's user must.
    package static func temporaryFolder(_ name: String) throws -> String {
        LeftBehind.swept
        let path = "/tmp/brevdue-test-\(getpid())-\(name)-\(UInt32.random(in: 0...9999))"
        try FileManager.default.createDirectory(
            atPath: path, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o755])
        return path
    }

    /// A port that was free a moment ago.
    package static func freePort() throws -> Int {
        let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        defer { close(descriptor) }
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = inet_addr("127.0.0.1")
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let bound = withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                bind(descriptor, $0, length) == 0 && getsockname(descriptor, $0, &length) == 0
            }
        }
        guard bound else { throw TestFailure("no free port") }
        return Int(UInt16(bigEndian: address.sin_port))
    }
}

/// Something a test needs and cannot have.
package struct TestFailure: Error, CustomStringConvertible {
    package var description: String
    package init(_ description: String) { self.description = description }
}

/// Asks again and again until there is an answer, at most for the given time.
@discardableResult
package func eventually<Value>(
    _ what: String, within limit: Duration = .seconds(30), _ question: () async throws -> Value?
) async throws -> Value {
    let end = ContinuousClock.now + limit
    var last: (any Error)?
    while ContinuousClock.now < end {
        do {
            if let value = try await question() { return value }
        } catch {
            last = error
        }
        try await Task.sleep(for: .milliseconds(20))
    }
    throw TestFailure("\(what): not within \(limit)\(last.map { "; last: \($0)" } ?? "")")
}

/// Waits until the condition holds, at most for the given time.
package func until(
    _ what: String, within limit: Duration = .seconds(30), _ condition: () async throws -> Bool
) async throws {
    try await eventually(what, within: limit) { try await condition() ? () : nil }
}
