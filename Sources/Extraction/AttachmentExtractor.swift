import Glibc
import Mail
import Sandbox

/// Reads attachments, each in a process of its own that can do nothing but read it (``Confinement``).
///
/// What comes back is checked here as if it came from outside: a reader that was taken over by a hostile file can give
/// wrong text, and nothing else.
package struct AttachmentExtractor: Sendable {
    /// How much is read of one attachment, and how long.
    package struct Limits: Hashable, Sendable {
        /// Octets of the file.
        package var size = 25 << 20
        /// Octets of a picture.
        package var pictureSize = 4 << 20
        /// Octets that a packed file may unpack to, and that a container's mail may have.
        package var unpacked = 64 << 20
        /// Octets of address space of the process.
        package var memory = 1 << 30
        /// Seconds of the processor.
        package var seconds = 10
        /// How long in all.
        package var time = Duration.seconds(10)

        package init() {}
    }

    /// The path of the own executable, which is started again to read.
    package var program: String
    package var limits: Limits
    /// Whether text in pictures, scans among them, is read (tesseract, Danish and English).
    package var readsPictures: Bool

    package init(program: String, limits: Limits = Limits(), readsPictures: Bool = false) {
        self.program = program
        self.limits = limits
        self.readsPictures = readsPictures
    }

    /// What is in an attachment, or why that cannot be told; a cancelled task ends the process at once.
    package func reading(of octets: [UInt8], contentType: String, filename: String?) async -> AttachmentReading {
        guard !octets.isEmpty else { return AttachmentReading(outcome: .empty, reason: .init(.noText, "no octets")) }
        guard let form = AttachmentForm.of(octets, contentType: contentType, filename: filename) else {
            return .skipped(.unknownKind)
        }
        if form == .picture, !readsPictures { return .skipped(.pictureNotRead) }
        let size = form == .picture ? limits.pictureSize : limits.size
        guard octets.count <= size else { return .skipped(.tooLarge, "more than \(size >> 20) MiB") }
        // Mail is read by the same reader as the one that it is attached to.
        if form == .mail { return AttachmentReading(outcome: .message, message: octets) }
        let read = reading(form, await run(.read(form), octets, time: limits.time))
        guard form == .pdf, read.outcome == .empty, readsPictures, octets.count <= limits.pictureSize else {
            return read
        }
        return await scan(octets) ?? read
    }

    private func run(_ step: ReadingTask.Step, _ octets: [UInt8], time: Duration) async -> SandboxResult {
        let task = ReadingTask(step, limits: limits)
        return await SandboxedProgram(
            path: program, arguments: [ReadingTask.command] + task.arguments, time: time
        ).run(octets)
    }

    /// The text of a scan, each of its first pages read like a picture; `nil` where there is none in them either.
    ///
    /// It takes as long as two attachments at most, and keeps what was read until then.
    private func scan(_ octets: [UInt8]) async -> AttachmentReading? {
        let end = ContinuousClock.now + limits.time * 2
        let drawn = await run(.draw, octets, time: limits.time)
        guard drawn.end == .exited(0) || drawn.end == .outputFull else { return nil }
        let pages = ScannedPages(drawn.output).pages
        var text: [UInt8] = []
        var isWhole = pages.count <= ScannedPages.limit
        for page in pages.prefix(ScannedPages.limit) {
            let result = await run(.read(.picture), page, time: min(limits.time, end - ContinuousClock.now))
            isWhole = isWhole && result.end == .exited(0)
            text += result.output + [UInt8(ascii: "\n")]
        }
        let reading = self.text(text, isCut: !isWhole)
        return reading.outcome == .text ? reading : nil
    }

    /// Programs of the system that reading needs and that are not there.
    package var missingPrograms: [String] {
        let tools =
            AttachmentForm.allCases.filter { $0 != .picture || readsPictures }.compactMap(\.tool)
            + (readsPictures ? [.pdftoppm] : [])
        return tools.map(\.path).filter { access($0, X_OK) != 0 }
    }

    private func reading(_ form: AttachmentForm, _ result: SandboxResult) -> AttachmentReading {
        switch result.end {
        case .exited(0) where form.holdsMessage:
            result.output.isEmpty
                ? .unreadable(.damaged) : AttachmentReading(outcome: .message, message: result.output)
        case .exited(0): text(result.output, isCut: false)
        case .outputFull where form.holdsMessage: .unreadable(.unpacksTooLarge)
        case .outputFull: text(result.output, isCut: true)
        case .exited: failure(form, result)
        case .timeUp: .unreadable(.tookTooLong, "more than \(limits.time)")
        case .outOfMemory: .unreadable(.outOfMemory, "more than \(limits.memory >> 20) MiB")
        case .crashed(let signal): .unreadable(.failed, "signal \(signal)")
        case .notConfined: .unreadable(.noReader, Repair.line(String(result.words.prefix(200))))
        case .notStarted(let words): .unreadable(.noReader, words)
        }
    }

    /// Text of a stranger's making: repaired, and cut between characters.
    private func text(_ octets: [UInt8], isCut: Bool) -> AttachmentReading {
        let text = ReadText(octets, isCut: isCut, limit: AttachmentReading.textLimit)
        guard !text.text.isEmpty else { return AttachmentReading(outcome: .empty, reason: .init(.noText)) }
        return AttachmentReading(outcome: .text, text: text.text, isCut: text.isCut)
    }

    private func failure(_ form: AttachmentForm, _ result: SandboxResult) -> AttachmentReading {
        let failure = ReadingFailure(words: result.words) ?? form.tool?.failure(result.words) ?? ReadingFailure(.failed)
        return .unreadable(failure.code, failure.detail)
    }
}
