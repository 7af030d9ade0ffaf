import Foundation

/// A program that is run to its end.
enum Program {
    /// Both outputs in one.
    static func run(
        _ path: String, _ arguments: [String], input: String = ""
    ) async throws -> (status: Int32, output: String) {
        let process = Process()
        let (entry, exit) = (Pipe(), Pipe())
        process.executableURL = URL(filePath: path)
        process.arguments = arguments
        process.standardInput = entry
        process.standardOutput = exit
        process.standardError = exit
        let status = try await withCheckedThrowingContinuation { continuation in
            process.terminationHandler = { continuation.resume(returning: $0.terminationStatus) }
            do {
                try process.run()
                try entry.fileHandleForWriting.write(contentsOf: Data(input.utf8))
                try entry.fileHandleForWriting.close()
            } catch {
                continuation.resume(throwing: error)
            }
        }
        // None of them says more than a pipe holds.
        let output = try exit.fileHandleForReading.readToEnd() ?? Data()
        return (status, String(decoding: output, as: UTF8.self))
    }
}
