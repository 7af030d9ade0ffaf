import Glibc

/// Tells running out of memory from other failures: both end in the same signals.
enum MemoryAlarm {
    /// Where a further piece of address space cannot be had at the moment of failure, it was memory that lacked.
    static func set() {
        for signal in [SIGSEGV, SIGBUS, SIGABRT, SIGILL, SIGTRAP] {
            _ = Glibc.signal(signal) { signal in
                let piece = mmap(nil, 32 << 20, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0)
                // Confinement.outOfMemoryStatus, written out: nothing may be set up in a handler of signals.
                if piece == UnsafeMutableRawPointer(bitPattern: -1) { _exit(113) }
                _ = Glibc.signal(signal, SIG_DFL)
                raise(signal)
            }
        }
    }
}
