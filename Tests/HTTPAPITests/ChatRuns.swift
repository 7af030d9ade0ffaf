import Foundation
import TestSupport
import Testing

/// A daemon with a source of chats, which the tests of the route share.
struct ChatRuns: SuiteTrait, TestScoping {
    struct Place: Sendable {
        @TaskLocal static var shared: Place?

        let daemon: TestDaemon
        let source: ChatSource

        static func current() throws -> Place {
            guard let shared else { throw TestFailure("the suite runs no daemon") }
            return shared
        }
    }

    var isRecursive: Bool { false }

    func provideScope(
        for test: Test, testCase: Test.Case?, performing function: @concurrent @Sendable () async throws -> Void
    ) async throws {
        let folder = try Repository.temporaryFolder("webhook")
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let daemon = try TestDaemon(directory: folder)
        try await daemon.run { _ in
            let place = Place(daemon: daemon, source: try await ChatSource("hjemmeside", to: daemon))
            try await Place.$shared.withValue(place) { try await function() }
        }
    }
}

extension Trait where Self == ChatRuns {
    static var withChats: ChatRuns { ChatRuns() }
}

/// What the route takes at most.
enum ChatSizes {
    static let limit = 5 << 20
}
