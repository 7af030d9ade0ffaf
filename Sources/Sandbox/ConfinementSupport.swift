import CSeccomp

/// What a machine offers for confining a process.
package struct ConfinementSupport: Hashable, Sendable {
    /// Whether system calls can be filtered; without that no attachment is read.
    package var filtersCalls: Bool
    /// Whether reading of the file system can be limited; without that a reader that was taken over could read what the daemon's user can, and put it into the text.
    package var fencesFiles: Bool

    /// This machine's, as far as the own process may ask.
    package static var here: ConfinementSupport {
        ConfinementSupport(filtersCalls: seccomp_api_get() > 0, fencesFiles: FileFence.version > 0)
    }
}
