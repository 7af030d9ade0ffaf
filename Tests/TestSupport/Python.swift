import Foundation

/// Runs a program of Debian's Python, which gets a value as JSON and answers with another.
package enum Python {
    package static func run<Answer: Decodable & Sendable>(
        _ program: String, _ question: some Encodable & Sendable
    ) async throws -> Answer {
        // The wait blocks, so not on a thread that asynchronous code runs on.
        try await withCheckedThrowingContinuation { continuation in
            DispatchQueue.global().async {
                continuation.resume(with: Result { try answer(program, question) })
            }
        }
    }

    private static func answer<Answer: Decodable>(_ program: String, _ question: some Encodable) throws -> Answer {
        let folder = try Repository.temporaryFolder("python")
        defer { try? FileManager.default.removeItem(atPath: folder) }
        try JSONEncoder().encode(question).write(to: URL(filePath: folder + "/question"))
        let process = Process()
        process.executableURL = URL(filePath: "/usr/bin/python3")
        process.arguments = ["-c", program, folder + "/question", folder + "/answer"]
        let errors = Pipe()
        process.standardError = errors
        try process.run()
        let words = String(decoding: errors.fileHandleForReading.readDataToEndOfFile().suffix(2_000), as: UTF8.self)
        process.waitUntilExit()
        guard process.terminationStatus == 0 else {
            throw TestFailure("python3-dkim or python3-spf does not run; run `make setup`. It says: \(words)")
        }
        return try JSONDecoder().decode(Answer.self, from: Data(contentsOf: URL(filePath: folder + "/answer")))
    }
}
