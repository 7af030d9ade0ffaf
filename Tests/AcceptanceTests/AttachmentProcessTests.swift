import Extraction
import Subprocess
import SystemPackage
import TestSupport
import Testing

@Suite("The product's own process for attachments", .timeLimit(.minutes(1)))
struct AttachmentProcessTests {
    @Test("reads one confined, and is no command for people")
    func reads() async throws {
        let extractor = AttachmentExtractor(program: Repository.executable)
        let reading = await extractor.reading(
            of: Array("<html><p>Vi ønsker 12 hæveborde".utf8), contentType: "text/html", filename: nil)
        #expect(reading.text == "Vi ønsker 12 hæveborde", "\(reading)")
        let help = try await Subprocess.run(
            .path(FilePath(Repository.executable)), arguments: ["--help"], output: .string(limit: 64 << 10))
        #expect(help.terminationStatus.isSuccess && !help.standardOutput.contains(ExtractionProcess.command))
    }
}
