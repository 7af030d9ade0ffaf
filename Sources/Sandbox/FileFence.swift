import CLinux
import Glibc

/// What of the file system a confined process may still read (landlock(7)).
enum FileFence {
    /// Libraries, their data, and where the loader looks them up.
    private static let readable = ["/usr/lib", "/usr/share", "/lib", "/lib64", "/etc/ld.so.cache"]
    /// What the kernel starts in front of every program of the system.
    private static let loader = "/lib64/ld-linux-x86-64.so.2"

    private static let execute: UInt64 = 1 << 0
    private static let readFile: UInt64 = 1 << 2
    private static let readFolder: UInt64 = 1 << 3

    /// The version of the kernel's rules; 0 where there are none.
    static var version: Int32 { max(0, clinux_landlock_version()) }

    /// All accesses that a version knows of; those that have no rule are refused from then on.
    private static func accesses(of version: Int32) -> UInt64 {
        switch version {
        case 1: 1 << 13 - 1
        case 2: 1 << 14 - 1
        case 3, 4: 1 << 15 - 1
        default: 1 << 16 - 1
        }
    }

    /// Does nothing where the kernel has no such rules.
    static func enter(program: String?) throws(Confinement.Refusal) {
        guard version > 0 else { return }
        let rules = clinux_landlock_create(accesses(of: version))
        guard rules >= 0 else { throw Confinement.Refusal(what: "landlock") }
        defer { close(rules) }
        for path in readable { try allow(readFile | readFolder, below: path, in: rules) }
        if let program {
            for path in [program, loader] { try allow(readFile | execute, below: path, in: rules) }
        }
        guard clinux_landlock_enter(rules) == 0 else { throw Confinement.Refusal(what: "landlock") }
    }

    /// What is not there needs no rule.
    private static func allow(_ accesses: UInt64, below path: String, in rules: Int32) throws(Confinement.Refusal) {
        // O_PATH is for GNU sources only, which Glibc's module is not.
        let place = open(path, 0o10000000 | O_CLOEXEC)
        guard place >= 0 else { return }
        defer { close(place) }
        var status = stat()
        let isFolder = fstat(place, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR
        // A rule for a single file must not speak of folders.
        let fitting = isFolder ? accesses : accesses & ~readFolder
        guard clinux_landlock_add(rules, place, fitting) == 0 else {
            throw Confinement.Refusal(what: "landlock \(path)")
        }
    }
}
