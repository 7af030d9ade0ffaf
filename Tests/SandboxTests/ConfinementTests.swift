import Foundation
import Sandbox
import Testing

/// The program that confines itself and then tries things.
func probe(_ arguments: String..., input: [UInt8] = [], time: Duration = .seconds(20)) async -> SandboxResult {
    let program = SandboxedProgram(path: probePath, arguments: arguments, time: time)
    return await program.run(input)
}

private let probePath = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().appending(path: ".build/debug/SandboxProbe").path

@Suite("A confined process", .timeLimit(.minutes(1)))
struct ConfinementTests {
    @Test("reads its input and writes its output")
    func echoes() async {
        let octets = (0..<300_000).map { UInt8(truncatingIfNeeded: $0 / 7) }
        let result = await probe("echo", input: Array(octets.prefix(60_000)))
        #expect(result.end == .exited(0), "\(result)")
        #expect(result.output == Array(octets.prefix(60_000)))
    }

    struct Refusal: Sendable, CustomTestStringConvertible {
        var what: String
        var subject = ""
        var code = EPERM
        var testDescription: String { what }
    }

    @Test(
        "cannot do what reading does not need",
        arguments: [
            Refusal(what: "connect"), Refusal(what: "local"), Refusal(what: "write", subject: "/tmp/brevdue-probe"),
            Refusal(what: "write", subject: "/dev/shm/brevdue-probe"),
            Refusal(what: "remove", subject: "/etc/hostname"),
            Refusal(what: "folder", subject: "/tmp/brevdue-probe"), Refusal(what: "fork"), Refusal(what: "thread"),
            Refusal(what: "execute", subject: "/bin/true"), Refusal(what: "signal", subject: "1"),
            Refusal(what: "limit"), Refusal(what: "descriptors", code: EBADF), Refusal(what: "root"),
        ])
    func refuses(_ refusal: Refusal) async {
        let result = await probe(refusal.what, refusal.subject)
        #expect(result.end == .exited(refusal.code), "\(result)")
    }

    @Test("reads libraries, and no other file", .enabled(if: ConfinementSupport.here.fencesFiles))
    func readsLibraries() async {
        #expect(await probe("read", "/usr/share/zoneinfo/tzdata.zi").end == .exited(0))
        for path in ["/etc/passwd", "/proc/self/environ", "/proc/1/environ", #filePath] {
            #expect(await probe("read", path).end == .exited(EACCES), "\(path)")
        }
    }

    @Test("ends with a reason when it asks for too much memory")
    func memory() async {
        #expect(await probe("memory", time: .seconds(50)).end == .outOfMemory)
    }

    @Test("ends when it computes for too long")
    func loop() async {
        #expect(await probe("loop").end == .timeUp)
    }

    @Test("is ended when its time is up, though it does nothing")
    func sleep() async {
        let start = ContinuousClock.now
        #expect(await probe("sleep", time: .milliseconds(300)).end == .timeUp)
        #expect(ContinuousClock.now - start < .seconds(5))
    }

    @Test("ends when it writes too much, and what came before is there")
    func flood() async {
        let result = await probe("flood")
        #expect(result.end == .outputFull)
        #expect(result.output.count == 64 << 10)
    }

    @Test("that crashes harms nobody")
    func crash() async {
        #expect(await probe("crash").end == .crashed(signal: SIGSEGV))
        #expect(await probe("echo", input: [1, 2, 3]).output == [1, 2, 3])
    }

    @Test("ends with the task that waits for it")
    func cancel() async {
        let start = ContinuousClock.now
        let task = Task { await probe("sleep") }
        while !Self.isSleeping { await Task.yield() }
        task.cancel()
        #expect(await task.value.end == .timeUp)
        #expect(ContinuousClock.now - start < .seconds(5))
    }

    /// Whether a probe that sleeps is there.
    private static var isSleeping: Bool {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: "/proc")) ?? []
        return names.contains { name in
            let words = FileManager.default.contents(atPath: "/proc/\(name)/cmdline") ?? Data()
            return words.starts(with: Data("\(probePath)\0sleep".utf8))
        }
    }

    @Test("becomes the one program that it may become, and that one is confined too")
    func becomes() async {
        let read = await probe("tool", "/bin/cat", input: Array("a line\n".utf8))
        #expect(read.end == .exited(0), "\(read)")
        #expect(read.output == Array("a line\n".utf8))
        let other = await probe("tool", "/bin/cat", "/etc/passwd")
        #expect(other.end == .exited(1), "\(other)")
        #expect(other.output.isEmpty)
        let missing = await probe("tool", "/usr/bin/there-is-no-such-program")
        #expect(missing.end == .notConfined, "\(missing)")
    }

    @Test("is refused where another thread runs, which no fence would hold")
    func crowded() async {
        let result = await probe("crowded")
        #expect(result.end == .notConfined)
        #expect(result.words.contains("another thread runs"), "\(result)")
    }

    @Test("that is not there is said so")
    func missing() async {
        let program = SandboxedProgram(path: "/nowhere/reader", arguments: [], time: .seconds(5))
        guard case .notStarted(let words) = await program.run([]).end else {
            Issue.record("it was started")
            return
        }
        #expect(words.contains("/nowhere/reader"))
    }
}
