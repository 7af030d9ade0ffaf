import CLinux
import Glibc

/// What the own process may still do once it has entered, for good: compute, read its standard input, and write to its
/// standard output and error.
///
/// No network, no new process or thread, no writing to the file system, no reading of it but libraries and what belongs to
/// them; bounded time of the processor, memory and output. Entered by a process of one thread before it reads a
/// single octet from outside.
///
/// Two fences of the kernel hold independently: a list of allowed system calls (seccomp(2)), without which nothing is
/// read; and rules for the file system (landlock(7)), which very old or differently built kernels lack. No namespaces
/// are made: a filter without `socket` leaves nothing for one to take away, and making them is itself refused in many
/// containers.
package struct Confinement: Hashable, Sendable {
    /// Octets of address space.
    package var memory: Int
    /// Seconds of the processor.
    package var seconds: Int
    /// Octets that may be written to each of the two outputs.
    package var output: Int
    /// A program of the system that the process may become; `nil` for none.
    package var program: String?

    package init(memory: Int, seconds: Int, output: Int, program: String? = nil) {
        self.memory = memory
        self.seconds = seconds
        self.output = output
        self.program = program
    }

    /// Exit status of a process that could not be confined; chosen apart from those of sysexits.h.
    static let refusedStatus: Int32 = 112
    /// Exit status of a process that ran out of memory.
    static let outOfMemoryStatus: Int32 = 113

    /// Gives up what is not needed, or ends the process.
    package func enter() {
        do throws(Refusal) {
            try beAlone()
            try limitResources()
            try becomeNobody()
            guard clinux_not_dumpable() == 0, clinux_no_new_privileges() == 0 else { throw Refusal(what: "prctl") }
            try FileFence.enter(program: program)
            try CallFilter.load(allowing: program == nil ? CallFilter.reader : CallFilter.reader + CallFilter.start)
        } catch {
            let words = "cannot be confined: \(error.what): \(String(cString: strerror(error.code)))\n"
            _ = words.withCString { write(STDERR_FILENO, $0, strlen($0)) }
            _exit(Self.refusedStatus)
        }
        MemoryAlarm.set()
    }

    /// Enters and becomes the program, which reads the standard input from then on; never returns.
    package func become(_ arguments: [String]) -> Never {
        enter()
        let path = program ?? ""
        var words: [UnsafeMutablePointer<CChar>?] = ([path] + arguments).map { strdup($0) }
        words.append(nil)
        execv(path, words)
        let failure = "\(path): \(String(cString: strerror(errno)))\n"
        _ = failure.withCString { write(STDERR_FILENO, $0, strlen($0)) }
        _exit(Self.refusedStatus)
    }

    /// What failed, read at once from `errno`.
    struct Refusal: Error {
        var what: String
        var code: Int32

        init(what: String, code: Int32 = errno) {
            self.what = what
            self.code = code
        }
    }

    /// The fences hold for one thread and what it starts, so there must be no other.
    private func beAlone() throws(Refusal) {
        var threads = stat()
        guard stat("/proc/self/task", &threads) == 0, threads.st_nlink != 3 else { return }
        throw Refusal(what: "another thread runs", code: EBUSY)
    }

    private func limitResources() throws(Refusal) {
        try limit(RLIMIT_CORE, to: 0)
        try limit(RLIMIT_CPU, to: seconds, hard: seconds + 1)
        try limit(RLIMIT_FSIZE, to: output)
        try limit(RLIMIT_NOFILE, to: 64)
        try limit(RLIMIT_AS, to: memory)
    }

    private func limit(_ resource: __rlimit_resource, to value: Int, hard: Int? = nil) throws(Refusal) {
        var bound = rlimit(rlim_cur: rlim_t(value), rlim_max: rlim_t(hard ?? value))
        guard setrlimit(__rlimit_resource_t(resource.rawValue), &bound) == 0 else { throw Refusal(what: "setrlimit") }
    }

    /// Root's rights are not needed to read what lies on standard input; where the container keeps its users from being changed, the fences hold all the same.
    private func becomeNobody() throws(Refusal) {
        guard geteuid() == 0 else { return }
        let nobody: uid_t = 65534
        _ = setgroups(0, nil)
        _ = setgid(nobody)
        _ = setuid(nobody)
    }
}
