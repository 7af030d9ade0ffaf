import CSeccomp
import Glibc

/// The system calls that a confined process may still make (seccomp(2)); every other one fails with EPERM.
enum CallFilter {
    /// A call, and with which arguments.
    struct Call: Sendable {
        enum Condition: Sendable {
            case always
            /// The argument has none of these bits.
            case without(UInt64, argument: UInt32)
            case equal(UInt64, argument: UInt32)
        }

        var name: String
        var condition = Condition.always
    }

    /// Opening for anything but reading.
    private static let writing = UInt64(O_WRONLY | O_RDWR | O_CREAT | O_TRUNC | O_APPEND)

    /// What computing, reading libraries and ending need.
    static let reader: [Call] =
        [
            "read", "readv", "pread64", "write", "writev", "pwrite64", "lseek", "close", "fstat", "newfstatat", "stat",
            "lstat", "statx", "statfs", "fstatfs", "access", "faccessat", "faccessat2", "readlink", "readlinkat",
            "getcwd", "getdents64", "fadvise64", "dup",
            "brk", "mmap", "munmap", "mremap", "mprotect", "madvise",
            "rt_sigaction", "rt_sigprocmask", "rt_sigreturn", "sigaltstack",
            "futex", "sched_yield", "sched_getaffinity", "nanosleep", "clock_nanosleep",
            "clock_gettime", "clock_getres", "gettimeofday", "time",
            "getpid", "gettid", "getppid", "getuid", "geteuid", "getgid", "getegid", "getrusage", "getrlimit",
            "getrandom", "uname", "sysinfo", "exit", "exit_group",
        ].map { Call(name: $0) } + [
            Call(name: "open", condition: .without(writing, argument: 1)),
            Call(name: "openat", condition: .without(writing, argument: 2)),
            // What is open, and whether it stays so in another program.
            Call(name: "fcntl", condition: .equal(UInt64(F_GETFD), argument: 1)),
            Call(name: "fcntl", condition: .equal(UInt64(F_SETFD), argument: 1)),
            Call(name: "fcntl", condition: .equal(UInt64(F_GETFL), argument: 1)),
            // Asking for a limit, not setting one.
            Call(name: "prlimit64", condition: .equal(0, argument: 2)),
            // What abort(3) ends with: a signal to oneself.
            Call(name: "tgkill", condition: .equal(UInt64(getpid()), argument: 0)),
        ]

    /// What starting another program needs as well.
    static let start = ["execve", "arch_prctl", "set_tid_address", "set_robust_list", "rseq"].map { Call(name: $0) }

    static func load(allowing calls: [Call]) throws(Confinement.Refusal) {
        guard let filter = seccomp_init(cseccomp_refuse(UInt16(EPERM))) else {
            throw Confinement.Refusal(what: "seccomp", code: ENOMEM)
        }
        defer { seccomp_release(filter) }
        for call in calls {
            let number = seccomp_syscall_resolve_name(call.name)
            // Another architecture may lack the call.
            guard number >= 0 else { continue }
            let comparison = call.condition.comparison
            let code: Int32
            if let comparison {
                code = withUnsafePointer(to: comparison) {
                    seccomp_rule_add_array(filter, cseccomp_allow(), number, 1, $0)
                }
            } else {
                code = seccomp_rule_add_array(filter, cseccomp_allow(), number, 0, nil)
            }
            guard code == 0 else { throw Confinement.Refusal(what: "seccomp \(call.name)", code: -code) }
        }
        let code = seccomp_load(filter)
        guard code == 0 else { throw Confinement.Refusal(what: "seccomp", code: -code) }
    }
}

extension CallFilter.Call.Condition {
    fileprivate var comparison: scmp_arg_cmp? {
        switch self {
        case .always: nil
        case .without(let bits, let argument):
            scmp_arg_cmp(arg: argument, op: SCMP_CMP_MASKED_EQ, datum_a: bits, datum_b: 0)
        case .equal(let value, let argument):
            scmp_arg_cmp(arg: argument, op: SCMP_CMP_EQ, datum_a: value, datum_b: 0)
        }
    }
}
