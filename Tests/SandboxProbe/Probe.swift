import Extraction
import Glibc
import Sandbox

/// Confines itself as the product does, and then tries what its first argument says.
///
/// It ends with 0 where it could do what it tried, with the number of the error where it could not.
@main
struct Probe {
    static func main() async {
        let arguments = CommandLine.arguments.dropFirst()
        if arguments.first == ExtractionProcess.command { ExtractionProcess.run(arguments.dropFirst()) }
        // To take a gigabyte may last longer than the second that a loop is given.
        let seconds = arguments.first == "loop" ? 1 : 20
        let confinement = Confinement(memory: 1 << 30, seconds: seconds, output: 64 << 10)
        if arguments.first == "tool" {
            var tool = confinement
            tool.program = arguments.dropFirst().first
            tool.become(Array(arguments.dropFirst(2)))
        }
        if arguments.first == "crowded" { startThread() }
        confinement.enter()
        exit(attempt(arguments.first ?? "", String(arguments.dropFirst().first ?? "")))
    }

    private static func attempt(_ what: String, _ subject: String) -> Int32 {
        switch what {
        case "echo": echo()
        case "connect": outcome(socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0))
        case "local": outcome(socket(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0))
        case "write": outcome(open(subject, O_WRONLY | O_CREAT, 0o600))
        case "read": outcome(open(subject, O_RDONLY))
        case "remove": outcome(unlink(subject))
        case "folder": outcome(mkdir(subject, 0o700))
        case "fork": outcome(fork())
        case "thread": startThread()
        case "execute": outcome(execute(subject))
        case "signal": outcome(kill(Int32(subject) ?? 0, 0))
        case "limit": raiseLimit()
        case "descriptors": (3..<64).contains { fcntl($0, F_GETFD) >= 0 } ? 0 : EBADF
        case "root": geteuid() == 0 ? 0 : EPERM
        case "memory": hoard()
        case "loop": loop()
        case "sleep": outcome(Int32(sleep(600)))
        case "flood": flood()
        case "crash": crash()
        default: 99
        }
    }

    private static func outcome(_ result: Int32) -> Int32 { result >= 0 ? 0 : errno }

    private static func echo() -> Int32 {
        var piece = [UInt8](repeating: 0, count: 4096)
        while case let count = read(STDIN_FILENO, &piece, piece.count), count > 0 { write(STDOUT_FILENO, piece, count) }
        return 0
    }

    /// A thread that waits; gives back the number of the error.
    @discardableResult
    private static func startThread() -> Int32 {
        var thread = pthread_t()
        return pthread_create(
            &thread, nil,
            { _ in
                sleep(600)
                return nil
            }, nil)
    }

    private static func execute(_ path: String) -> Int32 {
        var words: [UnsafeMutablePointer<CChar>?] = [strdup(path), nil]
        return execv(path, &words)
    }

    private static func raiseLimit() -> Int32 {
        var limit = rlimit(rlim_cur: .max, rlim_max: .max)
        return outcome(setrlimit(__rlimit_resource_t(RLIMIT_AS.rawValue), &limit))
    }

    private static func hoard() -> Int32 {
        var hoard: [[UInt8]] = []
        while true { hoard.append([UInt8](repeating: UInt8(truncatingIfNeeded: hoard.count), count: 1 << 20)) }
    }

    private static func loop() -> Int32 {
        var number = 1
        while number != 0 { number &+= 2 }
        return 0
    }

    private static func flood() -> Int32 {
        let piece = [UInt8](repeating: UInt8(ascii: "x"), count: 4096)
        while write(STDOUT_FILENO, piece, piece.count) > 0 {}
        return 0
    }

    private static func crash() -> Int32 {
        UnsafeMutablePointer<Int>(bitPattern: 8)?.pointee = 1
        return 0
    }
}
