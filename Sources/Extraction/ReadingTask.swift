import Glibc
import Mail
import Sandbox

/// What the confined process is to do, as its arguments say it.
struct ReadingTask {
    /// The hidden command of the executable that runs it.
    static let command = "extract-attachment"

    var step: Step
    /// Octets that a packed file may unpack to.
    var unpacked: Int
    var confinement: Confinement

    init(_ step: Step, limits: AttachmentExtractor.Limits) {
        self.step = step
        unpacked = limits.unpacked
        confinement = Confinement(
            memory: limits.memory, seconds: limits.seconds, output: step.output(limits), program: step.tool?.path)
    }

    var arguments: [String] {
        [step.name, "\(unpacked)", "\(confinement.memory)", "\(confinement.seconds)", "\(confinement.output)"]
    }

    init?(arguments: some Collection<String>) {
        let words = Array(arguments)
        guard words.count == 5, let step = Step(name: words[0]) else { return nil }
        let numbers = words.dropFirst().compactMap { Int($0) }.filter { $0 > 0 }
        guard numbers.count == 4 else { return nil }
        self.step = step
        unpacked = numbers[0]
        confinement = Confinement(
            memory: numbers[1], seconds: numbers[2], output: numbers[3], program: step.tool?.path)
    }
}

extension ReadingTask {
    /// What one process does.
    enum Step {
        case read(AttachmentForm)
        /// Draws the pages of a PDF that has no text (``ScannedPages``).
        case draw

        private static let drawing = "draw"

        init?(name: String) {
            if name == Self.drawing {
                self = .draw
            } else if let form = AttachmentForm(rawValue: name) {
                self = .read(form)
            } else {
                return nil
            }
        }

        var name: String {
            switch self {
            case .read(let form): form.rawValue
            case .draw: Self.drawing
            }
        }

        var tool: Tool? {
            switch self {
            case .read(let form): form.tool
            case .draw: .pdftoppm
            }
        }

        /// Octets that may be written.
        fileprivate func output(_ limits: AttachmentExtractor.Limits) -> Int {
            switch self {
            case .read(let form) where form.holdsMessage: limits.unpacked
            // A little more than is kept, as repairing text makes it shorter.
            case .read: AttachmentReading.textLimit * 2
            case .draw: ScannedPages.octets
            }
        }
    }
}

/// The other side of ``AttachmentExtractor``: the process that reads one attachment and ends.
package enum ExtractionProcess {
    /// The hidden command of the executable that leads here.
    package static var command: String { ReadingTask.command }

    /// The path of the running program itself, whatever lies by now where it was started from: the process that reads is of the
    /// same version as the one that asks.
    package static let ownProgram = "/proc/self/exe"

    /// Confines the process, then reads standard input and writes what is in it to standard output.
    ///
    /// Called before anything else is done, as only the thread that calls it is confined.
    ///
    /// - Parameter arguments: what ``AttachmentExtractor`` gave it.
    package static func run(_ arguments: some Collection<String>) -> Never {
        guard let task = ReadingTask(arguments: arguments) else {
            end(with: ReadingFailure(.noReader, "wrong arguments"))
        }
        if let tool = task.step.tool { task.confinement.become(tool.arguments) }
        guard case .read(let form) = task.step else { end(with: ReadingFailure(.noReader, "nothing to read")) }
        // Libraries may write to standard output what they think of a file: it is not theirs.
        let output = dup(STDOUT_FILENO)
        dup2(STDERR_FILENO, STDOUT_FILENO)
        task.confinement.enter()
        do throws(ReadingFailure) {
            let octets = StandardFile.read()
            StandardFile.write(try Readers.read(octets, as: form, limit: task.unpacked), to: output)
        } catch {
            end(with: error)
        }
        exit(0)
    }

    private static func end(with failure: ReadingFailure) -> Never {
        StandardFile.write(Array("\n\(failure.line)\n".utf8), to: STDERR_FILENO)
        exit(ReadingFailure.status)
    }
}

/// Standard input and outputs without anything in between.
private enum StandardFile {
    static func read() -> [UInt8] {
        var octets: [UInt8] = []
        var piece = [UInt8](repeating: 0, count: 1 << 20)
        while true {
            let count = Glibc.read(STDIN_FILENO, &piece, piece.count)
            guard count > 0 else { return octets }
            octets.append(contentsOf: piece.prefix(count))
        }
    }

    static func write(_ octets: [UInt8], to file: Int32) {
        var written = 0
        octets.withUnsafeBytes { octets in
            while written < octets.count, let start = octets.baseAddress {
                let count = Glibc.write(file, start + written, octets.count - written)
                guard count > 0 else { return }
                written += count
            }
        }
    }
}
